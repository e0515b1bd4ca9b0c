"""The admin opens for a session that has proven what it has to prove, whoever opened that session."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from tests.accounts.staff import PASSWORD, a_member_of_staff, code_of, log_in, with_app, without_app
from tests.factories.home import a_standard_page

pytestmark = pytest.mark.django_db

# The admin itself, its API, an export, a preview, what a bulk action asks.
BEHIND_THE_DOOR = [
    "/admin/",
    "/admin/api/main/pages/",
    "/admin/users/?export=csv",
    "/admin/pages/2/edit/preview/",
    "/admin/pages/2/view_draft/",
    "/admin/bulk/wagtailcore/page/delete/?id=2",
]


@pytest.fixture
def required(settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def clara():
    return a_member_of_staff()


def with_the_password_alone(user) -> Client:
    """A session that something other than the shop's own login has opened."""
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("address", BEHIND_THE_DOOR)
def test_a_session_opened_past_the_login_opens_nothing_of_somebody_with_a_second_factor(clara, address):
    with_app(clara)
    client = with_the_password_alone(clara)
    answer = client.get(address)
    assert (answer.status_code, answer.url.partition("?")[0]) == (302, reverse("mfa_reauthenticate"))


def test_a_script_is_refused_instead_of_led_to_a_page(clara):
    with_app(clara)
    script = {"x-requested-with": "XMLHttpRequest"}
    assert with_the_password_alone(clara).get("/admin/", headers=script).status_code == 403


def test_such_a_session_proves_the_factor_and_goes_on(clara):
    secret = with_app(clara)
    client = with_the_password_alone(clara)
    door = client.get("/admin/account/")
    assert client.post(door.url, {"code": code_of(secret)}).url == "/admin/account/"
    assert client.get("/admin/account/").status_code == 200


def test_a_session_that_proved_the_factor_enters(clara, required):
    assert log_in(clara, with_app(clara)).get("/admin/").status_code == 200


def test_sessions_older_than_the_requirement_are_asked_too(clara, settings):
    client = log_in(clara)
    assert client.get("/admin/").status_code == 200
    settings.STAFF_SECOND_FACTOR_REQUIRED = True
    assert client.get("/admin/").url == reverse("mfa_activate_totp")


def test_the_proof_of_a_factor_that_is_gone_counts_no_more(clara, required):
    client = log_in(clara, with_app(clara))
    without_app(clara)
    assert client.get("/admin/").url == reverse("mfa_activate_totp")

    with_app(clara)
    assert client.get("/admin/").url.startswith(reverse("mfa_reauthenticate"))


@pytest.mark.django_db(transaction=True)
def test_who_has_just_set_up_the_app_has_proven_it(clara, required):
    client = log_in(clara)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    form = client.get(reverse("mfa_activate_totp")).context["form"]
    client.post(reverse("mfa_activate_totp"), {"code": code_of(form.secret)})

    assert Authenticator.objects.filter(user=clara, type="totp").count() == 1
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("name", ["mfa_index", "mfa_deactivate_totp", "mfa_view_recovery_codes"])
def test_a_session_without_the_proof_neither_reads_nor_removes_the_factor(clara, name):
    with_app(clara)
    client = with_the_password_alone(clara)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    for answer in (client.get(reverse(name)), client.post(reverse(name))):
        assert answer.url.startswith(reverse("mfa_reauthenticate"))
    assert Authenticator.objects.filter(user=clara, type="totp").count() == 1


def test_the_bar_on_the_shops_pages_is_part_of_the_admin(clara):
    page = a_standard_page()
    with_app(clara)
    assert "wagtail-userbar" not in with_the_password_alone(clara).get(page.url).content.decode()


def test_a_factor_of_a_shopper_is_no_hindrance_outside_the_admin(clara):
    with_app(clara)
    assert with_the_password_alone(clara).get(reverse("orders")).status_code == 200
