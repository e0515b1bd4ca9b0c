"""An account in the browser: what a visitor made comes along, and nothing stays on a shared computer."""

import itertools
import re

from playwright.sync_api import Page, expect

from .conftest import new_visitor
from .test_shopping import check_out, expect_status, open_product, personalize, type_into_design

PASSWORD = "paper-and-ink-47"
numbers = itertools.count(1)


def new_email() -> str:
    return f"account-{next(numbers)}@example.com"


def sign_up(page: Page, email: str) -> None:
    page.goto("/")
    page.get_by_role("link", name="Sign up").click()
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign up").click()
    page.wait_for_url("**/orders/")


def log_in(page: Page, email: str) -> None:
    page.goto("/")
    page.get_by_role("link", name="Log in").click()
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/orders/")


def log_out(page: Page) -> None:
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url("**/")
    expect(page.get_by_role("link", name="Log in")).to_be_visible()


def cart_of(page: Page):
    page.goto("/cart/")
    return page.get_by_role("main")


def test_cart_and_design_come_along_to_the_account_and_to_another_browser(browser, shop):
    email = new_email()
    with new_visitor(browser, shop) as page, new_visitor(browser, shop) as elsewhere:
        open_product(page, "Classic business cards")
        personalize(page, "Your name", "Account Annie")
        sign_up(page, email)
        expect(cart_of(page)).to_contain_text("Classic business cards")
        page.get_by_role("link", name="Edit design").click()
        name = page.get_by_label("Your name", exact=True).and_(page.get_by_role("textbox"))
        expect(name).to_have_value("Account Annie", timeout=30_000)

        log_in(elsewhere, email)
        expect(cart_of(elsewhere)).to_contain_text("Classic business cards")
        elsewhere.get_by_role("link", name="Edit design").click()
        name = elsewhere.get_by_label("Your name", exact=True).and_(elsewhere.get_by_role("textbox"))
        expect(name).to_have_value("Account Annie", timeout=30_000)
        type_into_design(elsewhere, "Your name", "Account Anna")
        check_out(elsewhere, email)
        expect_status(elsewhere, "Completed")
        code = re.search(r"/orders/(\w+)/", elsewhere.url)[1]
        page.goto("/orders/")
        expect(page.get_by_role("main")).to_contain_text(code)


def test_after_the_logout_neither_the_pages_nor_back_show_anything_private(browser, shop):
    with new_visitor(browser, shop) as page:
        open_product(page, "Coloured envelopes")
        page.get_by_role("button", name="Add to cart").click()
        page.wait_for_url("**/cart/")
        sign_up(page, new_email())
        expect(cart_of(page)).to_contain_text("Coloured envelopes")
        check_out(page, "shared@example.com")
        code = re.search(r"/orders/(\w+)/", page.url)[1]
        page.goto("/orders/")
        expect(page.get_by_role("main")).to_contain_text(code)

        log_out(page)

        page.go_back()
        expect(page.get_by_role("link", name="Log in")).to_be_visible()
        expect(page.get_by_role("main")).not_to_contain_text(code)
        page.goto("/orders/")
        expect(page.get_by_role("main")).not_to_contain_text(code)
        expect(cart_of(page)).not_to_contain_text("Coloured envelopes")
        assert "visitor" not in {cookie["name"] for cookie in page.context.cookies()}


def test_an_editor_that_was_open_during_the_login_still_saves(browser, shop):
    email = new_email()
    with new_visitor(browser, shop) as page:
        open_product(page, "Classic business cards")
        page.get_by_role("button", name="Personalize").or_(
            page.get_by_role("link", name="Personalize")
        ).click()
        name = page.get_by_label("Your name", exact=True).and_(page.get_by_role("textbox"))
        expect(name).to_be_visible(timeout=30_000)

        other_tab = page.context.new_page()
        sign_up(other_tab, email)

        type_into_design(page, "Your name", "Logged In Between")
        check_out(page, email)
        expect_status(page, "Completed")
        other_tab.goto("/orders/")
        expect(other_tab.get_by_role("main")).to_contain_text(re.search(r"/orders/(\w+)/", page.url)[1])


def test_with_the_hub_down_the_login_works_and_the_design_is_printed_later(browser, shop):
    email = new_email()
    with new_visitor(browser, shop) as page:
        open_product(page, "Classic business cards")
        personalize(page, "Your name", "Down And Up")
        shop.stop("sandbox")
        try:
            sign_up(page, email)
            expect(cart_of(page)).to_contain_text("Classic business cards")
            check_out(page, email)
            expect_status(page, "Processing")
        finally:
            shop.start("sandbox")
        expect(page.get_by_role("status").filter(has_text="Completed").first).to_be_visible(timeout=120_000)
