"""The print file is what a print shop needs, and the preview is taken from it."""

import io
import re

import pikepdf
import pypdfium2
import pytest
from PIL import Image

import tenant
from cchub_sandbox import assets
from cchub_sandbox.catalog import Catalog
from cchub_sandbox.design_model import parse_model
from cchub_sandbox.rendering.color import cmyk, picture_to_cmyk
from cchub_sandbox.rendering.pdf import render_pdf
from cchub_sandbox.rendering.preview import model_preview
from cchub_sandbox.store import Store
from sandbox_calls import OWNER, create_project, picture

MM = 72 / 25.4


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path)
    yield store
    store.close()


def surface(*items, **changes) -> dict:
    plain = {
        "name": "Front",
        "width": 85,
        "height": 55,
        "bleed": 3,
        "shape": "rectangle",
        "background": "#ffffff",
        "items": list(items),
    }
    return plain | changes


def text(content: str, **changes) -> dict:
    item = {"id": "t", "type": "text", "label": "Text", "text": content, "x": 10, "y": 20, "font": "lora"}
    return item | changes


def image(asset_id, **changes) -> dict:
    item = {"id": "i", "type": "image", "asset": asset_id, "x": 5, "y": 5, "width": 30, "height": 20}
    return item | changes


@pytest.fixture
def pdf_of(store):
    """Renders surfaces; the files stay open for as long as the test runs."""
    opened = []

    def render(*surfaces) -> pikepdf.Pdf:
        model = parse_model({"version": 1, "surfaces": list(surfaces)})
        pdf = pikepdf.open(io.BytesIO(render_pdf(model, store, title="Order Ł-1042, line 1")))
        opened.append(pdf)
        return pdf

    yield render
    for pdf in opened:
        pdf.close()


def words_of(pdf: pikepdf.Pdf, page: int = 0) -> str:
    data = io.BytesIO()
    pdf.save(data)
    return pypdfium2.PdfDocument(data.getvalue())[page].get_textpage().get_text_bounded()


def operators_of(page: pikepdf.Page) -> set[str]:
    return {str(instruction.operator) for instruction in pikepdf.parse_content_stream(page)}


def images_of(page: pikepdf.Page) -> list[pikepdf.Object]:
    return [thing for thing in page.Resources.get("/XObject", {}).values() if thing.Subtype == "/Image"]


def add_picture(store, data: bytes) -> str:
    return assets.add(store, OWNER, data, now=0)["id"]


def test_boxes_are_trim_and_bleed_to_the_point(pdf_of):
    page = pdf_of(surface()).pages[0]
    boxes = {name: [float(edge) for edge in page[name]] for name in ("/MediaBox", "/BleedBox", "/TrimBox")}
    assert boxes["/MediaBox"] == pytest.approx([0, 0, 91 * MM, 61 * MM], abs=1e-3)
    assert boxes["/BleedBox"] == boxes["/MediaBox"]
    assert boxes["/TrimBox"] == pytest.approx([3 * MM, 3 * MM, 88 * MM, 58 * MM], abs=1e-3)


def test_every_surface_is_a_page_of_its_own_size(pdf_of):
    pdf = pdf_of(surface(text("one")), surface(text("two"), width=100, bleed=0))
    assert len(pdf.pages) == 2
    assert [float(edge) for edge in pdf.pages[1].MediaBox] == pytest.approx([0, 0, 100 * MM, 55 * MM])
    assert (words_of(pdf, 0), words_of(pdf, 1)) == ("one", "two")


def test_the_file_is_named_after_the_order_line_and_claims_no_profile(pdf_of):
    pdf = pdf_of(surface())
    assert str(pdf.docinfo["/Title"]) == "Order Ł-1042, line 1"
    assert "/OutputIntents" not in pdf.Root


def test_the_text_in_the_file_is_the_text_that_was_typed(pdf_of):
    typed = "Zażółć gęślą jaźń\r\n“Ærø” – 25 €\r\nfi"
    pdf = pdf_of(surface(text(typed.replace("\r\n", "\n"), font="caveat", italic=True, rotation=12)))
    assert words_of(pdf) == typed


