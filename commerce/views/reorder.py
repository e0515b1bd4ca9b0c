"""Ordering an order once more: what it would be today, and on into the cart."""

import uuid
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from home.selectors.privacy import closed_paths
from personalization.shoppers.services.visitors import (
    get_or_create_storefront_user,
    known_storefront_user,
    remember_visitor,
)

from ..forms import ReorderForm
from ..models import Order
from ..services import reordering
from .guests import of_order
from .notices import DONE, REFUSED, notice, redirect_telling


@of_order
@require_http_methods(["GET", "HEAD", "POST"])
def order_again(request: HttpRequest, order: Order) -> HttpResponse:
    """Shows what the order would be today (GET), and puts what is possible into the cart (POST)."""
    if request.method == "HEAD":
        return HttpResponse()
    response = _put_into_cart(request, order) if request.method == "POST" else None
    return response or _show_review(request, order)


def _put_into_cart(request: HttpRequest, order: Order) -> HttpResponse | None:
    """None when what was sent does not come from this order's page."""
    form = ReorderForm(request.POST)
    if not form.is_valid():
        return None
    key = form.cleaned_data["key"]
    shopper = get_or_create_storefront_user(request, key=key)
    try:
        told = reordering.order_again(order=order, shopper=shopper, key=key, closed=closed_paths(request))
    except reordering.OtherOrder:
        return None
    levels = {reordering.TAKEN: DONE, reordering.LEFT_OUT: REFUSED}
    response = redirect_telling(request, "cart", *((levels[kind], sentence) for kind, sentence in told))
    remember_visitor(response, shopper)
    return response


def _show_review(request: HttpRequest, order: Order) -> HttpResponse:
    is_unreadable = request.method == "POST"
    problem = _("That did not arrive properly. Please look at the list and try again.")
    shopper = known_storefront_user(request)
    context = {
        "order": order,
        "review": reordering.review(order=order, shopper=shopper, closed=closed_paths(request)),
        "key": uuid.uuid4(),
        "notices": notice(REFUSED, problem) if is_unreadable else [],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_unreadable else HTTPStatus.OK
    return render(request, "pages/commerce/order_again.html", context, status=status)
