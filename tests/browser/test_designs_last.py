"""Designs outlive logins, other browsers, a month and an order, and are nobody else's."""

import datetime
import json
import re
import time
import urllib.request

import pytest
from playwright.sync_api import Page, expect

from .conftest import DESKTOP, new_visitor
from .test_accounts import log_in, log_out, new_email, sign_up
from .test_editor_contract import EDITORS
from .test_shopping import open_product, personalize

DAYS = 31
OPENING_MS = 30_000
NOTICE = "You are working on a copy. What you have ordered stays as it is."


def from_sandbox(shop, path: str):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f"{shop.sandbox_url}/_control/{path}", timeout=10) as answer:
        return json.load(answer)


def wait_until_kept(shop, count: int) -> None:
    """Until the Hub has been told to keep so many designs."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        calls = from_sandbox(shop, "calls?name=designs.retention")
        told = [call for call in calls if call["status"] == 200 and call["query"]["policy"] == "Never"]
        kept = {call["path"] for call in told}
        if len(kept) >= count:
            return
        time.sleep(0.2)
    raise AssertionError(f"the Hub was told to keep fewer than {count} designs")


def let_days_pass(shop, days: int) -> None:
    """Shop and Hub go on later; the Hub has tidied up what is older than 30 days."""
    seconds = days * 24 * 3600
    shop.stop("worker")
    shop.stop("web")
    shop.tell_sandbox("switches", retention_days=30)
    shop.tell_sandbox("advance", seconds=seconds)
    shop.environment |= {
        "DJANGO_SETTINGS_MODULE": "tests.browser.later_settings",
        "LATER_SECONDS": str(seconds),
    }
    shop.start("worker")
    shop.start("web")


def in_days(page: Page, days: int) -> None:
    """The browser's clock too: the editor's token is from then."""
    page.clock.install(time=datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=days))


def typed(page: Page):
    return page.get_by_label("Your name", exact=True).and_(page.get_by_role("textbox"))


def test_a_design_survives_a_logout_another_browser_a_month_and_a_merge_of_carts(browser, own_shop):
    shop, email = own_shop, new_email()
    with new_visitor(browser, shop) as page:
        sign_up(page, email)
        open_product(page, "Classic business cards")
        personalize(page, "Your name", "Annie of October")
        wait_until_kept(shop, 1)
        log_out(page)

    let_days_pass(shop, DAYS)

    with new_visitor(browser, shop) as page:
        in_days(page, DAYS)
        open_product(page, "Classic business cards")
        personalize(page, "Your name", "Annie of November")
        log_in(page, email)
        for line, name in enumerate(("Annie of October", "Annie of November")):
            page.goto("/cart/")
            expect(page.get_by_role("link", name="Edit design")).to_have_count(2)
            page.get_by_role("link", name="Edit design").nth(line).click()
            expect(typed(page)).to_have_value(name, timeout=OPENING_MS)
        page.goto("/designs/")
        expect(page.get_by_text("Kept as long as it is in your cart.")).to_have_count(2)
        page.get_by_role("link", name="Open Classic business cards").last.click()
        expect(typed(page)).to_have_value("Annie of October", timeout=OPENING_MS)


def test_nobody_sees_anothers_designs(browser, shop):
    with new_visitor(browser, shop) as anna, new_visitor(browser, shop) as ben:
        for page, name in ((anna, "Anna Alone"), (ben, "Ben Alone")):
            open_product(page, "Classic business cards")
            personalize(page, "Your name", name)
        address = anna.get_by_role("link", name="Edit design").get_attribute("href")
        design_id = re.search(r"design=([0-9a-f-]{36})", address)[1]
        picture = anna.get_by_role("main").locator("img[src*='/previews/']")
        expect(picture).to_have_count(1, timeout=OPENING_MS)

        ben.goto(address)
        assert ben.url == f"{shop.url}/designs/"
        assert "Anna Alone" not in ben.content()
        for path in ("/cart/", "/designs/"):
            ben.goto(path)
            expect(ben.get_by_role("link", name="Classic business cards", exact=True)).to_have_count(1)
            assert design_id not in ben.content()
            assert picture.get_attribute("src") not in ben.content()
        headers = {
            "X-CSRFToken": ben.request.get("/cart/form-token/").json()["csrfToken"],
            "Referer": f"{shop.url}/designs/",
        }
        for action in ("duplicate", "rename", "delete", "cart"):
            form = {"name": "Mine", "quantity": "1"}
            answer = ben.request.post(f"/designs/{design_id}/{action}/", form=form, headers=headers)
            assert answer.url == f"{shop.url}/designs/", action
            assert design_id not in answer.text(), action

        user = json.loads(editor_data(anna, address))["user"]["id"]
        forged = {"quantity": 1, "properties": {"_userId": user, "_stateId": ["5f0000000000000000000001"]}}
        answer = ben.request.post(
            address.split("?")[0],
            data={"detail": forged, "editor": "workflow-elements", "design": design_id},
            headers=headers,
        )
        assert answer.status == 422
        expect(typed(anna)).to_have_value("Anna Alone", timeout=OPENING_MS)
        anna.goto("/designs/")
        expect(anna.get_by_role("link", name="Classic business cards", exact=True)).to_have_count(1)


def editor_data(page: Page, address: str) -> str:
    page.goto(address)
    return page.locator("#editor-data").text_content()


def order(page: Page) -> None:
    """Also when the editor warned of something: "Print it as it is"."""
    page.get_by_role("link", name="Check out").click()
    page.get_by_label("Email").fill("copy@example.com")
    for box in page.locator("#consents").get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Place order").click()
    page.wait_for_url("**/orders/*/*/")


@pytest.mark.parametrize("editor", EDITORS.values(), ids=EDITORS)
def test_going_on_with_what_was_ordered_changes_a_copy_in_every_editor(editor, browser, shop):
    with new_visitor(browser, shop, DESKTOP) as page:
        editor.open(page)
        editor.text(page).fill("As ordered")
        editor.add_to_cart(page)
        ordered = page.get_by_role("link", name="Edit design").get_attribute("href")
        order(page)

        for _visit in range(2):
            page.goto(ordered)
            editor.wait_until_open(page)
            expect(page.get_by_text(NOTICE)).to_be_visible()
            expect(editor.text(page)).to_have_value("As ordered")
        editor.text(page).fill("Changed since")
        editor.add_to_cart(page)

        page.get_by_role("link", name="Edit design").click()
        editor.wait_until_open(page)
        expect(page.get_by_text(NOTICE)).to_have_count(0)
        expect(editor.text(page)).to_have_value("Changed since")
        page.goto(ordered)
        editor.wait_until_open(page)
        expect(editor.text(page)).to_have_value("As ordered")
