"""A design is let go, or deleted, at the very moment in which it is put into a cart: one of both happens."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.utils import timezone

from commerce.models import CartItem
from commerce.services.cart import put_design
from personalization.designs.services.copying import copy_for_editing
from personalization.designs.services.retention import DesignInUse, delete_design, let_expired_go
from personalization.models import Design, RemoteCleanUp, StorefrontUser
from personalization.shoppers.services.visitors import storefront_user_token
from tests.commerce.parallel import run_parallel
from tests.factories.commerce import make_cart_design

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def owner(transactional_db):
    return StorefrontUser.objects.create()


def put(owner, design) -> str:
    try:
        put_design(owner=owner, design=design, quantity=1)
    except Design.DoesNotExist:
        return "too late"
    return "in the cart"


def check(answers) -> None:
    """Either it lies in the cart and stays, or it is gone and only its clean_up is there."""
    rows = (CartItem.objects.count(), Design.objects.count(), RemoteCleanUp.objects.count())
    assert (answers[0], rows) in [("in the cart", (1, 1, 0)), ("too late", (0, 0, 1))]


def test_letting_go_and_putting_into_the_cart(owner, tmp_path):
    design = make_cart_design(owner, kept_until=timezone.now() - timedelta(days=1))
    answers = run_parallel(
        lambda number: let_expired_go() if number else put(owner, design), times=2, folder=tmp_path
    )
    check(answers)


def test_deleting_and_putting_into_the_cart(owner, tmp_path):
    design = make_cart_design(owner)

    def delete() -> None:
        with suppress(DesignInUse):
            delete_design(owner=owner, design=design)

    check(run_parallel(lambda number: delete() if number else put(owner, design), times=2, folder=tmp_path))


def test_an_ordered_design_opened_many_times_at_once_has_one_copy(owner, sandbox, tmp_path):
    storefront_user_token(owner)
    state = sandbox.control.add_design(owner.hub_id, "classic-business-cards")
    design = make_cart_design(owner, state_ids=[state])

    copies = run_parallel(
        lambda number: copy_for_editing(design=design, owner=owner).pk, times=4, folder=tmp_path
    )

    assert set(copies) == {Design.objects.get(is_untouched=True).pk}
