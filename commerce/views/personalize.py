"""The editor page: opens the editor that the Hub names for a product, and takes what it hands over."""

import logging
import re
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from catalog import selectors as catalog
from catalog.mapping.selectors.hub_mapping import HubMapping, hub_mapping
from catalog.models import ProductVariant
from core.bounds import FROM_BROWSERS, OutOfBounds, bounded_json
from home.selectors.privacy import closed_paths
from personalization.designs.selectors import is_ordered, owned_design
from personalization.designs.services.copying import DesignGone, design_for_editing
from personalization.designs.services.editing import editor_token, open_editing_page
from personalization.designs.services.storing import DesignRejected
from personalization.editors import EditorPage, EditorUnavailable
from personalization.hub import HubError, HubNotFound, HubUnavailable
from personalization.models import Design
from personalization.shoppers.services.account_merge import alias
from personalization.shoppers.services.visitors import (
    current_storefront_user,
    get_or_create_storefront_user,
    known_storefront_user,
    remember_visitor,
)

from ..services.cart import MINIMUM_QUANTITY, CartError
from ..services.personalizing import Made, put_what_was_made
from .designs import tell_it_is_gone
from .personal import personal

logger = logging.getLogger(__name__)

MAXIMUM_BYTES = 256 * 1024
RETRY_SECONDS = 30
QUANTITY = re.compile(r"[1-9][0-9]{0,3}")
# Editors draw into canvases and make pictures of what they drew; Aurigma's load workers from blobs.
BLOBS = ["blob:", "data:"]


class Refused(Exception):
    """A call of the page's script cannot be followed; `message` is shown to the shopper."""

    def __init__(self, status: HTTPStatus, message: str):
        super().__init__(message)
        self.status = status
        self.message = message


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def personalize(request: HttpRequest, sku: str) -> HttpResponse:
    """Shows the editor (GET), or puts what it hands over into the cart (POST, from the page's script)."""
    variant = catalog.sellable_variant(sku, closed=closed_paths(request))
    mapping = hub_mapping(variant.page) if variant else None
    if request.method == "POST":
        return _add_to_cart(request, variant, mapping)
    if variant is None:
        return render(request, "pages/catalog/not_sold.html", status=HTTPStatus.NOT_FOUND)
    if mapping is None:
        return redirect(variant.page.url)
    return _show_editor(request, variant, mapping)


@personal
@require_POST
def start(request: HttpRequest, sku: str) -> HttpResponse:
    """Makes somebody new a visitor, for whom the editor page then opens the editor."""
    variant = catalog.sellable_variant(sku, closed=closed_paths(request))
    if variant is None:
        return render(request, "pages/catalog/not_sold.html", status=HTTPStatus.NOT_FOUND)
    address = reverse("personalize", args=[sku])
    if query := request.META["QUERY_STRING"]:
        address = f"{address}?{query}"
    response = redirect(address)
    response.status_code = HTTPStatus.SEE_OTHER
    if hub_mapping(variant.page):
        remember_visitor(response, get_or_create_storefront_user(request))
    return response


@personal
@require_POST
def token(request: HttpRequest, sku: str) -> JsonResponse:
    """A fresh token for an editor that has been open for long; for the shopper who opened it, nobody else.

    The page says as whom it was opened, because that may have been before the shopper logged in.
    """
    owner = current_storefront_user(request)
    if owner is None:
        return JsonResponse({"message": _session_ended()}, status=HTTPStatus.FORBIDDEN)
    made_as = alias(owner, request.POST.get("userId", ""))
    try:
        fresh = editor_token(owner=owner, made_as=made_as, editor=request.GET.get("editor", ""))
    except HubError as trouble:
        logger.warning("No fresh token for an open editor: %s", trouble)
        return JsonResponse({"message": _hub_is_away()}, status=HTTPStatus.SERVICE_UNAVAILABLE)
    return JsonResponse({"userId": (made_as or owner).hub_id, "token": fresh})


def _show_editor(request: HttpRequest, variant: ProductVariant, mapping: HubMapping) -> HttpResponse:
    design = _design_to_edit(request, mapping)
    if design is None and request.GET.get("design"):
        return tell_it_is_gone(request)
    context = {"variant": variant, "product": variant.page, "design": design, "mapping": mapping}
    context |= {"is_copy": bool(design and is_ordered(design)), "in_cart": hasattr(design, "cart_item")}
    if variant.is_sold_out and design is None:
        message = _("“%(title)s” is sold out at the moment. Please look in again soon.")
        sold_out = message % {"title": variant.page.title}
        return _apologise(request, context, sold_out, status=HTTPStatus.CONFLICT)
    if request.method == "HEAD":
        # Only who looks at the page is known to the Hub, or gets a copy.
        return HttpResponse()
    owner = known_storefront_user(request)
    if owner is None:
        # Robots come here too, and keep no cookie.
        return render(request, "pages/commerce/personalize_start.html", context)
    quantity = _quantity(request, design)
    try:
        if design:
            design = context["design"] = design_for_editing(design=design, owner=owner)
        editor = open_editing_page(
            owner=owner,
            product=mapping.product,
            sku=design.sku if design else variant.sku,
            title=variant.page.title,
            quantity=quantity,
            design=design,
            wishes=mapping.wishes,
        )
    except (HubError, EditorUnavailable, DesignGone) as trouble:
        return _explain(request, context, trouble)
    context |= {"editor": editor, "editor_data": _editor_data(request, variant, design, editor)}
    response = render(request, editor.template, context)
    response._csp_update = _policy(editor)
    remember_visitor(response, owner)
    return response