@pytest.mark.parametrize("font", ["lora", "worksans", "caveat", "playfair"])
@pytest.mark.parametrize("bold", [False, True])
def test_only_the_chosen_font_is_named_and_it_is_embedded(pdf_of, font, bold):
    page = pdf_of(surface(text("Anna", font=font, bold=bold))).pages[0]
    (used,) = page.Resources.Font.values()
    assert "/FontFile2" in used.FontDescriptor
    assert str(used.BaseFont).endswith("-Bold" if bold else "-Regular")


def test_text_without_characters_names_no_font(pdf_of):
    pdf = pdf_of(surface(text(""), text("\n\n"), text("😀")))
    assert words_of(pdf) == ""
    assert not pdf.pages[0].Resources.get("/Font")


def test_characters_no_font_has_are_left_out(pdf_of):
    assert words_of(pdf_of(surface(text("Hi 😀Жyou\x00\u200b")))) == "Hi you"


def test_everything_is_cmyk(store, pdf_of):
    picture_id = add_picture(store, picture(100, 100))
    shapes = [
        {"id": "s", "type": kind, "x": 1, "y": 1, "width": 9, "height": 9}
        for kind in ("rectangle", "ellipse")
    ]
    page = pdf_of(surface(text("x", color="#c8643b"), image(picture_id), *shapes)).pages[0]
    operators = operators_of(page)
    assert "k" in operators
    assert not operators & {"rg", "RG", "g", "G", "cs", "CS", "sc", "scn"}
    assert [str(placed.ColorSpace) for placed in images_of(page)] == ["/DeviceCMYK"]


def test_black_is_black_ink_alone_and_grey_too():
    assert cmyk("#000000") == (0, 0, 0, 1)
    assert cmyk("#ffffff") == (0, 0, 0, 0)
    assert cmyk("#808080") == (0, 0, 0, pytest.approx(0.498, abs=0.001))
    pixels = Image.new("RGB", (1, 1), "#000000"), Image.new("RGB", (1, 1), "#808080")
    assert [picture_to_cmyk(pixel).getpixel((0, 0)) for pixel in pixels] == [(0, 0, 0, 255), (0, 0, 0, 127)]


@pytest.mark.parametrize("color", ["#1d3b2f", "#c8643b", "#00ffff", "#ff0000", "#123456"])
def test_a_picture_and_a_shape_of_one_colour_match_in_print(color):
    drawn = [round(255 * ink) for ink in cmyk(color)]
    placed = picture_to_cmyk(Image.new("RGB", (1, 1), color)).getpixel((0, 0))
    assert placed == pytest.approx(drawn, abs=3)


def test_dark_body_text_stays_below_rich_black():
    cyan, magenta, yellow, black = cmyk("#22302b")
    assert black > 0.75
    assert cyan + magenta + yellow < 0.5


def test_a_large_picture_is_reduced_to_300_dpi(store, pdf_of):
    page = pdf_of(surface(image(add_picture(store, picture(3000, 2000, kind="JPEG"))))).pages[0]
    (placed,) = images_of(page)
    assert (placed.Width, placed.Height) == (round(30 / 25.4 * 300), round(20 / 25.4 * 300))
    assert [str(name) for name in placed.Filter] == ["/DCTDecode"]


def test_a_small_picture_is_not_enlarged(store, pdf_of):
    page = pdf_of(surface(image(add_picture(store, picture(90, 60))))).pages[0]
    (placed,) = images_of(page)
    assert (placed.Width, placed.Height) == (90, 60)


def test_a_picture_covers_its_frame_and_loses_the_same_on_both_sides(store):
    three = Image.new("RGB", (300, 100))
    for place, color in enumerate(("#ff0000", "#ffffff", "#0000ff")):
        three.paste(color, (100 * place, 0, 100 * place + 100, 100))
    data = io.BytesIO()
    three.save(data, "PNG")
    frame = image(add_picture(store, data.getvalue()), x=10, y=10, width=30, height=30)
    png = model_preview(store, {"version": 1, "surfaces": [surface(frame, background="#000000")]}, 0)
    shown = Image.open(io.BytesIO(png)).convert("RGB")
    scale = 800 / 85
    colors = [shown.getpixel((round((10 + part) * scale), round(25 * scale))) for part in (0.5, 15, 29.5)]
    assert all(min(color) > 240 for color in colors)
    assert max(shown.getpixel((round(9 * scale), round(25 * scale)))) < 60


