"""The editor page keeps the shopper's work safe, whatever does not answer."""

import json
import re
import time

import pytest
from playwright.sync_api import expect

from .conftest import DESKTOP, new_visitor
from .test_shopping import open_product, press_personalize

PAGE = "/personalize/OW-BC-MATT-50/"


@pytest.fixture
def page(browser, shop):
    with new_visitor(browser, shop, DESKTOP) as page:
        yield page


def first_text(page):
    return page.get_by_role("textbox").first


def open_editor(page, address=PAGE):
    page.goto(address)
    expect(page.get_by_role("button", name="Add to cart")).to_be_visible(timeout=30_000)
    expect(page.locator("[data-editor-status]")).to_be_empty()


def add_to_cart(page):
    page.get_by_role("button", name="Add to cart").click()
    page.get_by_label("I have checked my design").check()
    page.get_by_test_id("approve").click()


def alert(page):
    return page.locator("[data-editor-alert]")


def test_somebody_new_needs_no_extra_click_and_gets_back_to_the_product(page):
    open_product(page, "Classic business cards")
    product = page.url
    press_personalize(page)
    expect(page.get_by_role("button", name="Add to cart")).to_be_visible(timeout=30_000)
    assert page.url.endswith("?quantity=1")

    page.go_back()

    expect(page).to_have_url(product)


def test_without_javascript_nobody_is_remembered_who_has_not_pressed_the_button(browser, shop):
    with new_visitor(browser, shop, java_script_enabled=False) as page:
        page.goto(PAGE)
        expect(page.get_by_role("button", name="Start designing")).to_be_visible()
        assert [cookie["name"] for cookie in page.context.cookies()] == ["csrftoken"]


def test_a_browser_that_keeps_no_cookies_is_told_and_not_led_in_circles(page):
    starts = []

    def forget(route):
        starts.append(route.request.url)
        answer = route.fetch(max_redirects=0)
        page.context.clear_cookies(name="visitor")
        kept = {name: value for name, value in answer.headers.items() if name != "set-cookie"}
        route.fulfill(status=answer.status, headers=kept)

    page.route("**/start/", forget)
    page.goto(PAGE)

    expect(page.get_by_role("alert")).to_contain_text("Please allow cookies")
    assert len(starts) == 1


def test_the_keyboard_goes_on_inside_the_editor(page):
    open_editor(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.localName") == "au-handy-editor"


def test_a_missing_editor_script_leads_to_a_way_back_and_another_attempt(page):
    page.route("**/handy-editor/index.js", lambda route: route.abort())
    page.goto(PAGE)
    expect(alert(page)).to_contain_text("did not open", timeout=10_000)
    expect(alert(page).get_by_role("link", name="Back to the product")).to_be_visible()

    page.unroute_all()
    alert(page).get_by_role("link", name="Try again").click()
    expect(page.get_by_role("button", name="Add to cart")).to_be_visible(timeout=30_000)


@pytest.mark.parametrize(
    "answer, loaded_when",
    [
        (lambda route: route.fulfill(body="", content_type="text/javascript"), "load"),
        (lambda route: None, "commit"),
    ],
    ids=["defines nothing", "never loads"],
)
def test_a_script_that_never_loads_or_defines_nothing_is_given_up(page, answer, loaded_when):
    page.clock.install()
    page.route("**/handy-editor/index.js", answer)
    with page.expect_request("**/handy-editor/index.js"):
        page.goto(PAGE, wait_until=loaded_when)
    expect(page.get_by_text("Opening the editor")).to_be_visible()
    page.clock.fast_forward(21_000)
    expect(alert(page)).to_contain_text("did not open")


def test_an_editor_that_reports_an_error_at_the_start_is_replaced_by_the_pages_words(page):
    page.route("**/api/editor/v1/products/**", lambda route: route.fulfill(status=404, body="{}"))
    page.goto(PAGE)
    expect(alert(page)).to_contain_text("did not open", timeout=30_000)
    expect(page.locator("au-handy-editor")).to_be_hidden()


def test_a_refusal_is_said_and_the_work_stays(page):
    open_editor(page)
    first_text(page).fill("Kept")
    refusal = {"message": "We do not sell this option at the moment."}
    page.route(f"**{PAGE}", lambda route: route.fulfill(status=422, json=refusal))
    add_to_cart(page)
    expect(page.get_by_role("alert").get_by_text("We do not sell this option")).to_be_visible()
    expect(first_text(page)).to_have_value("Kept")

    page.unroute_all()
    add_to_cart(page)
    page.wait_for_url("**/cart/")


def test_a_shop_that_cannot_be_reached_keeps_the_design(page):
    open_editor(page)
    first_text(page).fill("Kept")
    page.route(f"**{PAGE}", lambda route: route.abort())
    add_to_cart(page)
    expect(alert(page)).to_contain_text("We could not reach the shop")
    expect(first_text(page)).to_have_value("Kept")


def test_a_shop_that_answers_nonsense_keeps_the_design(page):
    open_editor(page)
    page.route(f"**{PAGE}", lambda route: route.fulfill(status=502, body="<h1>Bad gateway</h1>"))
    add_to_cart(page)
    expect(alert(page)).to_contain_text("not in the cart yet")


def test_two_addtocart_events_are_one_design(page):
    open_editor(page)
    sent = []

    def answer_slowly(route):
        sent.append(route.request.post_data)
        time.sleep(0.5)
        route.continue_()

    page.route(f"**{PAGE}", answer_slowly)
    page.evaluate(
        """async () => {
            const editor = document.querySelector("au-handy-editor");
            const detail = await editor.getLineItem();
            for (let i = 0; i < 2; i++) editor.dispatchEvent(new CustomEvent("addtocart", { detail }));
        }"""
    )
    page.wait_for_url("**/cart/")
    assert len(sent) == 1
    expect(page.get_by_role("link", name="Edit design")).to_have_count(1)


def test_leaving_with_unsaved_work_is_asked_about(page):
    open_editor(page)
    first_text(page).fill("Unsaved")
    page.get_by_role("link", name="Back to the product").click()
    dialog = page.get_by_role("dialog", name="Leave the editor?")
    dialog.get_by_role("button", name="Keep designing").click()
    expect(dialog).to_be_hidden()
    expect(first_text(page)).to_have_value("Unsaved")

    page.get_by_role("link", name="Back to the product").click()
    dialog.get_by_role("button", name="Leave").click()
    page.wait_for_url("**/classic-business-cards/")


def test_closing_the_page_with_unsaved_work_is_asked_about_by_the_browser(page):
    open_editor(page)
    first_text(page).fill("Unsaved")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.close(run_before_unload=True)
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]


