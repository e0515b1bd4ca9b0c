"""What is refused before any view sees it."""

import re
from http import HTTPStatus
from urllib.parse import unquote_to_bytes

from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.views.defaults import page_not_found

LARGEST_NUMBER = 2**63 - 1
# What may be larger than that; what may be the id of a row.
LONG_NUMBER = re.compile(r"\d{19,}")
ID = re.compile(r"\d{1,19}")
MEBIBYTE = 1024 * 1024
# Shoppers upload nothing to the shop: pictures of designs go to the Hub.
MOST_BYTES = 2 * MEBIBYTE
# The largest uploads of staff are manual print files.
MOST_BYTES_OF_STAFF = 512 * MEBIBYTE


class ImpossibleAddressMiddleware:
    """Says of addresses that no row of a database can have that there is no such page.

    PostgreSQL takes no NUL in a text, neither database a number of more than 64 bits: both are errors there.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # A session or visitor of that name cannot be; who sends one starts anew.
        request.COOKIES = {name: value for name, value in request.COOKIES.items() if "\0" not in value}
        if "\0" in request.path_info or b"\0" in unquote_to_bytes(request.META.get("QUERY_STRING", "")):
            return page_not_found(request, Http404())
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args: tuple, kwargs: dict) -> None:
        numbers = (value for value in (*args, *kwargs.values()) if isinstance(value, int))
        if any(number > LARGEST_NUMBER for number in numbers):
            raise Http404

    def process_exception(self, request: HttpRequest, trouble: Exception) -> HttpResponse | None:
        """For what follows the ?: only a view knows what is a number there, and some of Wagtail's ask the
        database with whatever they are given.
        """
        query = request.META.get("QUERY_STRING", "")
        is_too_large = isinstance(trouble, OverflowError) and LONG_NUMBER.search(query)
        is_no_id = isinstance(trouble, ValueError) and not all(map(ID.fullmatch, request.GET.getlist("id")))
        return page_not_found(request, Http404()) if is_too_large or is_no_id else None


class PublicGZipMiddleware(GZipMiddleware):
    """Compresses what is the same for everybody.

    A page that belongs to one visitor stays as it is: it holds addresses that open orders, and how well a
    secret compresses beside what an attacker puts into the same page tells what it is (BREACH).
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        is_public = "public" in response.get("Cache-Control", "")
        return super().process_response(request, response) if is_public else response


class UploadLimitMiddleware:
    """Refuses large uploads before they are read: Django would keep all of them on disk and only then see
    whether the form came from a page of ours. After AuthenticationMiddleware.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.content_type == "multipart/form-data" and self._is_too_large(request):
            return render(request, "413.html", status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return self.get_response(request)

    def _is_too_large(self, request: HttpRequest) -> bool:
        size = int(request.META.get("CONTENT_LENGTH") or 0)
        if size <= MOST_BYTES:
            return False
        return size > MOST_BYTES_OF_STAFF or not request.user.has_perm("wagtailadmin.access_admin")
