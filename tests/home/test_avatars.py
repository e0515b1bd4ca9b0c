"""Profile pictures of staff: what browsers show, and whole."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.users.models import UserProfile

from tests.home.test_broken_pictures import UNUSABLE, cut_off, encoded, too_many_pixels, unreadable_profile

pytestmark = pytest.mark.django_db

NO_FORMAT = "Not a supported image format."
OTHER_FORMAT = "The extension does not match the file format"


def save_account(client, **files):
    data = {
        "name_email-first_name": "Clara",
        "name_email-last_name": "Berg",
        "name_email-email": "editor@example.com",
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
        "locale-current_time_zone": "",
    }
    return client.post(reverse("wagtailadmin_account"), data | files)


def upload(client, content: bytes, name: str):
    return save_account(client, **{"avatar-avatar": SimpleUploadedFile(name, content)})


def kept_avatar():
    return UserProfile.objects.get(user__username="editor").avatar


@pytest.mark.parametrize(
    ("make", "name", "sentence"),
    [
        (cut_off, "cut.jpg", UNUSABLE),
        (lambda: encoded("RGB", "JPEG", "#1f4d3f", size=(300, 300))[:-600], "small.jpg", UNUSABLE),
        (unreadable_profile, "cmyk.jpg", UNUSABLE),
        (too_many_pixels, "huge.png", UNUSABLE),
        (lambda: encoded("RGB", "PNG", "#1f4d3f", size=(1, 1000)), "line.png", UNUSABLE),
        (lambda: encoded("RGB", "TIFF", "#1f4d3f"), "scan.tiff", NO_FORMAT),
        (lambda: encoded("RGB", "TIFF", "#1f4d3f"), "scan.jpg", OTHER_FORMAT),
        (lambda: b"<script>", "page.jpg", "Upload a valid image."),
    ],
)
def test_what_browsers_cannot_show_is_refused_in_words(editor_client, make, name, sentence):
    page = upload(editor_client, make(), name)

    assert page.status_code == 200
    assert sentence in page.text
    assert not kept_avatar()


@pytest.mark.parametrize(
    ("mode", "kind", "name"),
    [
        ("RGB", "JPEG", "clara.jpg"),
        ("P", "GIF", "clara.gif"),
        ("RGBA", "WEBP", "clara.webp"),
        ("L", "AVIF", "a.avif"),
    ],
)
def test_pictures_are_kept_small(editor_client, mode, kind, name):
    answer = upload(editor_client, encoded(mode, kind, 0), name)

    assert answer.url == reverse("wagtailadmin_account")
    with kept_avatar().open() as file:
        picture = Image.open(BytesIO(file.read()))
    assert (picture.size, picture.format) == ((400, 300), kind)


def test_a_profile_picture_stays_when_something_else_is_saved(editor_client):
    upload(editor_client, encoded("RGB", "PNG", "#1f4d3f", size=(60, 40)), "clara.png")
    before = kept_avatar().name

    answer = save_account(editor_client)

    assert answer.status_code == 302
    assert kept_avatar().name == before != ""