def test_leaving_without_having_changed_anything_asks_nothing(page):
    open_editor(page)
    page.get_by_role("link", name="Back to the product").click()
    page.wait_for_url("**/classic-business-cards/")


def test_the_back_button_after_adding_opens_the_design_that_was_added(page):
    open_editor(page)
    first_text(page).fill("Added")
    add_to_cart(page)
    page.wait_for_url("**/cart/")
    page.go_back()
    expect(first_text(page)).to_have_value("Added", timeout=30_000)
    assert re.search(r"\?design=[0-9a-f-]{36}$", page.url)


def test_a_token_that_ends_is_replaced_while_the_shopper_designs(page):
    page.clock.install()
    open_editor(page)
    first_text(page).fill("A long evening")
    fresh = []
    page.on("request", lambda request: fresh.append(request.url) if "/token/" in request.url else None)
    with page.expect_response("**/token/*"):
        page.clock.fast_forward(58 * 60 * 1000)
    assert len(fresh) == 1
    expect(first_text(page)).to_have_value("A long evening")
    add_to_cart(page)
    page.wait_for_url("**/cart/")


def test_a_token_that_the_hub_refuses_is_replaced_and_the_second_attempt_saves(page, shop):
    open_editor(page)
    first_text(page).fill("Kept")
    shop.tell_sandbox("fail", group="editor.save", status=401, times=1)
    with page.expect_response("**/token/*") as fresh:
        add_to_cart(page)
    assert fresh.value.status == 200
    expect(alert(page)).to_contain_text("Your design is still here")
    expect(first_text(page)).to_have_value("Kept")
    page.get_by_role("button", name="Try again").click()
    page.wait_for_url("**/cart/")


def test_a_shopper_who_became_another_is_told(page):
    page.clock.install()
    open_editor(page)
    answer = {"userId": "sf-another", "token": "a.b.c"}
    page.route("**/token/*", lambda route: route.fulfill(json=answer))
    page.clock.fast_forward(58 * 60 * 1000)
    expect(alert(page)).to_contain_text("open the editor again")


def test_a_form_token_that_changed_in_another_tab_is_renewed(page):
    open_editor(page)
    statuses = []
    page.on("response", lambda response: statuses.append(response.status) if PAGE in response.url else None)
    page.context.clear_cookies(name="csrftoken")
    add_to_cart(page)
    page.wait_for_url("**/cart/")
    assert statuses == [403, 200]


def test_the_token_is_in_no_address_and_no_other_page(page):
    addresses = []
    page.on("request", lambda request: addresses.append(request.url))
    open_editor(page)
    token = json.loads(page.locator("#editor-data").text_content())["config"]["integration"]["user"]["token"]
    assert not [address for address in addresses if token in address]
    page.goto("/cart/")
    assert token not in page.content()
