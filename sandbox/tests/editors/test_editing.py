"""Changing a design in the freehand editor, by mouse and keyboard."""

import pytest
from playwright.sync_api import expect
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from cchub_sandbox.config import FONTS_DIR
from editor_page import CARDS, POSTCARDS

POINTS_PER_MM = 72 / 25.4


def drag(page, locator, dx: float, dy: float) -> None:
    box = locator.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + dx / 2, y + dy / 2, steps=4)
    page.mouse.move(x + dx, y + dy, steps=4)
    page.mouse.up()


def test_typing_changes_the_design_and_undo_brings_it_back(editor):
    editor.open("handy-editor", CARDS)
    before = editor.items()["Your name"]["text"]
    editor.page.get_by_label("Your name", exact=True).fill("Zażółć Gęślą")
    assert editor.items()["Your name"]["text"] == "Zażółć Gęślą"
    expect(editor.part("Your name").locator("text")).to_have_text("Zażółć Gęślą")
    assert editor.events("change").count() >= 1
    editor.page.keyboard.press("Control+z")
    assert editor.items()["Your name"]["text"] == before
    editor.page.keyboard.press("Control+Shift+z")
    assert editor.items()["Your name"]["text"] == "Zażółć Gęślą"


def test_dragging_moves_a_text_by_the_millimetres_of_the_drag_in_one_step_of_history(editor):
    editor.open("handy-editor", CARDS)
    before = editor.items()["Your name"]
    scale = editor.page.locator(".stage-svg").evaluate("svg => svg.getScreenCTM().a")
    drag(editor.page, editor.part("Your name"), 6 * scale, -4 * scale)
    after = editor.items()["Your name"]
    assert after["x"] - before["x"] == pytest.approx(6, abs=0.3)
    assert after["y"] - before["y"] == pytest.approx(-4, abs=0.3)
    editor.page.get_by_role("button", name="Undo").click()
    assert editor.items()["Your name"] == before


def test_a_corner_resizes_a_text_and_the_opposite_corner_stays(editor):
    editor.open("handy-editor", CARDS)
    part = editor.part("Your name")
    part.click()
    before, box = editor.items()["Your name"], part.locator(".hit-area").bounding_box()
    drag(editor.page, editor.page.locator(".handle.resize[data-corner='2']"), 60, 20)
    after = part.locator(".hit-area").bounding_box()
    assert editor.items()["Your name"]["size"] > before["size"]
    assert (after["x"], after["y"]) == pytest.approx((box["x"], box["y"]), abs=3)


def test_turning_keeps_the_middle_of_a_text_in_place(editor):
    editor.open("handy-editor", CARDS)
    part = editor.part("Your name")
    part.click()
    box = part.locator(".hit-area").bounding_box()
    editor.page.get_by_text("Position and rotation").click()
    editor.page.get_by_label("Rotation (degrees)", exact=True).fill("90")
    editor.page.keyboard.press("Tab")
    after = part.locator(".hit-area").bounding_box()
    assert editor.items()["Your name"]["rotation"] == 90
    assert after["width"] == pytest.approx(box["height"], abs=2)
    assert after["x"] + after["width"] / 2 == pytest.approx(box["x"] + box["width"] / 2, abs=2)


def test_arrow_keys_move_by_one_and_with_shift_by_five_millimetres(editor):
    editor.open("handy-editor", CARDS)
    before = editor.items()["Your name"]
    editor.part("Your name").focus()
    for key in ("ArrowRight", "Shift+ArrowRight", "ArrowUp"):
        editor.page.keyboard.press(key)
    after = editor.items()["Your name"]
    assert (after["x"] - before["x"], after["y"] - before["y"]) == pytest.approx((6, -1))


def test_delete_removes_the_selected_part_but_never_decoration(editor):
    editor.open("handy-editor", CARDS)
    count = len(editor.items())
    editor.part("Your name").click()
    editor.page.keyboard.press("Delete")
    assert "Your name" not in editor.items()
    editor.page.keyboard.press("Delete")
    assert len(editor.items()) == count - 1
    expect(editor.page.locator(".locked-item[tabindex]")).to_have_count(0)


def test_a_text_can_be_added_styled_and_sent_behind(editor):
    editor.open("handy-editor", POSTCARDS)
    editor.page.get_by_role("button", name="Add text").click()
    editor.page.keyboard.type("Hello\nyou")
    editor.page.get_by_label("Font", exact=True).select_option("caveat")
    editor.page.get_by_label("Size (pt)", exact=True).fill("31.5")
    editor.page.get_by_role("button", name="Bold").click()
    editor.page.get_by_role("button", name="Italic").click()
    editor.page.get_by_role("button", name="Align right").click()
    editor.page.get_by_role("button", name="Berry").click()
    editor.page.get_by_role("button", name="Send back").click()
    added = editor.items()["Text 2"]
    assert added["text"] == "Hello\nyou"
    style = {key: added[key] for key in ("font", "size", "bold", "italic", "align", "color")}
    assert style == {
        "font": "caveat",
        "size": 31.5,
        "bold": True,
        "italic": True,
        "align": "right",
        "color": "#8c2f39",
    }
    assert list(editor.items().values())[-1] != added


def test_text_is_as_wide_on_the_stage_as_in_the_pdf(editor):
    editor.open("handy-editor", CARDS)
    editor.page.get_by_label("Your name", exact=True).fill("AVATAR Wójcik „fi” To 1.174")
    item = editor.items()["Your name"]
    weight = "bold" if item["bold"] else "regular"
    pdfmetrics.registerFont(TTFont("measured", FONTS_DIR / f"{item['font']}-{weight}.ttf"))
    points = pdfmetrics.stringWidth(item["text"], "measured", item["size"])
    shown = editor.part("Your name").locator("text").evaluate("text => text.getComputedTextLength()")
    assert shown == pytest.approx(points / POINTS_PER_MM, rel=0.005)
