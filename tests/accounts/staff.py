"""People who work here, and how they log in."""

import time

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

PASSWORD = "paper-and-ink-47"


def a_member_of_staff(name: str = "clara") -> User:
    """Somebody who may enter the admin, with a confirmed address."""
    user = User.objects.create_user(name, f"{name}@example.com", PASSWORD)
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


def with_app(user: User) -> str:
    """Set up an authenticator app; its secret is the answer."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def without_app(user: User) -> None:
    """Remove the app, as an operator does for somebody who lost the phone."""
    Authenticator.objects.filter(user=user).delete()


def code_of(secret: str, *, later: int = 0) -> str:
    """What the app shows now, or some spans of thirty seconds later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def log_in(user: User, secret: str = "", **query: str) -> Client:
    """A browser that logged in with the password, and with the app where there is one."""
    client = Client()
    login = {"login": user.get_username(), "password": PASSWORD}
    client.post(reverse("account_login", query=query), login)
    if secret:
        client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    return client
