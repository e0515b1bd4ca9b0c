"""A design's whole round: made, named, duplicated, ordered, ordered again, and edited as a copy."""

import re

from playwright.sync_api import Page, expect

from .conftest import new_visitor
from .test_shopping import (
    check_out,
    download,
    expect_status,
    open_product,
    personalize,
    text_of_pdf,
    type_into_design,
)


def design_row(page: Page, name: str):
    return page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=name, exact=True))


def rename(page: Page, old: str, new: str) -> None:
    row = design_row(page, old).first
    row.locator("summary").click()
    row.get_by_label("Name").fill(new)
    row.get_by_role("button", name="Save name").click()
    expect(page.get_by_role("status").filter(has_text=f"It is called “{new}” now.")).to_be_visible()


def lines_in_cart(page: Page):
    return page.locator("[data-cart] .line")


def test_a_design_is_named_duplicated_ordered_again_and_edited_as_a_copy(visitor, shop):
    open_product(visitor, "Classic business cards")
    personalize(visitor, "Your name", "Ada Lovelace")
    visitor.get_by_role("main").get_by_role("link", name="My designs").click()
    rename(visitor, "Classic business cards", "Ada’s card")
    expect(design_row(visitor, "Ada’s card")).to_contain_text("In your cart")

    design_row(visitor, "Ada’s card").get_by_role("button", name="Duplicate").click()
    expect(visitor.get_by_role("status").filter(has_text="is here twice now")).to_be_visible()
    expect(design_row(visitor, "Ada’s card")).to_have_count(2)
    copy = design_row(visitor, "Ada’s card").filter(has=visitor.get_by_label("Quantity"))
    copy.get_by_label("Quantity").fill("2")
    copy.get_by_role("button", name="Put in the cart").click()
    visitor.wait_for_url("**/cart/")
    expect(
        visitor.get_by_role("status").filter(has_text="Now in your cart: 2 packs of 50 × “Ada’s card”")
    ).to_be_visible()
    expect(lines_in_cart(visitor)).to_have_count(2)

    check_out(visitor, "ada@example.com")
    expect_status(visitor, "Completed")
    order = visitor.url
    visitor.get_by_role("link", name="Order again").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Order again")
    visitor.get_by_role("button", name="Put it in the cart").click()
    visitor.wait_for_url("**/cart/")
    expect(visitor.get_by_role("status").filter(has_text="Now in your cart")).to_be_visible()
    expect(lines_in_cart(visitor)).to_have_count(2)

    # The ordered design stays as it is; what is saved is a copy, in its line.
    visitor.get_by_role("link", name="Edit design").first.click()
    name = visitor.get_by_label("Your name", exact=True).and_(visitor.get_by_role("textbox"))
    expect(name).to_have_value("Ada Lovelace", timeout=30_000)
    type_into_design(visitor, "Your name", "Ada Byron")
    expect(lines_in_cart(visitor)).to_have_count(2)
    check_out(visitor, "ada@example.com")
    expect_status(visitor, "Completed")
    assert visitor.url != order
    assert "Ada Byron" in text_of_pdf(download(visitor)[1])
    visitor.goto(order)
    assert "Ada Lovelace" in text_of_pdf(download(visitor)[1])


def test_an_orders_link_orders_again_on_another_browser(browser, shop):
    with new_visitor(browser, shop) as anna, new_visitor(browser, shop) as ben:
        open_product(anna, "Classic business cards")
        personalize(anna, "Your name", "Anna Livia")
        check_out(anna, "anna@example.com")
        expect_status(anna, "Completed")

        ben.goto(anna.url)
        ben.get_by_role("link", name="Order again").click()
        expect(ben.get_by_role("main")).to_contain_text("You get a copy")
        ben.get_by_role("button", name="Put it in the cart").click()
        ben.wait_for_url("**/cart/")
        expect(ben.get_by_role("link", name="Edit design")).to_have_count(0)
        check_out(ben, "ben@example.com")

        expect_status(ben, "Completed")
        assert "Anna Livia" in text_of_pdf(download(ben)[1])
        anna.goto("/designs/")
        expect(anna.locator(".design")).to_have_count(1)


def test_a_design_is_deleted_after_being_asked_without_script(browser, shop):
    with new_visitor(browser, shop) as page:
        open_product(page, "Classic business cards")
        personalize(page, "Your name", "Short Lived")
        page.get_by_role("button", name=re.compile("Remove")).click()
        expect(lines_in_cart(page)).to_have_count(0)
        cookies = page.context.cookies()
    context = browser.new_context(base_url=shop.url, java_script_enabled=False, locale="en-GB")
    context.add_cookies(cookies)
    page = context.new_page()
    try:
        page.goto("/designs/")
        rename(page, "Classic business cards", "Draft")
        design_row(page, "Draft").get_by_role("link", name="Delete").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Delete “Draft”?")
        page.get_by_role("button", name="Delete design").click()
        expect(page.get_by_role("status").filter(has_text="“Draft” is deleted.")).to_be_visible()
        expect(page.get_by_role("main")).to_contain_text("Nothing here yet.")
    finally:
        context.close()
