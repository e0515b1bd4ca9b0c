"""The contract that every editor adapter keeps, each with a product that the sandbox gives its editor."""

import json
import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from personalization.designs.services.quality import read_quality

from .conftest import DESKTOP, new_visitor

OPENING_MS = 30_000
TOKEN_SECONDS = 8


@dataclass(frozen=True)
class Editor:
    """How a shopper uses one editor, and where its script comes from."""

    sku: str
    script: str
    frame: str = ""
    has_approval: bool = True

    @property
    def address(self) -> str:
        return f"/personalize/{self.sku}/"

    def inside(self, page: Page) -> Page | FrameLocator:
        return page.frame_locator(self.frame) if self.frame else page

    def text(self, page: Page):
        return self.inside(page).get_by_role("textbox").first

    def open(self, page: Page) -> None:
        page.goto(self.address)
        self.wait_until_open(page)

    def wait_until_open(self, page: Page) -> None:
        expect(self.text(page)).to_be_visible(timeout=OPENING_MS)
        expect(page.locator("[data-editor-status]")).to_be_empty()

    def add_to_cart(self, page: Page) -> None:
        page.get_by_role("button", name="Add to cart").click()
        if self.has_approval:
            page.get_by_label("I have checked my design").check()
            page.get_by_test_id("approve").click()
        page.wait_for_url("**/cart/", timeout=OPENING_MS)


EDITORS = {
    "handy-editor": Editor("OW-BC-MATT-50", "**/handy-editor/index.js"),
    "handy-editor-3d": Editor("OW-MG-OAT", "**/handy-editor-3d/index.js"),
    "simple-editor": Editor("OW-BM-5", "**/simple-editor/index.js", has_approval=False),
    "ui-framework": Editor("OW-SD-25", "**/ui-framework/editor.js"),
    "design-editor": Editor("OW-LH-LAID-50", "**/IframeApi.js", "iframe.editor-frame", has_approval=False),
}


@pytest.fixture(params=EDITORS.values(), ids=EDITORS)
def editor(request):
    return request.param


@pytest.fixture
def page(browser, shop):
    with new_visitor(browser, shop, DESKTOP) as page:
        yield page


@pytest.fixture
def short_lived_tokens(shop):
    """The Hub's tokens for browsers end after a few seconds."""
    shop.tell_sandbox("switches", user_token_seconds=TOKEN_SECONDS)
    yield
    shop.tell_sandbox("switches", user_token_seconds=3600)


def alert(page: Page):
    return page.locator("[data-editor-alert]")


def test_it_opens_and_keeps_the_token_out_of_every_address(editor, page):
    addresses = []
    page.on("request", lambda request: addresses.append(request.url))
    editor.open(page)
    token = json.loads(page.locator("#editor-data").text_content())["user"]["token"]
    assert token
    assert not [address for address in addresses if token in address]
    expect(alert(page)).to_be_empty()


def test_what_was_made_lands_in_the_cart_with_its_picture(editor, page):
    editor.open(page)
    editor.text(page).fill("Made by hand")
    editor.add_to_cart(page)
    expect(page.get_by_role("link", name="Edit design")).to_have_count(1)
    expect(page.get_by_role("main").locator("img[src*='/previews/']")).to_have_count(1, timeout=OPENING_MS)


def test_a_design_is_restored_edited_again_and_stays_one_line(editor, page):
    editor.open(page)
    editor.text(page).fill("First")
    editor.add_to_cart(page)

    page.get_by_role("link", name="Edit design").click()
    editor.wait_until_open(page)
    expect(editor.text(page)).to_have_value("First")
    editor.text(page).fill("Second")
    editor.add_to_cart(page)

    expect(page.get_by_role("link", name="Edit design")).to_have_count(1)
    page.get_by_role("link", name="Edit design").click()
    editor.wait_until_open(page)
    expect(editor.text(page)).to_have_value("Second")


def test_what_the_editor_warns_of_is_sent_along(editor, page):
    editor.open(page)
    editor.text(page).fill("Much too long for the space that there is, " * 2)
    with page.expect_request(lambda request: "quality" in (request.post_data or "")) as sent:
        editor.add_to_cart(page)
    quality = read_quality(sent.value.post_data_json["quality"])
    assert {warning["kind"] for warning in quality.warnings} & {"cut-off", "region"}


@pytest.mark.parametrize(
    "method",
    ["undefined", "() => Promise.reject(new Error('no'))", "() => new Promise(() => {})", "() => window"],
    ids=["missing", "failing", "hanging", "no data"],
)
def test_a_design_gets_into_the_cart_without_a_report(method, page):
    editor = EDITORS["handy-editor"]
    editor.open(page)
    page.evaluate(f"() => {{ document.querySelector('.editor-element').getViolationsMessages = {method} }}")
    editor.add_to_cart(page)
    expect(page.get_by_role("link", name="Edit design")).to_have_count(1)


def test_a_page_that_was_open_while_its_token_ended_still_saves(editor, page, short_lived_tokens):
    with page.expect_response("**/token/*", timeout=60_000) as renewed:
        editor.open(page)
        editor.text(page).fill("A long evening")
    assert renewed.value.status == 200
    page.wait_for_timeout(TOKEN_SECONDS * 1000)
    editor.add_to_cart(page)
    expect(page.get_by_role("link", name="Edit design")).to_have_count(1)


def test_a_missing_script_leads_to_a_way_back_and_another_attempt(editor, page):
    page.route(editor.script, lambda route: route.abort())
    page.goto(editor.address)
    expect(alert(page)).to_contain_text("did not open", timeout=OPENING_MS)
    expect(alert(page).get_by_role("link", name="Back to the product")).to_be_visible()
    expect(page.get_by_role("button", name="Add to cart")).to_have_count(0)

    page.unroute_all()
    alert(page).get_by_role("link", name="Try again").click()
    editor.wait_until_open(page)


def test_leaving_with_unsaved_work_is_asked_about(editor, page):
    editor.open(page)
    editor.text(page).click()
    editor.text(page).fill("Unsaved")
    page.get_by_role("link", name="Back to the product").click()
    dialog = page.get_by_role("dialog", name="Leave the editor?")
    dialog.get_by_role("button", name="Keep designing").click()
    expect(editor.text(page)).to_have_value("Unsaved")


def test_back_from_the_cart_opens_the_design_that_was_added(editor, page):
    editor.open(page)
    editor.text(page).fill("Added")
    editor.add_to_cart(page)
    page.go_back()
    editor.wait_until_open(page)
    expect(editor.text(page)).to_have_value("Added")
    assert re.search(r"\?design=[0-9a-f-]{36}$", page.url)
