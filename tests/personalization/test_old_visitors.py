"""Visitors who have left nothing are forgotten after a while; nobody who has anything."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from commerce.models import Cart
from personalization.models import AccountMerge, StorefrontUser
from personalization.shoppers.services.old_visitors import clear_visitors
from tests.factories.commerce import client_of, make_cart_design, make_order
from tests.factories.personalization import make_storefront_user

pytestmark = pytest.mark.django_db


def visitor(*, days: int = 91, **values) -> StorefrontUser:
    """Somebody who was here so many days ago, and first came a year before."""
    made = make_storefront_user(last_seen_on=timezone.localdate() - timedelta(days=days), **values)
    first_came = timezone.now() - timedelta(days=days + 365)
    StorefrontUser.objects.filter(pk=made.pk).update(created_at=first_came)
    return made


def exists(user: StorefrontUser) -> bool:
    return StorefrontUser.objects.filter(pk=user.pk).exists()


def test_a_visitor_without_anything_goes_after_the_days_and_not_before():
    old, young = visitor(), visitor(days=90)
    assert clear_visitors() == 1
    assert (exists(old), exists(young)) == (False, True)


def test_a_visitor_who_only_looks_in_again_stays():
    old = visitor()
    client_of(old).get("/cart/state/")
    assert clear_visitors() == 0
    assert exists(old)


def test_a_visit_is_written_down_once_a_day():
    browser = client_of(visitor(days=1))
    with CaptureQueriesContext(connection) as first:
        browser.get("/cart/state/")
    with CaptureQueriesContext(connection) as second:
        browser.get("/cart/state/")

    assert [len(writes(queries)) for queries in (first, second)] == [1, 0]
    assert StorefrontUser.objects.get().last_seen_on == timezone.localdate()


def test_pages_that_are_cached_for_everybody_do_not_look_for_the_visitor():
    browser = client_of(visitor(days=1))
    with CaptureQueriesContext(connection) as queries:
        browser.get("/search/")
    assert not [query for query in queries if "storefrontuser" in query["sql"]]


def writes(queries: CaptureQueriesContext) -> list[str]:
    return [query["sql"] for query in queries if query["sql"].startswith(("UPDATE", "INSERT"))]


def test_the_days_are_a_setting(settings):
    settings.VISITORS_KEPT_DAYS = 7
    visitor(days=8)
    assert clear_visitors() == 1


def test_whoever_has_a_design_a_cart_or_an_order_stays():
    designer, shopper, buyer = visitor(), visitor(), visitor()
    make_cart_design(designer)
    Cart.objects.create(owner=shopper)
    make_order(owner=buyer)
    assert clear_visitors() == 0


def test_accounts_stay():
    account = visitor(account=User.objects.create_user("anna"))
    assert clear_visitors() == 0
    assert exists(account)


@pytest.mark.parametrize(("status", "goes"), [("waiting", False), ("done", True), ("given_up", True)])
def test_a_visitor_who_became_an_account_goes_once_the_hub_has_been_told(status, goes):
    merged, account = visitor(), visitor(account=User.objects.create_user("anna"))
    AccountMerge.objects.create(visitor=merged, account_user=account, status=status)
    clear_visitors()
    assert (exists(merged), exists(account)) == (not goes, True)
    assert AccountMerge.objects.exists() is not goes


def test_a_merged_visitor_stays_while_a_design_remembers_who_made_it():
    merged, account = visitor(), visitor(account=User.objects.create_user("anna"))
    AccountMerge.objects.create(visitor=merged, account_user=account, status="done")
    make_cart_design(account, made_as=merged)
    assert clear_visitors() == 0
