"""The shop keeps a small copy of a preview of its own; trouble with it never reaches the shopper."""

import hashlib
import io
from datetime import timedelta

import pytest
from django.utils import timezone
from PIL import Image

from personalization import tasks
from personalization.designs.services import previews
from personalization.designs.services.storing import save_design
from personalization.models import Design, PreviewJob
from tests.factories.personalization import make_design, make_output, make_storefront_user

pytestmark = pytest.mark.django_db

REFERENCE = "classic-business-cards"


def picture(size=(1200, 600), mode="RGB", format="PNG", **options) -> bytes:
    stream = io.BytesIO()
    Image.new(mode, size, "red").save(stream, format, **options)
    return stream.getvalue()


@pytest.fixture
def design(sandbox):
    owner = make_storefront_user()
    state = sandbox.control.add_design(owner.hub_id, REFERENCE)
    return make_design(
        owner,
        state_ids=[state],
        preview_urls=sandbox.control.preview_urls(state),
        preview_due_at=timezone.now(),
    )


def test_the_copy_is_a_small_picture_for_e_mails_too_under_a_name_that_cannot_be_guessed(design):
    tasks.fetch_preview(str(design.pk))
    design.refresh_from_db()
    assert not hasattr(design, "preview_job")
    assert design.preview.name.startswith("previews/")
    assert len(design.preview.name.removeprefix("previews/").removesuffix(".jpg")) == 32
    with Image.open(design.preview) as copy:
        assert copy.format == "JPEG"
        assert max(copy.size) <= 800
    assert design.preview_url == design.preview.url


def test_a_design_from_the_editor_gets_its_preview_on_commit(sandbox, django_capture_on_commit_callbacks):
    owner = make_storefront_user()
    state = sandbox.control.add_design(owner.hub_id, REFERENCE)
    images = sandbox.control.preview_urls(state)
    with django_capture_on_commit_callbacks(execute=True):
        design = save_design(
            owner=owner,
            variant_sku="OW-BC-MATT",
            allowed_skus={"OW-BC-MATT"},
            product_reference=REFERENCE,
            title="Cards",
            output=make_output(owner, _stateId=[state], _hidden={"images": images}),
        )
    design.refresh_from_db()
    assert design.preview.name.endswith(".jpg")


def test_every_side_is_copied_in_its_order(design):
    assert len(design.preview_urls) == 2
    tasks.fetch_preview(str(design.pk))
    design.refresh_from_db()
    front, back = design.pictures
    assert front["name"] == design.preview.name != back["name"]
    for picture, url in zip(design.pictures, design.picture_urls, strict=True):
        with design.preview.storage.open(picture["name"]) as copy:
            assert hashlib.sha256(copy.read()).hexdigest() == picture["sha256"]
        assert url == design.preview.storage.url(picture["name"])


def test_after_trouble_with_one_side_the_copying_goes_on_there(design, sandbox):
    front, back = design.preview_urls
    gone = sandbox.url + "/previews/" + "0" * 32 + "/0.png"
    Design.objects.filter(pk=design.pk).update(preview_urls=[front, gone])
    tasks.fetch_preview(str(design.pk))
    design.refresh_from_db()
    first = design.preview.name
    assert first and [picture["name"] for picture in design.pictures] == [first]
    assert design.picture_urls == [design.preview.url, gone]
    assert (design.preview_job.attempts, design.preview_job.status) == (1, "waiting")

    Design.objects.filter(pk=design.pk).update(preview_urls=[front, back])
    PreviewJob.objects.update(due_at=timezone.now())
    tasks.fetch_preview(str(design.pk))
    design.refresh_from_db()
    assert (len(design.pictures), design.preview.name) == (2, first)
    assert not hasattr(design, "preview_job")


def test_two_workers_copy_a_picture_once(design, monkeypatch):
    deleted = []
    monkeypatch.setattr(design.preview.storage, "delete", deleted.append)
    late = PreviewJob.objects.select_related("design").get(pk=design.pk)
    previews.fetch_preview(design.pk)
    previews._fetch(late)
    design.refresh_from_db()
    late = Design.objects.get(pk=design.pk)
    assert late.pictures == design.pictures
    assert len(deleted) == 1


def test_a_hub_that_is_down_costs_the_shopper_nothing_and_is_asked_again(design, sandbox):
    sandbox.control.fail("previews", "status", status=503, times=3)
    tasks.fetch_preview(str(design.pk))
    design.refresh_from_db()
    assert design.preview.name == ""
    assert design.preview_job.attempts == 1
    assert timezone.now() < design.preview_job.due_at < timezone.now() + timedelta(minutes=2)
    assert design.preview_url == design.preview_urls[0]


def test_after_some_attempts_the_shop_gives_up_on_the_copy(sandbox):
    gone = sandbox.url + "/previews/" + "0" * 32 + "/0.png"
    design = make_design(preview_urls=[gone], preview_attempts=4, preview_due_at=timezone.now())
    tasks.fetch_preview(str(design.pk))
    design.refresh_from_db()
    assert (design.preview, design.preview_job.status) == ("", "given_up")
    assert design.preview_job.reason


def test_a_design_discarded_meanwhile_leaves_no_picture_behind(design, monkeypatch):
    kept = []
    storage = design.preview.storage
    original = previews.small_copy

    def discard_meanwhile(content):
        Design.objects.filter(pk=design.pk).delete()
        return original(content)

    monkeypatch.setattr(previews, "small_copy", discard_meanwhile)
    monkeypatch.setattr(storage, "delete", kept.append)
    previews.fetch_preview(design.pk)
    assert len(kept) == 1


@pytest.mark.parametrize(
    "content, size, suffix",
    [
        (picture(), (800, 400), ".jpg"),
        (picture((10, 20)), (10, 20), ".jpg"),
        (picture((900, 900), "RGBA"), (800, 800), ".jpg"),
        (picture((900, 900), "P", transparency=0), (800, 800), ".png"),
        (picture((900, 900), "P"), (800, 800), ".jpg"),
        (picture((900, 900), "L", "JPEG"), (800, 800), ".jpg"),
        (picture((900, 450), "CMYK", "JPEG"), (800, 400), ".jpg"),
        (picture((900, 450), format="WEBP"), (800, 400), ".jpg"),
    ],
)
def test_every_usual_picture_becomes_one_that_browsers_and_outlook_show(content, size, suffix):
    copied, ending = previews.small_copy(content)
    with Image.open(io.BytesIO(copied)) as copy:
        assert (copy.size, ending) == (size, suffix)
        assert copy.format == {".jpg": "JPEG", ".png": "PNG"}[suffix]
    with Image.open(io.BytesIO(previews.to_webp(content))) as copy:
        assert (copy.format, copy.size) == ("WEBP", size)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg/>",
        picture()[:200],
        picture(format="GIF"),
        picture(format="BMP"),
        picture((8000, 6000), "1"),
    ],
)
def test_what_is_no_usual_picture_is_refused(content):
    for copy in (previews.small_copy, previews.to_webp):
        with pytest.raises(previews.UnusablePicture):
            copy(content)
