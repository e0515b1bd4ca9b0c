"""What the page editor saves by itself, and what its buttons save, reach the shop one after the other."""

import time

import pytest
from playwright.sync_api import Page, expect

from .conftest import new_visitor
from .test_order_desk import log_in_to_admin

IN_ANOTHER_WINDOW = "saved a new version in another window"
# Until then the editor takes whatever it finds for what was there when it opened.
WATCHES_EDITS_MS = 6000
SAVE_SCHEDULE = "document.querySelector('#schedule-publishing-dialog .action-save').click()"
PUBLISH = "document.querySelector('[name=action-publish]').click()"


@pytest.fixture
def editor(browser, shop, product):
    """The editor of a product, in the window of somebody who alone works on it."""
    with new_visitor(browser, shop) as page:
        log_in_to_admin(page)
        page.goto(f"/admin/products/?q={product}")
        page.locator("a[href$='/edit/']", has_text=product).first.click()
        page.wait_for_url("**/edit/")
        page.wait_for_load_state()
        page.wait_for_timeout(WATCHES_EDITS_MS)
        yield page


def set_schedule(page: Page, day: str) -> None:
    page.locator("[name=go_live_at]").evaluate(f"field => {{ field.value = '{day} 10:00' }}")


def is_autosave(request) -> bool:
    return request.headers.get("accept") == "application/json"


def log_of_saves(page: Page, *, slow_autosaves: bool) -> list[str]:
    """What is sent and answered from now on."""
    seen = []

    def take(route):
        kind = "autosave" if is_autosave(route.request) else "button"
        if route.request.method != "POST":
            return route.continue_()
        seen.append(f"{kind} sent")
        answer = route.fetch(max_redirects=0)
        time.sleep(2 if slow_autosaves == (kind == "autosave") else 0)
        seen.append(f"{kind} answered")
        return route.fulfill(response=answer)

    page.route("**/edit/", take)
    return seen


# One each: Wagtail locks a page that is scheduled.
@pytest.mark.parametrize("product", ["planner"])
def test_an_autosave_that_is_announced_is_left_to_the_button(editor):
    seen = log_of_saves(editor, slow_autosaves=False)
    editor.evaluate(f"document.addEventListener('w-autosave:save', () => {PUBLISH}, {{ once: true }})")

    with editor.expect_navigation():
        set_schedule(editor, "2040-01-02")

    # The button is sent by its name, though it is disabled by then.
    expect(editor.get_by_text("has been scheduled").first).to_be_visible()
    assert seen == ["button sent", "button answered"]


@pytest.mark.parametrize("product", ["candle"])
def test_a_button_waits_for_an_autosave_that_is_on_its_way(editor):
    seen = log_of_saves(editor, slow_autosaves=True)

    with editor.expect_request(is_autosave):
        set_schedule(editor, "2040-01-03")
    with editor.expect_navigation():
        editor.evaluate(SAVE_SCHEDULE)
    with editor.expect_response("**/ping/**"):
        pass

    # The page that opens then may save by itself what its fields make of their values.
    assert seen[:4] == ["autosave sent", "autosave answered", "button sent", "button answered"]
    assert IN_ANOTHER_WINDOW not in editor.content()
    editor.evaluate(PUBLISH)
    expect(editor.get_by_text("has been scheduled").first).to_be_visible()