def test_transparent_parts_of_a_picture_let_the_ground_show(store, pdf_of):
    logo = add_picture(store, picture(60, 40, "RGBA", (200, 0, 0, 0)))
    model = surface(image(logo, x=0, y=0, width=85, height=55), background="#ffff00")
    page = pdf_of(model).pages[0]
    png = model_preview(store, {"version": 1, "surfaces": [model]}, 0)
    red, green, blue = Image.open(io.BytesIO(png)).convert("RGB").getpixel((400, 250))
    assert str(images_of(page)[0].SMask.ColorSpace) == "/DeviceGray"
    assert (red > 240, green > 220, blue < 60) == (True, True, True)


def test_a_sideways_photo_stands_upright(store, pdf_of):
    sideways = Image.new("RGB", (60, 30))
    exif = Image.Exif()
    exif[0x0112] = 6
    data = io.BytesIO()
    sideways.save(data, "JPEG", exif=exif)
    asset = assets.add(store, OWNER, data.getvalue(), now=0)
    page = pdf_of(surface(image(asset["id"], width=15, height=30))).pages[0]
    assert (asset["width"], asset["height"]) == (30, 60)
    assert (images_of(page)[0].Width, images_of(page)[0].Height) == (30, 60)


def test_an_empty_placeholder_is_not_printed(pdf_of):
    page = pdf_of(surface(image(None))).pages[0]
    assert images_of(page) == []


def test_the_background_runs_into_the_bleed(pdf_of):
    pdf = pdf_of(surface(background="#1f4d3f"))
    data = io.BytesIO()
    pdf.save(data)
    sheet = pypdfium2.PdfDocument(data.getvalue())[0].render(scale=1).to_pil().convert("RGB")
    corners = [sheet.getpixel((x, y)) for x in (0, sheet.width - 1) for y in (0, sheet.height - 1)]
    assert len(set(corners)) == 1
    assert max(corners[0]) < 110


@pytest.mark.parametrize(
    ("align", "rotation", "inked"),
    [("left", 0, (300, 200)), ("right", 0, (-300, 200)), ("left", 90, (0, 500)), ("left", 180, (-300, 290))],
)
def test_text_is_anchored_and_turned_clockwise(store, align, rotation, inked):
    """A long word starts at the middle of the card and runs where its anchor and turn send it."""
    word = text("MMMMMMMM", x=42.5, y=27.5, size=30, align=align, rotation=rotation, bold=True)
    png = model_preview(store, {"version": 1, "surfaces": [surface(word)]}, 0)
    shown = Image.open(io.BytesIO(png)).convert("L").point(lambda level: 255 if level < 128 else 0)
    left, top, right, bottom = shown.getbbox()
    middle = ((left + right) / 2 - 400, (top + bottom) / 2 - 259)
    assert (middle[0] > 40, middle[0] < -40) == (inked[0] > 40, inked[0] < -40)
    assert abs(middle[0]) > 40 or middle[1] > 40


def test_lines_follow_each_other_at_one_and_a_quarter(pdf_of):
    page = pdf_of(surface(text("one\ntwo", size=16))).pages[0]
    content = page.Contents.read_bytes().decode("latin1")
    matrices = re.findall(r"1 0 0 1 0 (-?\d+) Tm", content)
    assert list(dict.fromkeys(matrices)) == ["0", "-20"]


def test_the_file_of_a_project_carries_order_and_copies(sandbox):
    project_id = create_project(sandbox)
    sandbox.control.complete_all()
    (data,) = sandbox.control.print_files(project_id)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Order #1042, line 1042-1"
        assert str(pdf.docinfo["/Subject"]) == "OW-BC-MATT-50, 2 copies"
        assert len(pdf.pages) == 2
        assert "Anna Kowalska" in words_of(pdf)


def test_every_template_of_the_example_renders(store):
    products = list(Catalog.read(tenant.catalog()))
    assert products
    for product in products:
        data = render_pdf(parse_model(product.template), store, title=product.name)
        with pikepdf.open(io.BytesIO(data)) as pdf:
            assert len(pdf.pages) == len(product.surfaces)
