"""The product page's script writes prices exactly as the server does, in any language and currency."""

import mimetypes
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import Route, expect

from core.templatetags.money import money
from tests.factories.catalog import a_group

ADDRESS = "http://shop.example/product/"


def answer_with(html: str):
    """The page as it was rendered, and the project's own static files."""

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix("http://shop.example")
        file = Path(django_settings.BASE_DIR) / path.lstrip("/")
        if route.request.url == ADDRESS:
            route.fulfill(body=html, content_type="text/html")
        elif path.startswith("/static/") and file.is_file():
            route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file)[0])
        else:
            route.fulfill(status=404)

    return answer


@pytest.mark.django_db
@pytest.mark.parametrize("currency", ["EUR", "USD", "SEK", "JPY"])
@pytest.mark.parametrize("language", ["en-gb", "de", "fr"])
def test_a_total_is_written_as_the_server_writes_it(page, client, settings, language, currency):
    settings.LANGUAGES = [(language, language)]
    settings.LANGUAGE_CODE = language
    settings.SHOP_CURRENCY = currency
    group = a_group("OW-A", price="1016.00", breaks={3: 10})
    page.route("**/*", answer_with(client.get(group.url).content.decode()))

    page.goto(ADDRESS)
    page.locator("#quantity").fill("3")

    unit = Decimal("914") if currency == "JPY" else Decimal("914.40")
    expect(page.locator("[data-unit-price]")).to_have_text(money(unit))
    expect(page.locator("[data-total]")).to_have_text(money(unit * 3))
