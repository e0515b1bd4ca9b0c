"""The main ways through the shop, by a person with a browser."""

import io
import re
import time

import pypdfium2
from playwright.sync_api import Page, expect

from .conftest import new_visitor

READY_MS = 60_000


def open_product(page: Page, name: str) -> None:
    """Finds a product as a shopper does: by its name in the search."""
    page.goto("/")
    page.goto(f"/search/?q={name.replace(' ', '+')}")
    page.get_by_role("main").get_by_role("link", name=name).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def personalize(page: Page, field: str, text: str) -> None:
    """Opens the editor, types, confirms, and ends in the cart."""
    press_personalize(page)
    type_into_design(page, field, text)


def press_personalize(page: Page) -> None:
    page.get_by_role("button", name="Personalize").or_(page.get_by_role("link", name="Personalize")).click()


def type_into_design(page: Page, field: str, text: str) -> None:
    typed = page.get_by_label(field, exact=True).and_(page.get_by_role("textbox"))
    expect(typed).to_be_visible(timeout=30_000)
    typed.fill(text)
    page.get_by_role("button", name="Add to cart").last.click()
    page.get_by_label("I have checked my design").check()
    page.get_by_test_id("approve").click()
    page.wait_for_url("**/cart/", timeout=30_000)


def check_out(page: Page, email: str) -> None:
    page.get_by_role("link", name="Check out").click()
    page.get_by_label("Email").fill(email)
    page.get_by_role("button", name="Place order").click()
    page.wait_for_url("**/orders/*/*/")


def expect_status(page: Page, status: str) -> None:
    expect(page.get_by_role("status").filter(has_text=status).first).to_be_visible(timeout=READY_MS)


def download(page: Page) -> tuple[str, bytes]:
    with page.expect_download() as waiting:
        page.get_by_role("link", name=re.compile("Download")).first.click()
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


def text_of_pdf(content: bytes) -> str:
    document = pypdfium2.PdfDocument(io.BytesIO(content))
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def wait_for_mail(shop, *wanted: str) -> str:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        for mail in shop.mails():
            if all(text in mail for text in wanted):
                return mail
        time.sleep(0.2)
    raise AssertionError(f"no e-mail with {wanted}")


def test_a_plain_product_is_ordered_and_completed_at_once(visitor, shop):
    open_product(visitor, "Coloured envelopes")
    visitor.get_by_label("Quantity").fill("3")
    visitor.get_by_role("button", name="Add to cart").click()
    visitor.wait_for_url("**/cart/")
    expect(visitor.get_by_role("main")).to_contain_text("Coloured envelopes")

    check_out(visitor, "plain@example.com")

    expect_status(visitor, "Completed")
    assert visitor.get_by_role("link", name=re.compile("Download")).count() == 0
    visitor.goto("/cart/")
    expect(visitor.get_by_role("main")).not_to_contain_text("Coloured envelopes")


def test_a_personalized_product_ends_as_a_pdf_that_shows_what_was_typed(visitor, shop):
    open_product(visitor, "Classic business cards")
    personalize(visitor, "Your name", "Zofia Żółć-O’Neill")
    expect(visitor.get_by_role("main")).to_contain_text("Classic business cards")

    check_out(visitor, "zofia@example.com")

    expect_status(visitor, "Completed")
    name, content = download(visitor)
    assert name.endswith(".pdf")
    assert "Zofia Żółć-O’Neill" in text_of_pdf(content)
    code = re.search(r"/orders/(\w+)/", visitor.url)[1]
    wait_for_mail(shop, "zofia@example.com", code, "ready")
    visitor.goto("/orders/")
    expect(visitor.get_by_role("main")).to_contain_text(code)


def test_a_design_is_edited_from_the_cart_and_stays_one_line(visitor, shop):
    open_product(visitor, "Classic business cards")
    personalize(visitor, "Your name", "First try")
    visitor.get_by_role("link", name="Edit design").click()
    name = visitor.get_by_label("Your name", exact=True).and_(visitor.get_by_role("textbox"))
    expect(name).to_have_value("First try", timeout=30_000)

    type_into_design(visitor, "Your name", "Second try")

    expect(visitor.get_by_role("link", name="Edit design")).to_have_count(1)
    visitor.get_by_role("link", name="Edit design").click()
    expect(name).to_have_value("Second try", timeout=30_000)


def test_two_visitors_never_see_each_others_cart(browser, shop):
    with new_visitor(browser, shop) as anna, new_visitor(browser, shop) as ben:
        open_product(anna, "Coloured envelopes")
        anna.get_by_role("button", name="Add to cart").click()
        anna.wait_for_url("**/cart/")
        ben.goto("/cart/")
        expect(ben.get_by_role("main")).not_to_contain_text("Coloured envelopes")


def test_with_the_hub_stopped_shopping_goes_on_and_the_order_completes_after_it_is_back(browser, shop):
    with new_visitor(browser, shop) as page:
        open_product(page, "Classic business cards")
        personalize(page, "Your name", "Patience Hopewell")
        shop.stop("sandbox")
        try:
            for path in ("/", "/shop/", "/shop/business/business-cards/", "/cart/", "/admin/login/"):
                assert page.goto(path).status == 200, path
            open_product(page, "Rounded business cards")
            press_personalize(page)
            expect(page.get_by_role("main")).to_contain_text(re.compile("try again", re.IGNORECASE))
            page.goto("/cart/")
            check_out(page, "patience@example.com")
            expect_status(page, "Processing")
        finally:
            shop.start("sandbox")
        expect(page.get_by_role("status").filter(has_text="Completed").first).to_be_visible(timeout=120_000)
        assert "Patience Hopewell" in text_of_pdf(download(page)[1])
