"""A login at the same moment as something else: nothing is lost between the visitor and the account."""

import pytest
from django.contrib.auth.models import User

from commerce.models import CartItem
from commerce.services.account_merge import merge_into_account
from commerce.services.cart import add_plain_item
from personalization.models import AccountMerge, StorefrontUser
from tests.commerce.parallel import run_parallel
from tests.factories.commerce import make_variant
from tests.factories.personalization import make_storefront_user

pytestmark = pytest.mark.django_db(transaction=True)

TIMES = 8


@pytest.fixture
def owner(transactional_db):
    return make_storefront_user()


@pytest.fixture
def account(transactional_db):
    return User.objects.create(username="anna")


def test_what_goes_into_the_cart_during_the_login_ends_in_the_accounts(owner, account, tmp_path):
    make_variant("OW-PENCIL")

    def act(number):
        if number == TIMES // 2:
            return merge_into_account(visitor=owner, account=account).pk
        return add_plain_item(owner=owner, sku="OW-PENCIL", quantity=1).pk

    run_parallel(act, times=TIMES, folder=tmp_path)

    [line] = CartItem.objects.select_related("cart__owner")
    assert (line.cart.owner.account, line.quantity) == (account, TIMES - 1)


def test_a_login_sent_many_times_at_once_merges_once(owner, account, tmp_path):
    make_variant("OW-PENCIL")
    add_plain_item(owner=owner, sku="OW-PENCIL", quantity=3)

    answers = run_parallel(
        lambda number: merge_into_account(visitor=owner, account=account).pk, times=TIMES, folder=tmp_path
    )

    assert answers == [StorefrontUser.objects.get(account=account).pk] * TIMES
    assert AccountMerge.objects.count() == 1
    assert CartItem.objects.get().quantity == 3
