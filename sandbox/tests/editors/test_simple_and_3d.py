"""The form editor, the editor with a mockup, and what all of them owe to the page around them."""

import pytest
from playwright.sync_api import expect

from editor_page import CARDS

TAGS = {"productReferenceId": "gift-tags"}
MUGS = {"productReferenceId": "stoneware-mugs"}
PHONE = {"width": 390, "height": 844}
COMPONENTS = [("handy-editor", CARDS), ("handy-editor-3d", MUGS), ("simple-editor", TAGS)]


def test_the_form_changes_the_preview_and_goes_to_the_cart_without_another_step(editor):
    editor.open("simple-editor", TAGS)
    expect(editor.events("editorloaded")).to_have_count(1)
    editor.page.get_by_label("Message", exact=True).fill("Made for you")
    expect(editor.page.get_by_role("img", name="Back, preview")).to_contain_text("Made for you")
    editor.page.get_by_role("button", name="Add to cart").click()
    saved = editor.saved_design(editor.detail("addtocart")["key"])
    assert "Made for you" in [item.get("text") for item in saved["model"]["surfaces"][1]["items"]]


def test_the_form_restores_a_design(editor):
    design = editor.sandbox.control.add_design("visitor-1", "gift-tags")
    editor.open("simple-editor", {"designId": design})
    editor.page.get_by_label("Message", exact=True).fill("Again")
    editor.page.get_by_role("button", name="Add to cart").click()
    assert editor.detail("addtocart")["key"] == design


def test_the_mockup_follows_edits_and_turns(editor):
    editor.page.emulate_media(reduced_motion="reduce")
    editor.open("handy-editor-3d", MUGS)
    picture = "editor.shadowRoot.querySelector('.cylinder').toDataURL()"
    at_first = editor.call(picture)
    editor.page.get_by_role("button", name="Turn right", exact=True).click()
    turned = editor.call(picture)
    editor.page.get_by_role("button", name="Berry").click()
    editor.call("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert len({at_first, turned, editor.call(picture)}) == 3


def test_someone_who_wants_less_motion_gets_none(editor):
    editor.page.emulate_media(reduced_motion="reduce")
    editor.open("handy-editor-3d", MUGS)
    picture = "editor.shadowRoot.querySelector('.cylinder').toDataURL()"
    at_first = editor.call(picture)
    editor.page.wait_for_timeout(300)
    assert editor.call(picture) == at_first


@pytest.mark.parametrize(("component", "scenario"), COMPONENTS)
def test_on_a_phone_everything_fits_and_can_be_touched(editor, component, scenario):
    editor.page.set_viewport_size(PHONE)
    editor.open(component, scenario)
    assert editor.call("document.documentElement.scrollWidth") == PHONE["width"]
    drawing = editor.page.locator(".stage-svg, .finished").first.bounding_box()
    assert drawing["width"] > 100 and drawing["height"] > 100 and drawing["y"] < PHONE["height"] / 2
    small = """[...editor.shadowRoot.querySelectorAll("button, select, textarea, label.button, summary")]
      .filter((control) => control.checkVisibility() && control.getBoundingClientRect().height > 0)
      .filter((control) => control.getBoundingClientRect().height < 39.5)
      .map((control) => control.outerHTML.slice(0, 90))"""
    assert editor.call(small) == []


@pytest.mark.parametrize(("component", "scenario"), COMPONENTS)
def test_every_control_has_a_name(editor, component, scenario):
    editor.open(component, scenario)
    nameless = """[...editor.shadowRoot.querySelectorAll("button, input, select, textarea, svg [tabindex]")]
      .filter((control) => !control.ariaLabel && !control.textContent.trim() && !control.labels?.length)
      .map((control) => control.outerHTML.slice(0, 90))"""
    assert editor.call(nameless) == []


@pytest.mark.parametrize(("component", "scenario"), COMPONENTS)
def test_styles_leak_neither_in_nor_out(editor, component, scenario):
    editor.start(component, scenario)
    editor.page.add_style_tag(content="button { display: none } .editor { display: none !important }")
    probe = """(() => {
      const node = document.createElement("div");
      node.className = "card mockup preview loader";
      document.body.append(node);
      const { position, display, backgroundColor } = getComputedStyle(node);
      return [position, display, backgroundColor];
    })()"""
    expect(editor.events("load")).to_have_count(1)
    expect(editor.page.get_by_role("button", name="Add to cart")).to_be_visible()
    assert editor.call(probe) == ["static", "block", "rgba(0, 0, 0, 0)"]
