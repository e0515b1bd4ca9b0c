"""Middleware of pages about accounts, and the door to the admin."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.defaults import permission_denied

from .selectors import is_staff, may_use_admin, needs_second_factor, owes_second_factor


class AccountPagesMiddleware:
    """Keeps pages about an account out of every cache and search index: browser Back shows nothing private
    after a logout.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        match = request.resolver_match
        if match and (match.url_name or "").startswith(("account_", "mfa_")):
            patch_cache_control(response, private=True, no_store=True)
            response.headers["Referrer-Policy"] = "same-origin"
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response


class AdminDoorMiddleware:
    """The admin is open for sessions that have proven every factor that is asked of them.

    Who is logged in but no staff is told so; Wagtail would send them to a login that sends them back. Nor may
    a session without the proof see or remove the factor that it lacks.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self._refusal(request) or self.get_response(request)

    def _refusal(self, request):
        # The address first: looking for the user makes a page of the shop one that no cache may share.
        if request.path.startswith(reverse("wagtailadmin_home")):
            return self._refusal_of_admin(request)
        if request.path.startswith(reverse("mfa_index")) and request.path != reverse("mfa_reauthenticate"):
            return self._refusal_of_factor(request)
        return None

    def _refusal_of_factor(self, request):
        owes = request.user.is_authenticated and owes_second_factor(request)
        return _ask_for_second_factor(request) if owes else None

    def _refusal_of_admin(self, request):
        if not request.user.is_authenticated:
            return None
        if not is_staff(request.user):
            return permission_denied(request, PermissionDenied())
        if may_use_admin(request):
            return None
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return permission_denied(request, PermissionDenied())
        if needs_second_factor(request.user):
            return _lead_to_second_factor(request)
        return _ask_for_second_factor(request)


def _lead_to_second_factor(request):
    messages.info(
        request,
        _("The admin asks for a second factor. Set up an authenticator app, and it opens from then on."),
    )
    return redirect("mfa_activate_totp")


def _ask_for_second_factor(request):
    return redirect(reverse("mfa_reauthenticate", query={"next": request.get_full_path()}))
