"""Guesses of one password from many clients share a limit; it keeps no owner's own browser out."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.accounts.staff import PASSWORD

pytestmark = pytest.mark.django_db

ANNA = "anna@example.com"


@pytest.fixture(autouse=True)
def limits(settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "2/300s/key", "login_failed_anywhere": "3/h/key"}


@pytest.fixture
def anna():
    return User.objects.create_user("anna", ANNA, PASSWORD)


def log_in(browser: Client, password: str = PASSWORD, login: str = ANNA):
    return browser.post(reverse("account_login"), {"login": login, "password": password})


def is_logged_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


def many_clients_guess(login: str = ANNA) -> None:
    for number in range(1, 5):
        log_in(Client(REMOTE_ADDR=f"203.0.113.{number}"), "a guess", login)


def test_guesses_from_many_clients_have_one_limit_for_each_account(anna):
    User.objects.create_user("ben", "ben@example.com", PASSWORD)
    many_clients_guess()

    stranger, ben = Client(REMOTE_ADDR="203.0.113.99"), Client(REMOTE_ADDR="203.0.113.99")
    refused = log_in(stranger)
    log_in(ben, login="ben@example.com")

    assert not is_logged_in(stranger)
    assert "where you have logged in before" in refused.text
    assert is_logged_in(ben)


def test_the_limit_is_the_same_where_there_is_no_account():
    many_clients_guess()
    assert "where you have logged in before" in log_in(Client(REMOTE_ADDR="203.0.113.99")).text


def test_a_browser_that_logged_in_before_gets_in_whatever_strangers_guess(anna):
    own = Client()
    log_in(own)
    own.post(reverse("account_logout"))
    many_clients_guess()

    log_in(own)

    assert is_logged_in(own)


def test_who_shares_an_address_with_the_known_browser_does_not_use_up_its_tries(anna):
    own, stranger = Client(), Client()
    log_in(own)
    own.post(reverse("account_logout"))
    for _ in range(2):
        log_in(stranger, "a guess")

    log_in(own)

    assert is_logged_in(own)


def test_a_known_browser_has_so_many_wrong_tries_itself(anna):
    own = Client()
    log_in(own)
    own.post(reverse("account_logout"))
    for _ in range(2):
        log_in(own, "wrong")

    log_in(own)

    assert not is_logged_in(own)


def test_a_browser_is_known_for_the_accounts_of_which_somebody_logged_in(anna):
    User.objects.create_user("ben", "ben@example.com", PASSWORD)
    own = Client()
    log_in(own, login="ben@example.com")
    own.post(reverse("account_logout"))
    many_clients_guess()

    log_in(own)

    assert not is_logged_in(own)


def test_a_forged_cookie_is_no_known_browser(anna):
    forger = Client()
    forger.cookies["known_browser"] = f"forged.{anna.pk}"
    many_clients_guess()

    log_in(forger)

    assert not is_logged_in(forger)


@pytest.mark.parametrize("is_confirmed", [True, False])
def test_a_sign_up_with_somebody_elses_address_makes_no_browser_known_for_them(anna, is_confirmed):
    EmailAddress.objects.create(user=anna, email=ANNA, verified=is_confirmed, primary=True)
    attacker = Client(REMOTE_ADDR="203.0.113.50")
    attacker.post(reverse("account_signup"), {"email": ANNA, "password1": "ink-and-paper-74"})
    attacker.post(reverse("account_logout"))
    many_clients_guess()

    log_in(attacker)

    assert not is_logged_in(attacker)


def test_an_account_has_one_limit_whether_its_address_or_its_name_is_typed(anna):
    many_clients_guess()
    by_name = Client(REMOTE_ADDR="203.0.113.99")

    refused = log_in(by_name, login="Anna")

    assert not is_logged_in(by_name)
    assert "where you have logged in before" in refused.text


def test_who_logs_in_with_a_second_address_of_theirs_is_known_by_it_too(anna):
    EmailAddress.objects.create(user=anna, email=ANNA, verified=True, primary=True)
    EmailAddress.objects.create(user=anna, email="second@example.com", verified=True)
    own = Client()
    log_in(own)
    own.post(reverse("account_logout"))
    many_clients_guess("second@example.com")

    log_in(own, login="second@example.com")

    assert is_logged_in(own)


def test_right_passwords_use_up_nothing(anna):
    for number in range(1, 6):
        browser = Client(REMOTE_ADDR=f"198.51.100.{number}")
        log_in(browser)
        assert is_logged_in(browser)


def test_a_link_for_a_new_password_makes_a_browser_known(anna, mailoutbox):
    many_clients_guess()
    own = Client()
    own.post(reverse("account_reset_password"), {"email": ANNA})
    form = own.get(re.search(r"https?://\S+", mailoutbox[-1].body)[0], follow=True)
    new = "ink-and-paper-74"
    own.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})
    own.post(reverse("account_logout"))

    log_in(own, new)

    assert is_logged_in(own)


def test_the_cookie_goes_to_pages_about_accounts_alone_and_holds_for_a_year(anna):
    cookie = log_in(Client()).cookies["known_browser"]
    assert (cookie["path"], cookie["max-age"], cookie["samesite"]) == ("/accounts/", 365 * 24 * 3600, "Lax")
    assert cookie["httponly"]
