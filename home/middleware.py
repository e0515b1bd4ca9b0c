"""Middleware of the site as a whole."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from .publishing import Unpublishable

FORMS = ("wagtailadmin_pages:add", "wagtailadmin_pages:edit")
MODAL_REQUEST = "XMLHttpRequest"


class AdminContentSecurityPolicyMiddleware:
    """Lets the Wagtail admin run its few inline scripts; every other page keeps the strict policy."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path.startswith(reverse("wagtailadmin_home")):
            response._csp_replace = {"script-src": ["'self'", "'unsafe-inline'"]}
        return response


class UnpublishableMiddleware:
    """Answers in words when a page cannot be saved or published: it is incomplete, or another has its SKU."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, trouble: Exception) -> HttpResponse | None:
        if not isinstance(trouble, Unpublishable) or request.method != "POST" or not request.resolver_match:
            return None
        if request.resolver_match.view_name in FORMS:
            return _show_form_again(request) or _lead_to_page(request, trouble)
        return _lead_to_page(request, trouble)


def _show_form_again(request: HttpRequest) -> HttpResponse | None:
    """The same view once more: by now the form finds the SKU taken, and keeps what was typed.

    None where somebody has taken yet another SKU between this second look and its saving.
    """
    view, args, kwargs = request.resolver_match
    try:
        return view(request, *args, **kwargs)
    except Unpublishable:
        return None


def _lead_to_page(request: HttpRequest, trouble: Unpublishable) -> HttpResponse | None:
    """For actions that have no form of the page, like an approval: its dialog follows the redirect."""
    ids = request.resolver_match.kwargs
    if "parent_page_id" in ids:
        messages.error(request, trouble.messages[0])
        return redirect("wagtailadmin_explore", ids["parent_page_id"])
    page = Page.objects.filter(pk=ids.get("page_id")).first()
    if page is None:
        return None
    message = _("“%(page)s” was not published: %(reason)s %(advice)s")
    values = {"page": page.title, "reason": trouble.messages[0], "advice": trouble.advice}
    messages.error(request, message % values)
    edit_url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    if request.headers.get("X-Requested-With") == MODAL_REQUEST:
        return JsonResponse({"step": "success", "redirect": edit_url})
    return redirect(edit_url)
