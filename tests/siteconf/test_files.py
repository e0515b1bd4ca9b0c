"""Who may read what the shop writes."""

import pytest
from django.conf import settings as django_settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage, storages
from django.http import Http404
from django.test import RequestFactory
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction

from siteconf.media import public_picture


def mode(path) -> str:
    return oct(path.stat().st_mode & 0o777)


@pytest.fixture
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def test_print_files_are_for_the_account_of_the_shop_alone(tmp_path):
    options = django_settings.STORAGES["private"]["OPTIONS"] | {"location": tmp_path / "private"}
    storage = FileSystemStorage(**options)
    path = tmp_path / "private" / storage.save("print-files/2026/11/card.pdf", ContentFile(b"%PDF"))
    assert mode(path) == "0o600"
    assert {mode(folder) for folder in list(path.parents)[:4]} == {"0o700"}
    assert storages["private"].file_permissions_mode == 0o600


def test_pictures_are_for_the_web_server_as_well(media):
    path = media / default_storage.save("images/card.png", ContentFile(b"png"))
    assert (mode(path), mode(path.parent), mode(media)) == ("0o644", "0o755", "0o755")


def ask(name: str):
    return public_picture(RequestFactory().get(f"/media/{name}"), name)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("images/card.png", "image/png"),
        ("previews/card.webp", "image/webp"),
        ("avatar_images/avatar_clara.jpg", "image/jpeg"),
        ("images/page.html", "application/octet-stream"),
        ("images/picture.svg", "application/octet-stream"),
        ("previews/script.js", "application/octet-stream"),
        ("avatar_images/page.html", "application/octet-stream"),
    ],
)
def test_media_holds_pictures_and_no_pages(media, name, kind):
    default_storage.save(name, ContentFile(b"<script>"))
    response = ask(name)
    assert response.headers["Content-Type"] == kind
    assert response.headers["Content-Security-Policy"] == "default-src 'none'"


@pytest.mark.parametrize(
    "name", ["documents/prices.pdf", "original_images/card.png", "images/../documents/a"]
)
def test_documents_are_no_media(media, name):
    default_storage.save("documents/prices.pdf", ContentFile(b"%PDF"))
    default_storage.save("original_images/card.png", ContentFile(b"png"))
    with pytest.raises(Http404):
        ask(name)


@pytest.mark.django_db
def test_a_private_document_is_handed_out_to_who_may_see_it(media, client, admin_client):
    collection = Collection.get_first_root_node().add_child(name="Prices")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    document = Document.objects.create(
        title="Prices", file=ContentFile(b"%PDF-1.7", "prices.pdf"), collection=collection
    )
    assert document.url.startswith("/documents/")
    refused = client.get(document.url)
    assert (refused.status_code, refused.url.startswith("/accounts/login/")) == (302, True)
    given = admin_client.get(document.url)
    assert b"".join(given.streaming_content) == b"%PDF-1.7"
    assert given.headers["X-Content-Type-Options"] == "nosniff"
