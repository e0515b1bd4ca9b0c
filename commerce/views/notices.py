"""A word for the shopper on the page that follows.

In a cookie of its own rather than in the session: a guest with a session would get every page of the catalog
past the caches.
"""

from collections.abc import Iterable

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

DONE, REFUSED = messages.SUCCESS, messages.ERROR


class NoticeStorage(CookieStorage):
    """Signed by Django, and apart from the messages of the admin and the accounts."""

    cookie_name = "notices"


def redirect_telling(request: HttpRequest, to, *notices: tuple[int, str]) -> HttpResponse:
    """Go to a page that shows these sentences, each DONE or REFUSED."""
    storage = NoticeStorage(request)
    for level, sentence in notices:
        storage.add(level, sentence)
    response = redirect(to)
    storage.update(response)
    return response


def render_with_notices(request: HttpRequest, template: str, context: dict, **options) -> HttpResponse:
    """A page that shows as `notices` what was left for it, once."""
    storage = NoticeStorage(request)
    if storage.cookie_name not in request.COOKIES:
        return render(request, template, context, **options)
    response = render(request, template, context | {"notices": list(storage)}, **options)
    storage.update(response)
    return response


def notice(level: int, sentence: str) -> Iterable[Message]:
    """For a page that says something about the request it answers."""
    return [Message(level, sentence)]
