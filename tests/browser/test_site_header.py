"""The bar at the top of every page, without a shop behind it."""

from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import RequestFactory

from home.selectors.site_frame import Link, SiteFrame

STYLES = (Path(settings.BASE_DIR) / "static/css/site.css").read_text()
NAMES = [
    "Wedding stationery",
    "Cards",
    "Wall art",
    "Notebooks",
    "Gift ideas",
    "Wrapping",
    "Business",
    "Stories",
]


@pytest.mark.parametrize("entries", [5, 8, 9])
@pytest.mark.parametrize("width", [1216, 1280, 1600, 390])
def test_the_cart_stays_on_screen_however_long_the_menu_is(page, entries, width):
    names = [*NAMES, "About us"][:entries]
    children = (Link("Invitations", "/x/"),)
    frame = SiteFrame(name="Oakwren", menu=tuple(Link(name, "/x/", children) for name in names))
    request = RequestFactory().get("/")
    context = {"site_frame": frame, "search_url": "/search/", "cart_url": "/cart/", "request": request}
    header = render_to_string("components/site_header.html", context)
    page.set_viewport_size({"width": width, "height": 800})

    page.set_content(f"<style>{STYLES}</style><body>{header}</body>")

    cart = page.get_by_role("link", name="Cart").bounding_box()
    assert cart["x"] + cart["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth") <= width
