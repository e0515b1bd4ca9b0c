"""What the admin says before pages with products are deleted: which products, and who has them."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.models import Page

from commerce.selectors.page_deletions import Deletion, deletion_of
from core.wording import some_of

MOST_NAMED = 10


def warn_before_deleting(request: HttpRequest, page: Page) -> None:
    """Hook before_delete_page, which runs for the question as well as for the answer."""
    sentences = what_goes([page]) if request.method == "GET" else []
    if sentences:
        messages.warning(request, format_html_join(" ", "{}", ((text,) for text in sentences)))


def what_goes(pages: Iterable[Page]) -> list[str]:
    """In sentences; none when there is no product."""
    deletion = deletion_of(pages)
    if not deletion.titles:
        return []
    return [sentence for sentence in (_products(deletion), _carts(deletion), _orders(deletion)) if sentence]


def _products(deletion: Deletion) -> str:
    number = len(deletion.titles)
    text = ngettext(
        "%(number)s product goes, and is not sold any more: %(titles)s.",
        "%(number)s products go, and are not sold any more: %(titles)s.",
        number,
    )
    text %= {
        "number": number,
        "titles": some_of([f"“{title}”" for title in deletion.titles], most=MOST_NAMED),
    }
    if not deletion.skus:
        return text
    skus = ngettext("Its SKU is %(skus)s.", "There are %(number)s SKUs: %(skus)s.", len(deletion.skus))
    return f"{text} {skus % {'number': len(deletion.skus), 'skus': some_of(deletion.skus, most=MOST_NAMED)}}"


def _carts(deletion: Deletion) -> str:
    text = ngettext(
        "%(number)s cart holds something of it, and says then that it is no longer sold.",
        "%(number)s carts hold something of it, and say then that it is no longer sold.",
        deletion.carts,
    )
    return text % {"number": deletion.carts} if deletion.carts else ""


def _orders(deletion: Deletion) -> str:
    if not deletion.orders:
        return ""
    text = ngettext(
        "%(number)s order has something of it, and keeps its own copy.",
        "%(number)s orders have something of it, and keep their own copy.",
        deletion.orders,
    )
    text %= {"number": deletion.orders}
    if not deletion.open_orders:
        return text
    waiting = ngettext(
        "%(number)s of them is not finished yet.",
        "%(number)s of them are not finished yet.",
        deletion.open_orders,
    )
    return f"{text} {waiting % {'number': deletion.open_orders}}"
