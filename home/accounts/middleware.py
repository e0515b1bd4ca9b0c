"""Middleware of pages about accounts, and the door to the admin."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.defaults import permission_denied

from .selectors import needs_second_factor


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
    """Who is logged in but no staff is told so, and staff without a second factor set one up first, where
    STAFF_SECOND_FACTOR_REQUIRED says so. Wagtail would send both to a login that sends them back.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self._refusal(request) or self.get_response(request)

    def _refusal(self, request):
        if not request.path.startswith(reverse("wagtailadmin_home")) or not request.user.is_authenticated:
            return None
        if not request.user.has_perm("wagtailadmin.access_admin"):
            return permission_denied(request, PermissionDenied())
        return self._lead_to_second_factor(request) if needs_second_factor(request.user) else None

    def _lead_to_second_factor(self, request):
        messages.info(
            request,
            _("The admin asks for a second factor. Set up an authenticator app, and it opens from then on."),
        )
        return redirect("mfa_activate_totp")
