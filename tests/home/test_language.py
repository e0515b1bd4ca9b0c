"""Dates, amounts and words follow the shop's language."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.urls import reverse

from commerce.models import Order, OutgoingEmail
from commerce.services.messages import preview
from tests.factories.catalog import a_group
from tests.factories.commerce import client_of, make_order
from tests.factories.home import a_story
from tests.programs import require_program


@pytest.fixture
def german(db, settings):
    """Before anything else: pages are made in the language of the shop."""
    settings.LANGUAGES = [("de", "German")]
    settings.LANGUAGE_CODE = "de"


def test_a_story_has_a_german_date(german, client):
    story = a_story(day=10)

    html = client.get(story.url).content.decode()

    assert '<time datetime="2026-05-10">10. Mai 2026</time>' in html
    assert '<html lang="de">' in html
    assert story.card().kicker == "10. Mai 2026"


def test_a_product_has_a_german_price(german, client):
    html = client.get(a_group("OW-A", price="1016.50").url).content.decode()

    assert "1.016,50\xa0€" in html
    assert '"price":"1016.50"' in html
    assert '[[1, "1016.50"]]' in html
    assert 'data-currency="EUR" data-decimals="2"' in html


def test_an_order_has_german_amounts_and_dates(german):
    order = make_order()
    Order.objects.update(created_at=datetime(2026, 2, 10, 14, 30, tzinfo=UTC))
    client = client_of(order.owner)

    page = client.get(order.get_absolute_url()).content.decode()
    orders = client.get(reverse("orders")).content.decode()

    assert "10. Februar 2026 14:30" in page
    assert "10. Februar 2026" in orders
    assert "19,00\xa0€" in page
    assert "19,00\xa0€" in orders
    assert "19,00\xa0€" in preview(order, OutgoingEmail.Kind.CONFIRMATION).body


def test_a_translation_can_be_begun(settings, tmp_path, monkeypatch):
    """As docs/guides/recipes.md says, on a part of the templates."""
    require_program("xgettext")
    shutil.copytree(Path(django_settings.BASE_DIR) / "templates" / "emails", tmp_path / "emails")
    monkeypatch.chdir(tmp_path)
    [place] = settings.LOCALE_PATHS
    assert place == settings.BASE_DIR / "locale"
    settings.LOCALE_PATHS = [tmp_path / place.name]

    call_command("makemessages", locale=["de"], verbosity=0)

    words = (tmp_path / "locale" / "de" / "LC_MESSAGES" / "django.po").read_text()
    assert 'msgid "Thank you for your order"' in words
