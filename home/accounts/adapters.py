"""How django-allauth fits into this shop: who is sent where after a login, and e-mails that may fail."""

import logging
import re
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.addresses import normal_form, validate_address
from core.limits import client_of
from home.selectors.site_frame import site_frame

from .known_browsers import accounts_meant, known_browser, remember_browser
from .selectors import is_staff

logger = logging.getLogger(__name__)

ADDRESS = re.compile(r"https?://\S+")

WRONG_LOGIN = _("This address and password do not belong together. Check both, or choose a new password.")


class AccountAdapter(DefaultAccountAdapter):
    """Named by ACCOUNT_ADAPTER."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _(
            "This account is closed. If you think that this is a mistake, please write to us."
        ),
        "email_password_mismatch": WRONG_LOGIN,
        "username_password_mismatch": WRONG_LOGIN,
        "enter_current_password": _("Enter the password that you use now."),
        "incorrect_code": _("This code is not the one we expect. Enter the one that your app shows now."),
        "incorrect_password": _("This is not your password. Please try again."),
        "too_many_guesses": _(
            "There were too many wrong passwords for this account. Please log in with a browser where you "
            "have logged in before, choose a new password, or try again later."
        ),
        "too_many_login_attempts": _("There were too many wrong passwords. Please wait five minutes."),
    }

    def get_from_email(self) -> str:
        return site_frame(None).sender

    def clean_email(self, email: str) -> str:
        """Accounts have the normal form of an address; look-alikes and invisible characters are refused."""
        validate_address(email)
        return normal_form(email)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff go to the admin, shoppers to their orders; `next` in the address comes before both."""
        if is_staff(request.user):
            return reverse("wagtailadmin_home")
        return super().get_login_redirect_url(request)

    def render_mail(self, template_prefix: str, email, context: dict, headers=None) -> EmailMultiAlternatives:
        """As allauth's, whose templates here are texts; the HTML beside it shows the same paragraphs."""
        message = super().render_mail(template_prefix, email, context, headers)
        paragraphs = [
            {"text": text, "is_link": ADDRESS.fullmatch(text) is not None}
            for text in re.split(r"\n\s*\n", message.body)
        ]
        about = {"subject": message.subject, "paragraphs": paragraphs, "shop_url": settings.SHOP_BASE_URL}
        message.attach_alternative(
            render_to_string("account/email/message.html", context | about), "text/html"
        )
        return message

    def send_confirmation_mail(self, request: HttpRequest, emailconfirmation, signup: bool) -> None:
        """Whose address has an account already is told so, and nobody else hears of it."""
        address = emailconfirmation.email_address
        if address.can_set_verified():
            super().send_confirmation_mail(request, emailconfirmation, signup)
        else:
            self.send_account_already_exists_mail(address.email)

    def pre_authenticate(self, request: HttpRequest, **credentials) -> None:
        """Guesses in browsers that are not known for the account share a limit, from wherever they come."""
        super().pre_authenticate(request, **credentials)
        login = _login_of(credentials)
        accounts = accounts_meant(login)
        if known_browser(request, accounts):
            return
        for key in accounts or [login]:
            usage = ratelimit.consume(request, app="allauth.account", action="login_failed_anywhere", key=key)
            if not usage:
                raise self.validation_error("too_many_guesses")
            # Taken back with the others when the password is right.
            self._login_failed_rl_usage.usage += usage.usage

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials) -> str:
        """Of each client and each known browser by itself: wrong passwords elsewhere keep nobody else out."""
        login = _login_of(credentials)
        accounts = accounts_meant(login)
        who = known_browser(request, accounts) or client_of(request)
        return f"{'+'.join(accounts) or login}:{who}"

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs) -> HttpResponse:
        """Every factor is proven: the browser is known from now on."""
        response = super().post_login(request, user, **kwargs)
        remember_browser(request, response, user)
        return response

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """A mail server that is down spoils no sign-up: the address can be confirmed later.

        Links lead to SHOP_BASE_URL, by whatever host of ALLOWED_HOSTS somebody asked for the e-mail.
        """
        links = {name: _at_the_shop(value) for name, value in context.items() if name.endswith("_url")}
        try:
            super().send_mail(template_prefix, email, context | links | self._said_in_every_mail())
        except OSError as trouble:
            # SMTP errors are OSErrors. Their text may hold the recipient, so only the kind is logged.
            logger.error("The e-mail %s could not be sent: %s", template_prefix, type(trouble).__name__)

    def _said_in_every_mail(self) -> dict:
        return {
            "site_frame": site_frame(None),
            "asked_at": timezone.now(),
            "ip": self.get_client_ip(self.request),
        }


class SecondFactorAdapter(DefaultMFAAdapter):
    """Named by MFA_ADAPTER."""

    def get_totp_issuer(self) -> str:
        """What an authenticator app calls the shop."""
        return site_frame(None).name


def _login_of(credentials: dict) -> str:
    return credentials.get("email", credentials.get("username", "")).lower()


def _at_the_shop(url: str) -> str:
    parts = urlsplit(url)
    return f"{settings.SHOP_BASE_URL}{parts._replace(scheme='', netloc='').geturl()}"
