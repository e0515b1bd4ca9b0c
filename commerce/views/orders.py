"""Order pages and print files. An order opens to whoever has its code and secret."""

import logging
from http import HTTPStatus

from django.core.signing import BadSignature, SignatureExpired
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods, require_safe

from commerce.selectors.orders import order_items, orders_of, print_file_of
from core.audit.actors import SHOPPER
from core.pagination import nearest_page_of
from home.accounts.selectors import unconfirmed_address
from personalization.shoppers.services.visitors import current_storefront_user

from ..downloads import FileLink, etag_of, file_name, link_to, read_link
from ..models import Order
from ..ranges import file_response
from ..services.orders import IllegalStatusChange, cancel_order, may_cancel
from .guests import of_order
from .personal import personal

logger = logging.getLogger(__name__)

ORDERS_PER_PAGE = 20


@personal
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The visitor's own orders, or the account's."""
    orders = orders_of(current_storefront_user(request))
    page = nearest_page_of(orders, request.GET.get("page"), per_page=ORDERS_PER_PAGE)
    unconfirmed = unconfirmed_address(request.user) if request.user.is_authenticated else ""
    return render(request, "pages/commerce/orders.html", {"orders": page, "unconfirmed_address": unconfirmed})


@of_order
@require_safe
def show(request: HttpRequest, order: Order) -> HttpResponse:
    """One order: its status, its items, its print files."""
    return render(request, "pages/commerce/order.html", _context(order))


@of_order
@require_safe
def status(request: HttpRequest, order: Order) -> JsonResponse:
    """What may have changed on an open order page: the status, what it means, and the list of items."""
    context = _context(order)
    return JsonResponse(
        {
            "isFinal": not context["may_change"],
            "status": order.get_status_display(),
            "note": render_to_string("components/order_note.html", context, request),
            "items": render_to_string("components/order_items.html", context, request),
        }
    )


@of_order
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, order: Order) -> HttpResponse:
    """Asks once more, then cancels. After the hold it says that it is too late, and what to do."""
    if request.method != "POST":
        context = {"order": order, "may_cancel": may_cancel(order, by=SHOPPER)}
        return render(request, "pages/commerce/order_cancel.html", context)
    try:
        cancel_order(order=order, by=SHOPPER, reason="")
    except IllegalStatusChange:
        context = {"order": order, "may_cancel": False}
        return render(request, "pages/commerce/order_cancel.html", context, status=HTTPStatus.CONFLICT)
    return redirect(order)


@of_order
@require_safe
def file_link(request: HttpRequest, order: Order, file_id: int) -> HttpResponse:
    """Sends a shopper with the order's secret on to a link that works for some minutes."""
    print_file = print_file_of(order.pk, file_id)
    if print_file is None:
        raise Http404
    return redirect(link_to(print_file, order_id=order.pk))


@personal
@require_safe
def download(request: HttpRequest, token: str) -> HttpResponse:
    """The print file itself, or the range of it that is asked for, from private storage."""
    try:
        link = read_link(token)
    except SignatureExpired:
        return _expired(request, read_link(token, max_age=None))
    except BadSignature:
        raise Http404 from None
    print_file = print_file_of(link.order_id, link.file_id)
    if print_file is None:
        raise Http404
    try:
        content = print_file.file.open("rb")
    except FileNotFoundError:
        logger.error("The content of print file %s is missing", print_file.pk)
        return render(request, "pages/commerce/order_file_missing.html", status=HTTPStatus.NOT_FOUND)
    response = file_response(
        request,
        content,
        size=print_file.file.size,
        etag=etag_of(print_file),
        filename=file_name(print_file),
        content_type=print_file.content_type,
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _expired(request: HttpRequest, link: FileLink) -> HttpResponse:
    """Links the order only for its owner: an old link to one file must not open the order to a stranger."""
    order = orders_of(current_storefront_user(request)).filter(pk=link.order_id).first()
    return render(request, "pages/commerce/order_file_expired.html", {"order": order}, status=HTTPStatus.GONE)


def _context(order: Order) -> dict:
    return {
        "order": order,
        "items": order_items(order),
        "may_cancel": may_cancel(order, by=SHOPPER),
        "may_change": order.status in (Order.Status.ON_HOLD, Order.Status.PROCESSING),
    }