def _design_to_edit(request: HttpRequest, mapping: HubMapping) -> Design | None:
    """The shopper's design that the address names; None unless it is theirs and of this product."""
    design_id = request.GET.get("design")
    if not design_id:
        return None
    design = owned_design(current_storefront_user(request), design_id)
    return design if design and mapping.is_of(design) else None


def _quantity(request: HttpRequest, design: Design | None) -> int:
    text = request.GET.get("quantity", "")
    if QUANTITY.fullmatch(text):
        return int(text)
    item = getattr(design, "cart_item", None)
    return item.quantity if item else MINIMUM_QUANTITY


def _editor_data(
    request: HttpRequest, variant: ProductVariant, design: Design | None, editor: EditorPage
) -> dict[str, Any]:
    """What static/js/editor/main.js reads from the page."""
    token_url = reverse("personalize_token", args=[variant.sku])
    return {
        "tag": editor.tag,
        "scripts": editor.scripts,
        "styles": editor.styles,
        "config": editor.config,
        "editor": editor.adapter,
        "user": editor.user,
        "design": str(design.pk) if design else None,
        "addUrl": reverse("personalize", args=[variant.sku]),
        "tokenUrl": f"{token_url}?{urlencode({'editor': editor.adapter})}",
        "formTokenUrl": reverse("form_token"),
    }


def _policy(editor: EditorPage) -> dict[str, list[str]]:
    """The hosts that the Hub names may be used on this page, and on this page only."""
    hosts = list(editor.origins)
    return {
        "script-src": hosts,
        "style-src": hosts,
        "img-src": hosts,
        "font-src": hosts,
        "media-src": ["'self'", *hosts, *BLOBS],
        "connect-src": [*hosts, *BLOBS],
        "frame-src": hosts,
        "worker-src": ["'self'", "blob:", *hosts],
    }


def _explain(request: HttpRequest, context: dict[str, Any], trouble: Exception) -> HttpResponse:
    """A page instead of the editor; the cause goes to the log, not to the shopper."""
    sku = context["variant"].sku
    if isinstance(trouble, HubUnavailable):
        logger.warning("The editor of %s cannot be opened: %s", sku, trouble)
        response = _apologise(request, context, _hub_is_away(), status=HTTPStatus.SERVICE_UNAVAILABLE)
        response.headers["Retry-After"] = str(round(trouble.retry_after or RETRY_SECONDS))
        return response
    if isinstance(trouble, DesignGone):
        return _apologise(request, context, trouble.message, status=HTTPStatus.GONE)
    logger.error("The editor of %s cannot be opened: %s", sku, trouble)
    if isinstance(trouble, HubNotFound):
        message = _("This product cannot be personalized yet. We are getting it ready.")
        return _apologise(request, context, message, status=HTTPStatus.NOT_FOUND)
    message = getattr(trouble, "message", "") or _hub_is_away()
    return _apologise(request, context, message, status=HTTPStatus.SERVICE_UNAVAILABLE)


def _apologise(
    request: HttpRequest, context: dict[str, Any], message: str, *, status: HTTPStatus
) -> HttpResponse:
    can_retry = status == HTTPStatus.SERVICE_UNAVAILABLE
    context = context | {"message": message, "can_retry": can_retry}
    return render(request, "pages/commerce/personalize_unavailable.html", context, status=status)


def _add_to_cart(
    request: HttpRequest, variant: ProductVariant | None, mapping: HubMapping | None
) -> JsonResponse:
    try:
        made = _read(request)
        design = _keep(request, variant, mapping, made)
    except Refused as refusal:
        return JsonResponse({"message": refusal.message}, status=refusal.status)
    except DesignRejected as rejection:
        logger.warning("A design of %s was rejected: %s", variant.sku, rejection.reason)
        return JsonResponse({"message": rejection.message}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except CartError as refusal:
        return JsonResponse({"message": refusal.message}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    edit_url = f"{reverse('personalize', args=[design.sku])}?design={design.pk}"
    return JsonResponse({"url": reverse("cart"), "editUrl": edit_url})


def _read(request: HttpRequest) -> Made:
    """What the page's script sent, a body of JSON. Raises Refused."""
    broken = _("Your design did not arrive properly. It is still here: please add it to the cart again.")
    if request.content_type != "application/json":
        raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, broken)
    too_large = _("Your design holds too much data for us. Please make it simpler and add it again.")
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAXIMUM_BYTES:
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, too_large)
    try:
        body = bounded_json(request.body, FROM_BROWSERS)
        made = Made(body["detail"], body["editor"], body.get("design"), body.get("quality"))
    except OutOfBounds as excess:
        logger.warning("What an editor sent %s", excess)
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, too_large) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Refused(HTTPStatus.BAD_REQUEST, broken) from None
    if not made.is_readable():
        raise Refused(HTTPStatus.BAD_REQUEST, broken)
    return made


def _keep(
    request: HttpRequest, variant: ProductVariant | None, mapping: HubMapping | None, made: Made
) -> Design:
    """Raises Refused, DesignRejected and CartError."""
    if variant is None or mapping is None:
        gone = _("We no longer sell this product as you see it here. Please go back and look again.")
        raise Refused(HTTPStatus.NOT_FOUND, gone)
    owner = current_storefront_user(request)
    if owner is None:
        raise Refused(HTTPStatus.FORBIDDEN, _session_ended())
    return put_what_was_made(
        owner=owner, variant=variant, mapping=mapping, made=made, closed=closed_paths(request)
    )


def _hub_is_away() -> str:
    return _("Our design studio is taking a short break. Please try again in a minute.")


def _session_ended() -> str:
    return _("Your browser has forgotten who you are. Please allow cookies and open the editor again.")
