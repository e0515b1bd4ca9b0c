"""Pages, pictures and settings of the site for tests, as small as they can be."""

import json
from datetime import date
from itertools import count

from wagtail.models import Page, Site

from home.models import (
    BrandSettings,
    FooterSettings,
    HomePage,
    NavigationSettings,
    SiteImage,
    StandardPage,
    StoryIndexPage,
    StoryPage,
)
from tests.factories.catalog import a_picture, a_shop

numbers = count(1)


def a_home(*blocks: tuple[str, object]) -> HomePage:
    """The front page of the default site, with these blocks as its body."""
    home = HomePage.objects.get(pk=a_shop().get_parent().pk)
    return with_body(home, *blocks)


def a_standard_page(*blocks: tuple[str, object], title: str = "Delivery", **fields) -> StandardPage:
    """A live standard page below the front page."""
    page = StandardPage(title=title, slug=f"page-{next(numbers)}", **fields)
    return with_body(_front().add_child(instance=page), *blocks)


def a_story_index() -> StoryIndexPage:
    """The story index; the same one when called again."""
    index = StoryIndexPage.objects.first()
    return index or _front().add_child(instance=StoryIndexPage(title="Stories", slug="stories"))


def a_story(
    *blocks: tuple[str, object], title: str = "How to choose paper", day: int = 1, **fields
) -> StoryPage:
    """A live story, dated with this day of May 2026."""
    page = StoryPage(title=title, slug=f"story-{next(numbers)}", date=date(2026, 5, day), **fields)
    return with_body(a_story_index().add_child(instance=page), *blocks)


def with_body(page: Page, *blocks: tuple[str, object]) -> Page:
    """The page, saved with a body of (block type, JSON value) pairs, as it comes from the database."""
    page.body = json.dumps([{"type": name, "value": value} for name, value in blocks])
    page.save()
    return type(page).objects.get(pk=page.pk)


def image_value(image: SiteImage | None = None) -> dict:
    """The JSON of an ImageBlock."""
    image = image or a_picture()
    return {"image": image.pk, "alt_text": image.description, "decorative": False}


def link_value(page: Page | None = None, *, address: str = "", text: str = "") -> dict:
    """The JSON of a LinkBlock."""
    return {"page": page.pk if page else None, "address": address, "text": text}


def a_menu(*links: dict) -> NavigationSettings:
    """The default site's main menu with these links; a link may have "children"."""
    navigation = NavigationSettings.for_site(_site())
    navigation.menu = json.dumps([{"type": "item", "value": {"children": [], **link}} for link in links])
    navigation.save()
    return navigation


def a_footer(title: str, *links: dict) -> FooterSettings:
    """The default site's footer with one column."""
    footer = FooterSettings.for_site(_site())
    footer.columns = json.dumps([{"type": "column", "value": {"title": title, "links": list(links)}}])
    footer.save()
    return footer


def a_brand(**fields) -> BrandSettings:
    """The default site's brand with some fields set."""
    brand = BrandSettings.for_site(_site())
    for name, value in fields.items():
        setattr(brand, name, value)
    brand.save()
    return brand


def _front() -> HomePage:
    return HomePage.objects.get(pk=a_shop().get_parent().pk)


def _site() -> Site:
    a_shop()
    return Site.objects.get(is_default_site=True)
