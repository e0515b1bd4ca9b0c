"""Passwords of private pages and documents, which Wagtail lets anybody try without end."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core import limits

TRIES = "page_passwords"


def limited(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Wagtail's view that takes such a password, for as many tries of a client as LIMITS allows."""

    @wraps(view)
    def answer(request: HttpRequest, **kwargs) -> HttpResponse:
        if request.method == "POST" and not limits.take(TRIES, limits.client_of(request)):
            refusal = render(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS)
            refusal.headers["Retry-After"] = str(settings.LIMITS[TRIES][1])
            return refusal
        return view(request, **kwargs)

    return answer
