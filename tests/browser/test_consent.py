"""Warnings and proofs: seen and agreed to by shoppers, found by staff."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from .conftest import DESKTOP, PHONE, new_visitor
from .test_order_desk import code_of, log_in_to_admin, open_order, timeline
from .test_shopping import open_product, press_personalize

OPENING_MS = 30_000
BLURRED = re.compile(r"may look blurred \(\d+ dots per inch\)")


@pytest.fixture(
    params=[(DESKTOP, True), (PHONE, True), (PHONE, False)], ids=["desktop", "phone", "no script"]
)
def checkout(request, browser, shop):
    """Opens the shopper's cart in a browser of one kind: its page, or one without script."""

    def open_cart(page: Page) -> Page:
        viewport, has_script = request.param
        context = browser.new_context(base_url=shop.url, viewport=viewport, java_script_enabled=has_script)
        request.addfinalizer(context.close)
        context.add_cookies(page.context.cookies())
        cart = context.new_page()
        cart.goto("/cart/")
        return cart

    return open_cart


def small_picture() -> dict:
    content = io.BytesIO()
    Image.new("RGB", (320, 200), "#c8643b").save(content, "PNG")
    return {"name": "small.png", "mimeType": "image/png", "buffer": content.getvalue()}


def design_with_a_small_picture(page: Page, *, product: str, frame: str) -> None:
    open_product(page, product)
    press_personalize(page)
    page.get_by_role("button", name=frame).first.click(timeout=OPENING_MS)
    page.get_by_label("Choose a picture").set_input_files(small_picture())
    expect(page.get_by_label("Replace picture")).to_be_attached()
    add_to_cart(page)


def add_to_cart(page: Page) -> None:
    page.get_by_role("button", name="Add to cart").last.click()
    page.get_by_label("I have checked my design").check()
    page.get_by_test_id("approve").click()
    page.wait_for_url("**/cart/", timeout=OPENING_MS)


def main(page: Page):
    return page.get_by_role("main")


def test_a_picture_that_is_too_small_is_ordered_only_with_consent(checkout, browser, shop):
    with new_visitor(browser, shop) as editing:
        design_with_a_small_picture(editing, product="Photo postcards", frame="Your photo")
        page = checkout(editing)
    expect(main(page)).to_contain_text(BLURRED)

    page.get_by_role("link", name="Check out").click()
    expect(main(page)).to_contain_text(BLURRED)
    page.get_by_label("Email").fill("blurred@example.com")
    page.get_by_role("button", name="Place order").click()
    expect(page.get_by_role("alert")).to_contain_text("Your order is not placed yet")
    expect(page.get_by_label("Email")).to_have_value("blurred@example.com")

    page.get_by_label("Print it as it is.").check()
    page.get_by_role("button", name="Place order").click()
    page.wait_for_url("**/orders/*/*/")
    code = code_of(page)

    with new_visitor(browser, shop) as desk:
        log_in_to_admin(desk)
        desk.goto("/admin/orders/?warned=yes")
        expect(desk.get_by_role("row").filter(has_text=code)).to_contain_text("warned")
        open_order(desk, search="blurred@example.com", code=code)
        line = desk.locator(".desk-line")
        expect(line).to_contain_text(BLURRED)
        expect(line).to_contain_text("Print it as it is. I have seen")
        expect(line).to_contain_text(re.compile(r"Lowest resolution: \d+ dpi"))
        expect(timeline(desk)).to_contain_text("Ordered despite warnings")


def test_a_proof_is_approved_before_checkout_and_anew_after_editing(checkout, browser, shop):
    with new_visitor(browser, shop) as editing:
        design_with_a_small_picture(editing, product="New baby announcements", frame="Baby's photo")
        page = checkout(editing)
        page.get_by_role("link", name="Check out").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Approve your proof")
        pictures = main(page).get_by_role("img")
        expect(pictures).to_have_count(2)
        for picture in pictures.all():
            expect(picture).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

        page.get_by_role("button", name="Approve and go on").click()
        expect(page.get_by_role("alert")).to_contain_text("have not approved every proof")
        page.get_by_label("letter by letter").check()
        page.get_by_role("button", name="Approve and go on").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Check out")

        editing.get_by_role("link", name="Edit design").click()
        editing.get_by_role("textbox").first.wait_for(timeout=OPENING_MS)
        add_to_cart(editing)
    page.goto("/checkout/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Approve your proof")
    page.get_by_label("letter by letter").check()
    page.get_by_role("button", name="Approve and go on").click()

    page.get_by_label("Email").fill("proof@example.com")
    page.get_by_label("Print it as it is.").check()
    page.get_by_role("button", name="Place order").click()
    page.wait_for_url("**/orders/*/*/")
    code = code_of(page)

    with new_visitor(browser, shop) as desk:
        log_in_to_admin(desk)
        open_order(desk, search="proof@example.com", code=code)
        expect(desk.locator(".desk-line")).to_contain_text("I have checked name, date and weight")
        expect(timeline(desk)).to_contain_text("Proof approved")
