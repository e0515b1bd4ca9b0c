"""A picture of which no copy can be made: all stands without it, staff read of it, uploads are refused."""

import json
import logging
import os
from io import BytesIO
from urllib.parse import unquote
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.images.forms import get_image_form

from catalog.structured_data import product_data
from commerce.models import OutgoingEmail
from commerce.services.messages import order_message
from home.models import SiteImage
from tests.factories.catalog import a_category, a_group, a_picture, a_root_page
from tests.factories.commerce import make_order

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(editor_client):
    """A client that is logged in to the admin."""
    return editor_client


SAYS_SO = "This picture<"
UNUSABLE = "This picture cannot be used: the file is damaged"


def _bulk(image: SiteImage, action: str) -> str:
    return (
        reverse("wagtail_bulk_action", args=["home", "siteimage", action])
        + f"?id={image.pk}&next=/admin/images/"
    )


def encoded(mode: str, kind: str, colour, *, size=(1600, 1200), **options) -> bytes:
    content = BytesIO()
    Image.new(mode, size, colour).save(content, kind, **options)
    return content.getvalue()


def cut_off() -> bytes:
    return encoded("RGB", "JPEG", "#1f4d3f")[:-2000]


def unreadable_profile() -> bytes:
    return encoded("CMYK", "JPEG", (0, 0, 0, 0), icc_profile=bytes(300))


def sixteen_bit_grey() -> bytes:
    return encoded("I;16", "PNG", 0x8000)


def too_many_pixels() -> bytes:
    return encoded("1", "PNG", 1, size=(20_000, 20_000))


def kept(content: bytes, name: str) -> SiteImage:
    """A picture that is in the shop already, whatever an upload would say today."""
    a_root_page()
    file = ContentFile(content, name=f"{uuid4().hex}-{name}")
    return SiteImage.objects.create(title="Old scan", description="A card", file=file)


def cut_off_on_disk() -> SiteImage:
    image = kept(encoded("RGB", "JPEG", "#1f4d3f"), "card.jpg")
    os.truncate(image.file.path, image.file.size - 2000)
    return image


def missing() -> SiteImage:
    image = a_picture()
    image.file.storage.delete(image.file.name)
    return image


@pytest.fixture(
    params=[
        cut_off_on_disk,
        lambda: kept(unreadable_profile(), "cmyk.jpg"),
        missing,
    ],
    ids=["cut off", "unreadable colour profile", "file is gone"],
)
def broken(request, db) -> SiteImage:
    return request.param()


def emptied() -> SiteImage:
    image = a_picture()
    os.truncate(image.file.path, 0)
    return image


@pytest.fixture(params=[cut_off_on_disk, missing, emptied], ids=["cut off", "file is gone", "file is empty"])
def unshowable(request, db) -> SiteImage:
    """Broken in a way that lets no copy be made, however small."""
    return request.param()


