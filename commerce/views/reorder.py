"""Ordering an order once more: what it would be today, and on into the cart."""

import uuid
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from home.selectors.privacy import closed_paths
from personalization.models import StorefrontUser
from personalization.shoppers.services.visitors import get_or_create_storefront_user, remember_visitor

from ..forms import ReorderForm
from ..models import Order
from ..services import reordering
from .guests import of_order
from .notices import DONE, REFUSED, notice, redirect_telling


@of_order
@require_http_methods(["GET", "HEAD", "POST"])
def order_again(request: HttpRequest, order: Order) -> HttpResponse:
    """Shows what the order would be today (GET), and puts what is possible into the cart (POST).

    The visitor is made when the page is shown: two clicks on its button must come from the same one.
    """
    if request.method == "HEAD":
        return HttpResponse()
    shopper = get_or_create_storefront_user(request)
    response = _put_into_cart(request, order, shopper) if request.method == "POST" else None
    response = response or _show_review(request, order, shopper)
    remember_visitor(response, shopper)
    return response


def _put_into_cart(request: HttpRequest, order: Order, shopper: StorefrontUser) -> HttpResponse | None:
    """None when what was sent does not come from this order's page."""
    form = ReorderForm(request.POST)
    if not form.is_valid():
        return None
    try:
        told = reordering.order_again(
            order=order, shopper=shopper, key=form.cleaned_data["key"], closed=closed_paths(request)
        )
    except reordering.OtherOrder:
        return None
    levels = {reordering.TAKEN: DONE, reordering.LEFT_OUT: REFUSED}
    return redirect_telling(request, "cart", *((levels[kind], sentence) for kind, sentence in told))


def _show_review(request: HttpRequest, order: Order, shopper: StorefrontUser) -> HttpResponse:
    is_unreadable = request.method == "POST"
    problem = _("That did not arrive properly. Please look at the list and try again.")
    context = {
        "order": order,
        "review": reordering.review(order=order, shopper=shopper, closed=closed_paths(request)),
        "key": uuid.uuid4(),
        "notices": notice(REFUSED, problem) if is_unreadable else [],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_unreadable else HTTPStatus.OK
    return render(request, "pages/commerce/order_again.html", context, status=status)
