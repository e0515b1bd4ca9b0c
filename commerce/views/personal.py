"""Pages that belong to one visitor."""

from functools import wraps
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _

from core.audit.actors import SHOPPER, Actor
from core.limits import LimitReached

WHAT_TO_DO = {
    "visitors_per_client": _(
        "Many people have begun to shop from your connection within the last hour. Please try again in a "
        "while, or log in to your account: with it you can go on at once."
    ),
    "orders_per_client": _(
        "Nothing was ordered. Many orders have come from your connection within the last hour. Your cart is "
        "safe: please try again in a while, or write to us."
    ),
    "orders_per_address": _(
        "Nothing was ordered. Many orders have been placed for this email address within the last hour. Your "
        "cart is safe: please try again in a while, or write to us."
    ),
}


def personal(view):
    """Keep the answer out of every cache and search index, and its address out of other sites' logs.

    `same-origin` rather than `no-referrer`: with the latter, browsers send `Origin: null` with the page's own
    forms, and Django's CSRF check refuses them.
    """

    @wraps(view)
    def answer(request, *args, **kwargs):
        try:
            response = view(request, *args, **kwargs)
        except LimitReached as reached:
            response = too_many(request, reached.limit)
        patch_cache_control(response, private=True, no_store=True)
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return answer


def too_many(request: HttpRequest, limit: str) -> HttpResponse:
    """Says that there have been too many tries, and what to do now."""
    context = {"what_to_do": WHAT_TO_DO.get(limit, "")}
    status = HTTPStatus.TOO_MANY_REQUESTS
    response = render(request, "pages/commerce/too_many_tries.html", context, status=status)
    response.headers["Retry-After"] = str(settings.LIMITS[limit][1])
    return response


def shopper_of(request: HttpRequest) -> Actor:
    """Who acts, for what is written down: the account, or just a shopper."""
    return request.user if request.user.is_authenticated else SHOPPER
