"""Tells an editor, after publishing, where a product and the Hub do not fit together.

The Hub is asked with little patience and after the page is published: publishing never depends on it. When it
does not answer, the message says that the check comes later; the worker's own check of the page (see
`receivers`) fills the report.
"""

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from wagtail.admin import messages

from catalog.models import ProductGroupPage
from core.wording import some_of
from personalization.hub import HubError, HubUnavailable, impatient_hub

from .selectors.mapping_check import Found, ProductCheck, check_product

PATIENCE_SECONDS = 2.0
MOST_SENTENCES = 5
MOST_SKUS = 5


def warn_after_publishing(request: HttpRequest, page) -> None:
    """Hook after_publish_page: a message about what shoppers of this product will notice, if anything."""
    if not isinstance(page, ProductGroupPage) or not page.personalization or not page.live:
        return
    try:
        check = check_product(page, hub=impatient_hub(seconds=PATIENCE_SECONDS), anew=False)
    except HubError as trouble:
        _say_later(request, trouble)
        return
    if check.in_the_way:
        messages.warning(request, _warning(page, check), buttons=_buttons(page))


def _say_later(request: HttpRequest, trouble: HubError) -> None:
    if isinstance(trouble, HubUnavailable):
        text = _(
            "The product is published. Whether the Hub knows its SKUs could not be checked, because the Hub "
            "does not answer; the report “Differences from the Hub” will tell."
        )
    else:
        text = _("The product is published. The Hub refused to say whether it knows its SKUs.")
    messages.warning(request, text)


def _warning(page: ProductGroupPage, check: ProductCheck) -> str:
    alike = _by_what_is_wrong(check.in_the_way)
    sentences = [_sentence(found, skus) for found, skus in alike[:MOST_SENTENCES]]
    more = len(alike) - len(sentences)
    if more > 0:
        sentences.append(_("And %s more.") % more)
    heading = _("“%s” is published, but not everything is ready in the Hub:") % page.title
    return format_html(
        "{}<ul>{}</ul>", heading, format_html_join("", "<li>{}</li>", ((text,) for text in sentences))
    )


def _by_what_is_wrong(every: Iterable[Found]) -> list[tuple[Found, list[str]]]:
    """One of the findings that say the same, with the SKUs of them all."""
    alike: dict[tuple, tuple[Found, list[str]]] = {}
    for found in every:
        _first, skus = alike.setdefault((found.kind, found.shopper_sees, not found.sku), (found, []))
        if found.sku:
            skus.append(found.sku)
    return list(alike.values())


def _sentence(found: Found, skus: list[str]) -> str:
    named = some_of(skus, most=MOST_SKUS)
    what = f"{named}: {found.kind.label}." if named else f"{found.kind.label}."
    return " ".join(filter(None, [what, found.shopper_sees]))


def _buttons(page: ProductGroupPage) -> list:
    return [messages.button(reverse("hub_check", args=[page.pk]), _("Check the mapping"))]
