"""A visitor is remembered by a signed cookie, an account by itself; nobody gets a session for shopping."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpResponse
from django.utils import timezone

from personalization.models import StorefrontUser
from personalization.shoppers.services import visitors
from tests.factories.personalization import make_storefront_user

pytestmark = pytest.mark.django_db


def request_with(rf, *, cookie=None, user=None):
    request = rf.get("/")
    request.user = user or AnonymousUser()
    if cookie:
        request.COOKIES[visitors.COOKIE_NAME] = cookie
    return request


def cookie_of(owner):
    response = HttpResponse()
    visitors.remember_visitor(response, owner)
    return response.cookies[visitors.COOKIE_NAME]


def test_somebody_new_is_nobody_until_they_personalize(rf):
    assert visitors.current_storefront_user(request_with(rf)) is None
    assert StorefrontUser.objects.count() == 0


def test_a_new_visitor_is_recognised_by_the_cookie_alone(rf):
    owner = visitors.get_or_create_storefront_user(request_with(rf))
    again = request_with(rf, cookie=cookie_of(owner).value)
    assert visitors.current_storefront_user(again) == owner
    assert visitors.get_or_create_storefront_user(again) == owner


def test_the_cookie_lives_long_and_scripts_cannot_read_it(settings):
    cookie = cookie_of(make_storefront_user())
    assert cookie["max-age"] == settings.VISITOR_COOKIE_AGE
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"]) == (True, "Lax", "")


def test_the_cookie_is_secure_where_sessions_are(settings):
    settings.SESSION_COOKIE_SECURE = True
    assert cookie_of(make_storefront_user())["secure"] is True


@pytest.mark.parametrize(
    "change", [lambda v: v + "x", lambda v: "sf-other" + v[v.index(":") :], lambda v: "nonsense"]
)
def test_a_tampered_cookie_is_no_visitor(rf, change):
    value = change(cookie_of(make_storefront_user()).value)
    assert visitors.current_storefront_user(request_with(rf, cookie=value)) is None


def test_a_visitor_who_was_removed_is_nobody(rf):
    owner = make_storefront_user()
    cookie = cookie_of(owner).value
    owner.delete()
    assert visitors.current_storefront_user(request_with(rf, cookie=cookie)) is None


def test_an_account_comes_before_the_cookie(rf):
    user = User.objects.create(username="anna")
    account, visitor = make_storefront_user(account=user), make_storefront_user()
    request = request_with(rf, cookie=cookie_of(visitor).value, user=user)
    assert visitors.current_storefront_user(request) == account


def test_an_account_without_a_storefront_user_goes_on_with_the_visitors(rf):
    user, visitor = User.objects.create(username="anna"), make_storefront_user()
    request = request_with(rf, cookie=cookie_of(visitor).value, user=user)
    assert visitors.get_or_create_storefront_user(request) == visitor


def test_an_account_gets_one_storefront_user_and_no_cookie(rf):
    user = User.objects.create(username="anna")
    owner = visitors.get_or_create_storefront_user(request_with(rf, user=user))
    assert owner.account == user
    response = HttpResponse()
    visitors.remember_visitor(response, owner)
    assert visitors.COOKIE_NAME not in response.cookies


def test_a_cookie_does_not_open_what_belongs_to_an_account(rf):
    owner = make_storefront_user()
    cookie = cookie_of(owner).value
    owner.account = User.objects.create(username="anna")
    owner.save()
    assert visitors.current_storefront_user(request_with(rf, cookie=cookie)) is None


def test_the_first_token_registers_the_shopper_in_the_hub(sandbox):
    owner = make_storefront_user()
    assert visitors.storefront_user_token(owner).count(".") == 2
    owner.refresh_from_db()
    assert owner.registered_at is not None
    created = sandbox.control.calls_to("users.create")
    assert [call.body["isAnonymous"] for call in created] == [True]


def test_the_shopper_of_an_account_is_no_anonymous_one(sandbox):
    visitors.storefront_user_token(make_storefront_user(account=User.objects.create(username="anna")))
    assert [call.body["isAnonymous"] for call in sandbox.control.calls_to("users.create")] == [False]


def test_a_known_shopper_costs_one_call(sandbox):
    owner = make_storefront_user()
    visitors.storefront_user_token(owner)
    before = len(sandbox.control.calls_to("users"))
    visitors.storefront_user_token(owner)
    assert len(sandbox.control.calls_to("users")) - before == 1


def test_a_shopper_whom_the_hub_has_lost_is_registered_again(sandbox):
    owner = make_storefront_user(registered_at=timezone.now() - timedelta(days=90))
    assert visitors.storefront_user_token(owner)
    assert len(sandbox.control.calls_to("users.create")) == 1
