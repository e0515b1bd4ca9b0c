"""Fixtures of carts and orders."""

import pytest

from tests.factories.commerce import client_of
from tests.factories.personalization import make_storefront_user


@pytest.fixture
def owner(db):
    """A visitor."""
    return make_storefront_user()


@pytest.fixture
def shopper(owner):
    """The visitor's browser."""
    return client_of(owner)


@pytest.fixture
def stranger(db):
    """Another visitor's browser."""
    return client_of(make_storefront_user())
