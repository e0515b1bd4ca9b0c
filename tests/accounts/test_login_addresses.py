"""Nobody logs in but by django-allauth, which limits the tries and asks for the second factor."""

import re

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from tests.accounts.staff import PASSWORD, a_member_of_staff

pytestmark = pytest.mark.django_db

THE_LOGIN = "account_login"
A_UUID = "00000000-0000-4000-8000-000000000000"


def every_pattern(resolver=None, way=()):
    """Each pattern of the URLconf with the patterns on the way to it, in the order in which they answer."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield (*way, entry)
        else:
            yield from every_pattern(entry, (*way, entry))


def an_address(way) -> str:
    """An address that the pattern answers: numbers and words stand for what it asks for."""
    address = "".join(_filled(part.pattern) for part in way)
    return f"/{address}"


def _filled(pattern) -> str:
    text = str(pattern)
    if hasattr(pattern, "_route"):
        return re.sub(r"<(?:(\w+):)?\w+>", lambda found: A_UUID if found[1] == "uuid" else "1", text)
    text = re.sub(r"\((?:\?P<\w+>)?[^()]*(?:\([^()]*\))*[^()]*\)[*+?]*", "1", text)
    return text.strip("^$").replace("\\Z", "").replace("\\", "").replace(".*", "1")


ADDRESSES = sorted({an_address(way) for way in every_pattern()})


def test_the_walk_sees_the_addresses_that_others_bring():
    assert {
        "/_util/login/",
        "/admin/login/",
        "/admin/password_reset/confirm/1/1/",
        "/accounts/login/",
    } <= set(ADDRESSES)


def test_no_address_but_the_login_takes_a_name_and_a_password():
    a_member_of_staff()
    typed = {"username": "clara", "login": "clara", "email": "clara@example.com", "password": PASSWORD}
    doors = []
    for address in ADDRESSES:
        client = Client(raise_request_exception=False)
        client.post(address, typed)
        if SESSION_KEY in client.session:
            doors.append(address)
    assert doors == [reverse(THE_LOGIN)]


@pytest.mark.parametrize("address", ["/_util/login/", "/admin/login/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_logins_of_others_lead_to_the_shops_own(address, method):
    answer = getattr(Client(), method)(f"{address}?next=/admin/")
    assert (answer.status_code, answer.url) == (302, f"{reverse(THE_LOGIN)}?next=/admin/")


@pytest.mark.parametrize("name", ["wagtailadmin_password_reset", "wagtailadmin_password_reset_confirm"])
def test_the_admins_own_password_reset_is_closed(name):
    arguments = ["1", "1"] if name.endswith("confirm") else []
    assert Client().get(reverse(name, args=arguments)).status_code == 404


def test_no_page_of_the_admin_changes_a_password_or_an_address_past_the_shops_own_pages():
    clara = a_member_of_staff()
    client = Client()
    client.force_login(clara)
    page = client.get("/admin/account/").content.decode()
    assert 'name="password-old_password"' not in page
    assert 'name="name_email-email"' not in page
    for name in ("account_change_password", "account_email", "mfa_index"):
        assert reverse(name) in page
