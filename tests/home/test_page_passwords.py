"""Passwords of private pages and documents cannot be tried without end."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from core import limits
from tests.factories.catalog import a_category

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def still_clock(monkeypatch):
    monkeypatch.setattr(limits.time, "time", lambda: 1_800_000_000.0)


@pytest.fixture(params=["page", "document"])
def address(request):
    secret = {"restriction_type": "password", "password": "open sesame"}
    if request.param == "page":
        page = a_category("Cards")
        restriction = PageViewRestriction.objects.create(page=page, **secret)
        return reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, page.pk])
    collection = Collection.get_first_root_node().add_child(name="Prices")
    restriction = CollectionViewRestriction.objects.create(collection=collection, **secret)
    Document.objects.create(title="Prices", file=ContentFile(b"%PDF", "prices.pdf"), collection=collection)
    return reverse("wagtaildocs_authenticate_with_password", args=[restriction.pk])


def attempt(address: str, password: str, **options) -> int:
    return Client(**options).post(address, {"password": password, "return_url": "/cart/"}).status_code


def test_after_ten_tries_nobody_is_let_in_for_a_minute(address, monkeypatch):
    assert [attempt(address, "mellon") for _ in range(11)] == [200] * 10 + [429]
    assert attempt(address, "open sesame") == 429
    assert attempt(address, "open sesame", REMOTE_ADDR="198.51.100.7") == 302

    monkeypatch.setattr(limits.time, "time", lambda: 1_800_000_060.0)
    assert attempt(address, "open sesame") == 302


def test_who_waits_is_told_how_long(address):
    for _ in range(10):
        attempt(address, "mellon")
    answer = Client().post(address, {"password": "mellon", "return_url": "/cart/"})
    assert answer.headers["Retry-After"] == "60"
