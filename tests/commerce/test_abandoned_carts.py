"""Carts that visitors left behind are cleared; their designs stay for as long as was promised."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from commerce.models import Cart, CartItem
from commerce.services.abandoned_carts import clear_abandoned_carts
from commerce.services.cart import add_plain_item, remove_item
from personalization.designs.services.retention import let_expired_go
from personalization.models import Design, RemoteCleanUp
from tests.factories.commerce import make_cart_design, make_variant
from tests.factories.personalization import make_storefront_user

pytestmark = pytest.mark.django_db


def left_behind(owner, *, days, **design):
    """A cart with a design that nobody has changed for so many days."""
    cart = Cart.objects.create(owner=owner)
    design = make_cart_design(owner, **design)
    CartItem.objects.create(cart=cart, sku=design.sku, design=design)
    Cart.objects.filter(pk=cart.pk).update(updated_at=timezone.now() - timedelta(days=days))
    return design


def test_a_visitors_cart_is_cleared_after_its_days_and_not_before(owner):
    left_behind(owner, days=91)
    left_behind(make_storefront_user(), days=89)
    assert clear_abandoned_carts() == 1
    assert not Cart.objects.filter(owner=owner).exists()
    assert CartItem.objects.count() == 1


def test_the_days_are_a_setting(owner, settings):
    settings.VISITOR_CARTS_KEPT_DAYS = 7
    left_behind(owner, days=8)
    assert clear_abandoned_carts() == 1


def test_an_accounts_cart_waits(owner):
    owner.account = User.objects.create(username="anna")
    owner.save()
    left_behind(owner, days=1000)
    assert clear_abandoned_carts() == 0
    assert CartItem.objects.count() == 1


def test_a_visitor_who_came_back_keeps_the_cart(owner):
    left_behind(owner, days=91)
    make_variant("OW-PENCIL", price="4.00", page_title="Pencils")
    add_plain_item(owner=owner, sku="OW-PENCIL", quantity=1)
    assert clear_abandoned_carts() == 0
    assert CartItem.objects.count() == 2


def test_the_design_goes_with_the_cart_only_when_its_promise_is_over(owner):
    now = timezone.now()
    over = left_behind(owner, days=91, kept_until=now - timedelta(days=1))
    promised = left_behind(make_storefront_user(), days=91, kept_until=now + timedelta(days=5))
    assert let_expired_go() == 0
    assert clear_abandoned_carts() == 2
    assert let_expired_go() == 1
    assert Design.objects.get() == promised
    assert RemoteCleanUp.objects.get().state_ids == over.state_ids


def test_what_a_shopper_takes_out_of_the_cart_is_kept_anew(owner):
    design = left_behind(owner, days=0, kept_until=timezone.now() - timedelta(days=1))
    remove_item(owner=owner, item_id=design.cart_item.pk)
    assert let_expired_go() == 0
    assert Design.objects.get().kept_until > timezone.now() + timedelta(days=89)