class TestWhereABrokenPictureIsShown:
    def test_the_shops_pages_stand_without_it(self, client, broken):
        category = a_category("Cards", picture=broken)
        group = a_group("OW-A", picture=broken, parent=category)

        for address in (group.url, category.url, category.get_parent().url, "/search/?q=classic"):
            assert client.get(address).status_code == 200

    def test_search_engines_and_whoever_shares_the_page_are_shown_none(self, client):
        group = a_group("OW-A", picture=cut_off_on_disk())

        assert 'property="og:image"' not in client.get(group.url).content.decode()
        assert product_data(group, group.details)[0]["image"] == []

    def test_a_shopper_can_buy_what_it_shows(self, client, broken):
        a_group("OW-A", title="Cards", picture=broken)

        assert client.get("/cart/add/?sku=OW-A").status_code == 200
        cart = client.post("/cart/add/", {"sku": "OW-A", "quantity": "1"}, follow=True)
        assert "Cards" in cart.content.decode()
        assert client.get("/checkout/").status_code == 200

    def test_an_order_is_confirmed_without_it(self):
        order = make_order()
        order.items.update(image=cut_off_on_disk())

        message = order_message(OutgoingEmail(order=order, kind=OutgoingEmail.Kind.CONFIRMATION))

        assert "Pencils" in message.alternatives[0].content
        assert "<img" not in message.alternatives[0].content

    def test_the_admins_lists_stand(self, editor, broken):
        group = a_group("OW-A", picture=broken)

        for name, args in [
            ("products:index", []),
            ("wagtailimages:index", []),
            ("wagtailadmin_pages:edit", [group.pk]),
            ("wagtailimages:edit", [broken.pk]),
        ]:
            assert editor.get(reverse(name, args=args)).status_code == 200

    def test_the_admins_image_chooser_stands(self, editor, broken):
        for name, args, query in [
            ("wagtailimages_chooser:choose", [], ""),
            ("wagtailimages_chooser:choose_results", [], "?q=scan"),
            ("wagtailimages_chooser:choose_results", [], "?layout=list"),
            ("wagtailimages_chooser:select_format", [broken.pk], ""),
            ("wagtailimages_chooser:chosen_multiple", [], f"?id={broken.pk}"),
        ]:
            assert editor.get(reverse(name, args=args) + query).status_code == 200

    def test_the_panel_shows_words_in_place_of_the_chosen_picture(self, editor, unshowable):
        chosen = editor.get(reverse("wagtailimages_chooser:chosen", args=[unshowable.pk])).json()["result"]

        assert SAYS_SO in unquote(chosen["preview"]["url"])
        assert chosen["preview"]["width"] == 165

    @pytest.mark.parametrize("spec", ["original", "width-100", "fill-10x10-c100"])
    def test_a_preview_of_one_size_shows_words_in_its_place(self, editor, unshowable, spec):
        answer = editor.get(reverse("wagtailimages:preview", args=[unshowable.pk, spec]))

        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/svg+xml")
        assert SAYS_SO in answer.text

    def test_it_can_be_put_into_a_text_and_the_text_opened_again(self, editor, unshowable):
        address = reverse("wagtailimages_chooser:select_format", args=[unshowable.pk])
        data = {"image-chooser-insertion-format": "left", "image-chooser-insertion-alt_text": "A card"}

        chosen = editor.post(address, data).json()["result"]

        assert SAYS_SO in unquote(chosen["preview"]["url"])
        text = f'<embed embedtype="image" id="{unshowable.pk}" format="left" alt="A card"/>'
        rule = ContentstateConverter(["image"])
        assert f'id="{unshowable.pk}"' in rule.to_database_format(rule.from_database_format(text))

    def test_the_list_of_products_says_so_as_well(self, editor, unshowable):
        a_group("OW-A", picture=unshowable)

        assert "Picture cannot be shown" in editor.get(reverse("products:index")).content.decode()

    @pytest.mark.parametrize("layout", ["grid", "list"])
    def test_the_admins_images_show_words_in_its_place(self, editor, unshowable, layout):
        for address in (
            reverse("wagtailimages:index") + f"?layout={layout}",
            reverse("wagtailimages:edit", args=[unshowable.pk]),
        ):
            response = editor.get(address)
            assert response.status_code == 200
            assert SAYS_SO in unquote(response.content.decode()), address

    def test_it_can_be_renamed_sorted_compared_and_deleted(self, editor, broken):
        group = a_group("OW-A", picture=broken)
        revisions = [group.latest_revision.pk]
        group.picture = a_picture()
        revisions.append(group.save_revision().pk)
        data = {"title": "Card", "description": "A card", "collection": broken.collection_id}

        for address, sent in [
            (reverse("wagtailadmin_pages:revisions_compare", args=[group.pk, *revisions]), None),
            (reverse("wagtailimages:edit", args=[broken.pk]), data),
            (reverse("wagtailimages:image_usage", args=[broken.pk]), None),
            (_bulk(broken, "add_tags"), None),
            (_bulk(broken, "add_tags"), {"tags": "old"}),
            (_bulk(broken, "add_to_collection"), {"collection": broken.collection_id}),
            (_bulk(broken, "delete"), None),
            (_bulk(broken, "delete"), {"confirm": "on"}),
        ]:
            response = editor.get(address) if sent is None else editor.post(address, sent, follow=True)
            assert response.status_code == 200, (address, sent)

        assert not SiteImage.objects.filter(pk=broken.pk).exists()

    def test_the_same_file_can_be_uploaded_in_the_chooser(self, editor):
        broken = kept(encoded("RGB", "PNG", "#1f4d3f"), "card.png")
        broken._set_image_file_metadata()
        broken.save()
        os.truncate(broken.file.path, 100)
        upload = SimpleUploadedFile("card.png", encoded("RGB", "PNG", "#1f4d3f"))
        data = {"title": "Card", "description": "A card", "file": upload, "collection": broken.collection_id}
        prefixed = {f"image-chooser-upload-{name}": value for name, value in data.items()}

        response = editor.post(reverse("wagtailimages_chooser:create"), prefixed)

        assert response.json()["step"] == "duplicate_found"
        assert SAYS_SO in unquote(response.json()["htmlFragment"])

    def test_staff_are_told_once(self, editor, broken, caplog):
        group = a_group("OW-A", picture=broken)
        with caplog.at_level(logging.ERROR, logger="home.models.images"):
            editor.get(group.url)
            editor.get(group.url)
        home = editor.get(reverse("wagtailadmin_home")).content.decode()

        assert len(caplog.records) == 1
        assert "1 picture cannot be shown" in home
        assert reverse("wagtailimages:edit", args=[broken.pk]) in home

    def test_a_new_file_ends_it(self, editor, broken):
        group = a_group("OW-A", picture=broken)
        editor.get(group.url)
        upload = SimpleUploadedFile("new.png", encoded("RGB", "PNG", "#1f4d3f"))
        data = {"title": "Card", "description": "A card", "file": upload, "collection": broken.collection_id}

        editor.post(reverse("wagtailimages:edit", args=[broken.pk]), data)

        broken.refresh_from_db()
        assert broken.trouble == ""
        assert 'property="og:image"' in editor.get(group.url).content.decode()


