"""Every editor and the console for everybody: no fault that axe finds, and everything within reach.

640 by 400 is what is left of 1280 by 800 at a zoom of 200 %, 320 by 256 of 1280 by 1024 at 400 %.
"""

from pathlib import Path

import pytest

from cchub_sandbox.workflows import EDITORS
from sandbox_calls import create_project

AXE = Path(__file__).parents[1] / "assets" / "axe.min.js"
FAULTS = """
async () => {
  // Experimental in axe, and a success criterion all the same: WCAG 2.5.3, Label in Name.
  const rules = { "label-content-name-mismatch": { enabled: true } };
  const { violations } = await axe.run({ rules });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`));
}
"""
OUT_OF_REACH = """
() => {
  const { shadowRoot } = [...document.querySelectorAll("*")].find((element) => element.shadowRoot);
  const controls = "button, select, textarea, summary, input:not(.visually-hidden), label.button";
  const isReached = (control) => {
    control.scrollIntoView({ block: "nearest", inline: "nearest" });
    const { x, y, width, height } = control.getBoundingClientRect();
    return control.contains(shadowRoot.elementFromPoint(x + width / 2, y + height / 2));
  };
  const shown = [...shadowRoot.querySelectorAll(controls)].filter((control) => control.checkVisibility());
  if (shown.length < 5) return ["nearly all controls are missing"];
  return shown.filter((control) => !isReached(control)).map((control) => control.outerHTML.slice(0, 120));
}
"""
DRAWING = """
() => {
  const { shadowRoot } = [...document.querySelectorAll("*")].find((element) => element.shadowRoot);
  const drawing = shadowRoot.querySelector(".canvas, .simple-preview .finished");
  const { top, left, right, bottom, height } = drawing.getBoundingClientRect();
  const isUncovered = drawing.contains(shadowRoot.elementFromPoint((left + right) / 2, (top + bottom) / 2));
  const isInside = top >= 0 && left >= 0 && right <= innerWidth && bottom <= innerHeight;
  const scrollsSideways = document.documentElement.scrollWidth > innerWidth;
  return { isInside, isUncovered, isLarge: height >= 150, scrollsSideways };
}
"""
DESKTOP, PHONE, ZOOMED, ZOOMED_MORE = (1280, 800), (390, 844), (640, 400), (320, 256)

every_editor = pytest.mark.parametrize("kind", EDITORS)


def at(*sizes):
    return pytest.mark.parametrize("size", sizes, ids=lambda size: f"{size[0]}x{size[1]}")


def open_at(editor, kind, size):
    width, height = size
    editor.page.set_viewport_size({"width": width, "height": height})
    return editor.open_alone(kind)


def every_view(frame):
    """The editor as it opens, with the settings of each item, and with the dialog before the cart."""
    yield "as it opens"
    for item in frame.locator("[data-item]").all():
        item.focus()
        frame.locator("details.place summary").click()
        yield f"with {item.get_attribute('aria-label')}"
    if frame.locator(".approval").count() and frame.get_by_role("button", name="Add to cart").is_visible():
        frame.get_by_role("button", name="Add to cart").click()
        yield "before the cart"


@every_editor
@at(DESKTOP, ZOOMED)
def test_axe_finds_no_fault(editor, kind, size):
    frame = open_at(editor, kind, size)
    frame.evaluate(AXE.read_text(encoding="utf-8"))
    faults = {view: found for view in every_view(frame) if (found := frame.evaluate(FAULTS))}
    assert faults == {}


@at(DESKTOP, PHONE, ZOOMED)
def test_axe_finds_no_fault_in_the_console(page, sandbox, size):
    create_project(sandbox)
    sandbox.control.fail("projects")
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(sandbox.url)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert page.evaluate(FAULTS) == []


@every_editor
@at(DESKTOP, PHONE, ZOOMED, ZOOMED_MORE)
def test_every_control_can_be_scrolled_to_and_is_covered_by_nothing(editor, kind, size):
    frame = open_at(editor, kind, size)
    out_of_reach = {view: found for view in views_in_front(frame) if (found := frame.evaluate(OUT_OF_REACH))}
    assert out_of_reach == {}


def views_in_front(frame):
    """All but the dialog, which covers the rest on purpose."""
    return (view for view in every_view(frame) if view != "before the cart")


@every_editor
@at(DESKTOP, PHONE, ZOOMED)
def test_the_drawing_is_seen_whole_and_large_enough(editor, kind, size):
    seen = open_at(editor, kind, size).evaluate(DRAWING)
    assert seen == {"isInside": True, "isUncovered": True, "isLarge": True, "scrollsSideways": False}


@pytest.mark.parametrize("kind", ["handy-editor", "handy-editor-3d", "ui-framework"])
@at(ZOOMED, ZOOMED_MORE)
def test_the_dialog_before_the_cart_can_be_scrolled_through(editor, kind, size):
    frame = open_at(editor, kind, size)
    frame.get_by_role("button", name="Add to cart").click()
    frame.get_by_label("I have checked my design").check()
    frame.get_by_test_id("approve").click()
    frame.get_by_text("Saving your design…").first.wait_for(state="attached")


@at(ZOOMED)
def test_the_mockup_comes_to_the_front_where_there_is_no_room_for_both(editor, size):
    frame = open_at(editor, "handy-editor-3d", size)
    frame.get_by_role("button", name="3D view").click()
    frame.get_by_role("button", name="Turn left").click()
    frame.get_by_role("button", name="3D view").click()
    assert frame.evaluate(DRAWING)["isUncovered"]
