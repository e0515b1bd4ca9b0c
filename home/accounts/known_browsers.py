"""Browsers in which somebody has logged in before: guesses made elsewhere keep nobody out there.

The cookie is no proof of anything else; it holds a random name of the browser and the accounts' keys.
"""

import secrets

from allauth.account.internal.userkit import filter_users_by_email, get_user_by_username
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse

COOKIE_NAME = "known_browser"
COOKIE_SALT = "accounts.known_browser"
COOKIE_AGE = 365 * 24 * 3600
# Where passwords are asked for; no other page need know.
COOKIE_PATH = "/accounts/"
# A family's computer; an old account makes room for a new one.
MOST_ACCOUNTS = 8


def remember_browser(request: HttpRequest, response: HttpResponse, user: AbstractBaseUser) -> None:
    """From now on this browser is known for the account."""
    browser, accounts = _read(request)
    accounts = [str(user.pk), *(key for key in accounts if key != str(user.pk))][:MOST_ACCOUNTS]
    response.set_signed_cookie(
        COOKIE_NAME,
        ".".join([browser or secrets.token_hex(8), *accounts]),
        salt=COOKIE_SALT,
        max_age=COOKIE_AGE,
        path=COOKIE_PATH,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def known_browser(request: HttpRequest, accounts: list[str]) -> str:
    """The name of this browser if it is known for each of the accounts that a login may mean; else nothing.

    For each, because whoever signs up with somebody else's address, which nobody has confirmed, has an
    account that the address may mean as well.
    """
    browser, known = _read(request)
    return browser if accounts and set(accounts) <= set(known) else ""


def accounts_meant(login: str) -> list[str]:
    """The keys of the accounts whose password is compared when this address or user name is typed."""
    by_name = get_user_by_username(login)
    users = [*filter_users_by_email(login, prefer_verified=True, for_login=True), *filter(None, [by_name])]
    return sorted({str(user.pk) for user in users})


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    value = request.get_signed_cookie(COOKIE_NAME, default="", salt=COOKIE_SALT, max_age=COOKIE_AGE)
    browser, *accounts = value.split(".")
    return browser, accounts