@pytest.mark.parametrize("spec", ["fill-0x0", "fill-1x0", f"fill-{'9' * 400}x1", "fill-x", "nonsense"])
def test_a_preview_of_a_size_that_cannot_be_is_refused(editor, spec):
    address = reverse("wagtailimages:preview", args=[a_picture().pk, spec])

    assert editor.get(address).status_code == 400


def test_sixteen_bit_grey_keeps_its_tone_as_jpeg_and_as_webp():
    image = kept(sixteen_bit_grey(), "scan.png")

    for spec in ("fill-120x120|format-jpeg", "fill-120x120|format-webp"):
        with Image.open(image.get_rendition(spec).file) as copy:
            assert abs(copy.convert("L").getpixel((60, 60)) - 0x80) <= 2


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (cut_off, "cut.jpg"),
        (lambda: encoded("RGB", "PNG", "#1f4d3f")[:500], "cut.png"),
        (lambda: encoded("RGB", "WEBP", "#1f4d3f")[:-2], "cut.webp"),
        (unreadable_profile, "cmyk.jpg"),
        (too_many_pixels, "huge.png"),
    ],
)
@pytest.mark.parametrize("address", ["wagtailimages:add", "wagtailimages:add_multiple"])
def test_a_broken_upload_is_refused_in_words(editor, make, name, address):
    a_root_page()
    several = address.endswith("multiple")
    upload = SimpleUploadedFile(name, make())
    data = {"title": "Card", "description": "A card", "files[]" if several else "file": upload}

    response = editor.post(reverse(address), data, headers={"x-requested-with": "XMLHttpRequest"})

    assert response.status_code == 200
    said = json.loads(response.content)["error_message"] if several else response.content.decode()
    assert UNUSABLE in said
    assert not SiteImage.objects.exists()


def test_what_shops_have_is_accepted():
    for mode, kind, colour in [
        ("I;16", "PNG", 0x8000),
        ("P", "PNG", 3),
        ("LA", "PNG", (9, 9)),
        ("CMYK", "JPEG", 0),
        ("L", "WEBP", 9),
    ]:
        upload = SimpleUploadedFile(f"card.{kind.lower()}", encoded(mode, kind, colour, size=(60, 40)))
        form = get_image_form(SiteImage)({"title": "Card", "description": "A card"}, {"file": upload})
        assert "file" not in form.errors, (mode, form.errors)
