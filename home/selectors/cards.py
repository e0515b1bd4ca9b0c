"""A card: how any page shows itself in a list, on the front page, in a story or among search results."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from wagtail.images import get_image_model
from wagtail.models import Page, Site

from .privacy import is_public

if TYPE_CHECKING:
    from home.models import SiteImage

# The renditions that components/card.html asks for; lists load exactly these.
CARD_RENDITIONS = ("fill-480x360|format-webp", "fill-960x720|format-webp")


@dataclass(frozen=True, kw_only=True)
class Card:
    """What components/card.html shows. `price_from` is an amount in the shop's currency."""

    title: str
    url: str
    summary: str = ""
    image: "SiteImage | None" = None
    image_alt: str = ""
    kicker: str = ""
    price_from: Decimal | None = None
    badge: str = ""


def cards_for(pages: Iterable[Page | None]) -> list[Card]:
    """Cards of pages of any type, in the order given, leaving out what the public may not see."""
    pages = list(pages)
    return chosen_cards(cards_by_id(pages), pages)


def chosen_cards(cards: dict[int, Card], pages: Iterable[Page | None]) -> list[Card]:
    """The cards of some pages, in their order, out of those that have been loaded."""
    return [cards[page.pk] for page in pages if page is not None and page.pk in cards]


def cards_by_id(pages: Iterable[Page | None]) -> dict[int, Card]:
    """As `cards_for`, by primary key.

    Each page type makes its own cards (`BasePage.cards`), so the number of queries depends on how many
    types there are, never on how many pages. Pages of types that have no cards are left out.
    """
    pages_by_type: dict[type[Page], dict[int, Page]] = defaultdict(dict)
    for page in pages:
        if page is not None and is_public(page) and hasattr(page.specific_class, "cards"):
            pages_by_type[page.specific_class][page.pk] = page

    specific = {
        page_type: _specific(page_type, list(generic.values()))
        for page_type, generic in pages_by_type.items()
    }
    every = [page for pages_of_type in specific.values() for page in pages_of_type]
    load_card_images(every)
    share_site_paths(every)
    cards = {}
    for page_type, pages_of_type in specific.items():
        ids = [page.pk for page in pages_of_type]
        cards.update(zip(ids, page_type.cards(pages_of_type), strict=True))
    return cards


def load_card_images(pages: Sequence[Page]) -> None:
    """Loads the card pictures of pages of any type, with their renditions, in one query.

    One more when a picture's renditions have not been made yet.
    """
    fields = {page: page._meta.get_field(page.card_image_field) for page in pages}
    waiting = {page: field for page, field in fields.items() if not field.is_cached(page)}
    images = _images({getattr(page, field.attname) for page, field in waiting.items()} - {None})
    for page, field in waiting.items():
        field.set_cached_value(page, images.get(getattr(page, field.attname)))


def share_site_paths(pages: Iterable[Page]) -> None:
    """Lets pages build their addresses from one look into the cache instead of one look each."""
    paths = Site.get_site_root_paths()
    for page in pages:
        page._wagtail_cached_site_root_paths = paths


def _specific(page_type: type[Page], pages: list[Page]) -> list[Page]:
    if all(isinstance(page, page_type) for page in pages):
        return pages
    return list(page_type.objects.filter(pk__in=[page.pk for page in pages]))


def _images(ids: set[int]) -> "dict[int, SiteImage]":
    image_model = get_image_model()
    images: dict[int, SiteImage] = {}
    if not ids:
        return images
    renditions = image_model.get_rendition_model().objects.filter(
        image_id__in=ids, filter_spec__in=CARD_RENDITIONS
    )
    for rendition in renditions.select_related("image"):
        image = images.setdefault(rendition.image_id, rendition.image)
        image.prefetched_renditions = [*getattr(image, "prefetched_renditions", []), rendition]
    if missing := ids - images.keys():
        images.update(image_model.objects.in_bulk(missing))
    return images
