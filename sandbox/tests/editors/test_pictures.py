"""Pictures in a design: uploaded, placed, refused."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from editor_page import CARDS, POSTCARDS


def picture(width: int = 900, height: int = 600) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (width, height), "#c8643b").save(content, "PNG")
    return content.getvalue()


def test_an_uploaded_picture_fills_its_frame_and_is_saved_with_the_design(editor):
    editor.open("handy-editor", POSTCARDS)
    editor.page.get_by_role("button", name="Your photo").first.click()
    file = {"name": "holiday.png", "mimeType": "image/png", "buffer": picture(2400, 1600)}
    editor.page.get_by_label("Choose a picture").set_input_files(file)
    expect(editor.page.get_by_label("Replace picture")).to_be_attached()
    asset = editor.items()["Your photo"]["asset"]
    assert asset
    editor.approve()
    saved = editor.saved_design(editor.detail("addtocart")["key"])
    assert asset in [item.get("asset") for item in saved["model"]["surfaces"][0]["items"]]


def test_a_new_picture_keeps_its_proportions(editor):
    editor.open("handy-editor", CARDS)
    file = {"name": "logo.png", "mimeType": "image/png", "buffer": picture(900, 600)}
    editor.page.get_by_label("Add picture").set_input_files(file)
    expect(editor.page.get_by_role("heading", name="Picture 1")).to_be_visible()
    added = editor.items()["Picture 1"]
    assert added["width"] / added["height"] == pytest.approx(1.5, abs=0.01)


@pytest.mark.parametrize(
    ("name", "mime_type", "content", "message"),
    [
        ("notes.txt", "text/plain", b"hello", "is not a PNG, JPEG or WebP picture"),
        ("broken.png", "image/png", b"\x89PNG not really", "cannot be read as a picture"),
    ],
)
def test_a_file_that_is_no_picture_is_refused_before_it_is_sent(editor, name, mime_type, content, message):
    editor.open("handy-editor", CARDS)
    before = editor.items()
    file = {"name": name, "mimeType": mime_type, "buffer": content}
    editor.page.get_by_label("Add picture").set_input_files(file)
    expect(editor.page.get_by_role("alert")).to_contain_text(message)
    assert editor.items() == before
    assert editor.sandbox.control.calls_to("editor.upload") == []


def test_a_failed_upload_leaves_the_design_as_it_was(editor):
    editor.open("handy-editor", CARDS)
    before = editor.items()
    editor.sandbox.control.fail("editor.upload", status=503)
    file = {"name": "logo.png", "mimeType": "image/png", "buffer": picture()}
    editor.page.get_by_label("Add picture").set_input_files(file)
    expect(editor.page.get_by_role("alert")).to_contain_text("not answering properly")
    assert editor.items() == before
    assert editor.events("error").count() == 0
