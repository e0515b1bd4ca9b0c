"""Every template compiles, so that a typo in a rarely shown one is found before a shopper finds it."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

TEMPLATES = Path(settings.BASE_DIR) / "templates"
NAMES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*") if path.is_file())


@pytest.mark.parametrize("name", NAMES)
def test_template_compiles(name):
    assert get_template(name).template.name == name


# What machines read, and names of time zones, are the same in every language.
FOR_MACHINES = {"c", "Y-m-d", "e"}


@pytest.mark.parametrize("name", NAMES)
def test_dates_follow_the_language(name):
    """Formats are named, DATE_FORMAT and the like: Django knows them in every language."""
    formats = re.findall(r'\|(?:date|time):"([^"]*)"', (TEMPLATES / name).read_text())
    assert [each for each in formats if each not in FOR_MACHINES and not each.endswith("_FORMAT")] == []


# An amount that an order has stored: of `order` itself, or of one of its items.
STORED = re.compile(r"\b(?:order|item)\.(?:total|unit_price|line_total)\|money(?!:order\.currency)")


@pytest.mark.parametrize("name", NAMES)
def test_amounts_of_an_order_are_shown_in_its_currency(name):
    assert STORED.findall((TEMPLATES / name).read_text()) == []


def test_an_amount_of_an_order_without_its_currency_would_be_found():
    assert STORED.search("{{ order.total|money }}")
    assert STORED.search("{{ line.item.unit_price|money }}")
    assert not STORED.search("{{ order.total|money:order.currency }}")
