"""Pages that belong to one visitor."""

from functools import wraps

from django.http import HttpRequest
from django.utils.cache import patch_cache_control

from core.audit.actors import SHOPPER, Actor


def personal(view):
    """Keep the answer out of every cache and search index, and its address out of other sites' logs.

    `same-origin` rather than `no-referrer`: with the latter, browsers send `Origin: null` with the page's own
    forms, and Django's CSRF check refuses them.
    """

    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return answer


def shopper_of(request: HttpRequest) -> Actor:
    """Who acts, for what is written down: the account, or just a shopper."""
    return request.user if request.user.is_authenticated else SHOPPER
