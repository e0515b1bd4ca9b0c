"""An editor maps products to the Hub in the admin, and looks at them as a shopper."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import PHONE, new_visitor
from .test_order_desk import log_in_to_admin
from .test_shopping import check_out, expect_status, open_product, type_into_design

HUB_MS = 30_000
CHOICES = ".modal a[data-chooser-modal-choice]"


@pytest.fixture
def editor(browser, shop):
    """A page of somebody who is logged in to the admin."""
    with new_visitor(browser, shop) as page:
        log_in_to_admin(page)
        yield page
    shop.tell_sandbox("switches", workflow="")
    shop.tell_sandbox("connect", reference="loyalty-cards", productId=403)


def open_mapping(page: Page, title: str) -> None:
    """The tab of the page editor on which a product is mapped."""
    page.goto(f"/admin/products/?q={title.replace(' ', '+')}")
    page.locator("a[href$='/edit/']", has_text=title).first.click()
    page.get_by_role("tab", name="Personalization").click()


def field(page: Page, name: str):
    return page.locator(f"[name$='-value-{name}']")


def unfold(page: Page, heading: str) -> None:
    page.locator(".w-panel__header", has_text=heading).last.get_by_role("button").first.click()


def choose_from_hub(page: Page, name: str) -> None:
    page.locator(f"[data-hub-choice-field-value={name}]").get_by_role("button").click()
    expect(page.locator(CHOICES).first).to_be_visible(timeout=HUB_MS)


def publish(page: Page) -> None:
    """And come back to the tab."""
    page.get_by_role("button", name="More actions").last.click()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("has been published").first).to_be_visible(timeout=HUB_MS)
    page.get_by_role("link", name="Edit", exact=True).first.click()
    page.get_by_role("tab", name="Personalization").click()


def check_mapping(page: Page):
    page.get_by_role("link", name="Check now").click()
    result = page.locator("[data-hub-check-target=result]")
    expect(result.get_by_text("Pipeline", exact=True)).to_be_visible(timeout=HUB_MS)
    return result


def test_a_product_without_connection_is_found_by_paging_and_search_and_sold(editor, browser, shop):
    shop.tell_sandbox("disconnect", reference="loyalty-cards")
    open_mapping(editor, "Loyalty cards")
    choose_from_hub(editor, "product_reference")
    first_page = editor.locator(CHOICES).all_inner_texts()
    assert len(first_page) == 10
    editor.locator(".modal").get_by_role("link", name="Next").click()
    expect(editor.locator(CHOICES).first).not_to_have_text(first_page[0], timeout=HUB_MS)
    assert not set(first_page) & set(editor.locator(CHOICES).all_inner_texts())
    editor.get_by_label("Search term").fill("loyal")
    expect(editor.locator(CHOICES)).to_have_count(1, timeout=HUB_MS)
    editor.locator(CHOICES).click()
    expect(field(editor, "product_name")).to_have_value("Loyalty cards", timeout=HUB_MS)
    expect(field(editor, "hub_product_id")).to_have_value("403")
    expect(field(editor, "product_reference")).to_have_value("")
    field(editor, "button_label").fill("Put your shop on it")
    field(editor, "introduction").fill("Start with the name of your shop.")

    publish(editor)

    result = check_mapping(editor)
    expect(result).to_contain_text("number 403 in the Hub")
    expect(result.get_by_text("Mapped").first).to_be_visible()
    with editor.expect_popup() as opened:
        result.get_by_role("link", name="Open the editor as a shopper").click()
    expect(opened.value.get_by_text("Start with the name of your shop.")).to_be_visible(timeout=HUB_MS)
    expect(opened.value.get_by_role("button", name="Add to cart")).to_be_visible(timeout=HUB_MS)
    with new_visitor(browser, shop, PHONE) as shopper:
        open_product(shopper, "Loyalty cards")
        shopper.get_by_role("link", name="Put your shop on it").click()
        type_into_design(shopper, "Company name", "The Corner Bakery")
        check_out(shopper, "baker@example.com")
        expect_status(shopper, "Completed")


def test_typing_a_reference_forgets_the_product_that_was_chosen(editor, shop):
    open_mapping(editor, "Gift tags")
    choose_from_hub(editor, "product_reference")
    editor.get_by_label("Search term").fill("gift tags")
    expect(editor.locator(CHOICES)).to_have_count(1, timeout=HUB_MS)
    editor.locator(CHOICES).click()
    expect(field(editor, "product_reference")).to_have_value("gift-tags", timeout=HUB_MS)
    expect(field(editor, "hub_product_id")).to_have_value("")
    # When it has closed, the dialog gives the focus back to the button that opened it.
    expect(editor.locator(".modal")).to_have_count(0)

    field(editor, "product_reference").press("End")
    field(editor, "product_reference").press_sequentially("-2")

    expect(field(editor, "product_reference")).to_have_value("gift-tags-2")
    expect(field(editor, "product_name")).to_have_value("")


def test_another_pipeline_editor_and_place_are_chosen_checked_and_opened(editor, shop):
    shop.tell_sandbox("switches", workflow="two-editors")
    open_mapping(editor, "Round stickers")
    unfold(editor, "Print files")
    choose_from_hub(editor, "pipeline_id")
    editor.locator(CHOICES, has_text="without a call-back").click()
    expect(field(editor, "pipeline_id")).to_have_value("32", timeout=HUB_MS)
    expect(field(editor, "making")).to_have_value("pipeline")
    unfold(editor, "Advanced")
    field(editor, "editor").select_option("simple-editor")
    field(editor, "editor_place").select_option("full")

    publish(editor)

    result = check_mapping(editor)
    expect(result).to_contain_text("au-simple-editor, on a page of its own")
    expect(result).to_contain_text("does not notify the shop")
    with editor.expect_popup() as opened:
        result.get_by_role("link", name="Open the editor as a shopper").click()
    expect(opened.value.locator("main.editor-full au-simple-editor")).to_be_visible(timeout=HUB_MS)
    expect(opened.value.get_by_role("button", name="Add to cart")).to_be_visible(timeout=HUB_MS)


def test_while_the_hub_is_down_pages_are_edited_and_published_and_choosing_says_why_not(editor, shop):
    shop.stop("sandbox")
    try:
        open_mapping(editor, "Name labels")
        editor.locator("[data-hub-choice-field-value=product_reference]").get_by_role("button").click()
        expect(editor.locator(".modal")).to_contain_text("does not answer at the moment", timeout=HUB_MS)
        editor.locator(".modal").get_by_role("button", name="Close").click()
        field(editor, "note").fill("Takes a minute")
        publish(editor)
        editor.get_by_role("link", name="Check now").click()
        result = editor.locator("[data-hub-check-target=result]")
        expect(result).to_contain_text("does not answer at the moment", timeout=HUB_MS)
    finally:
        shop.start("sandbox")
    wait_for_the_hub(editor)


def wait_for_the_hub(page: Page) -> None:
    """Until the shop has noticed that the Hub is back."""
    for _attempt in range(90):
        page.goto("/admin/hub/import/")
        if page.locator(".hub-products").count():
            return
        page.wait_for_timeout(1000)
    raise AssertionError("the Hub is back, but the shop does not ask it")
