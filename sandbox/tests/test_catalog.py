"""A catalog file is used as it is, or refused in words that name what is wrong."""

import copy

import pytest

import tenant
from cchub_sandbox.catalog import Catalog

PRODUCT = tenant.plain_product("Loyalty cards")


def changed(**changes):
    """The plain product with other values; a dotted name reaches inside."""
    product = copy.deepcopy(PRODUCT)
    for name, value in changes.items():
        *outer, last = name.split("__")
        place = product
        for key in outer:
            place = place[int(key) if key.isdigit() else key]
        if value is None:
            del place[last]
        else:
            place[last] = value
    return product


@pytest.mark.parametrize(
    ("product", "complaint"),
    [
        (changed(title=None), "product 1: 'title' is missing"),
        (changed(variants__0__price=None), "Loyalty cards: 'price' is missing"),
        (changed(variants__0__price="cheap"), "Loyalty cards: a price is no number"),
        (changed(variants=[]), "Loyalty cards: there is no variant"),
        (changed(personalization__component="clay"), "Loyalty cards: there is no editor 'clay'; use handy-"),
        (changed(personalization__surfaces=[]), "Loyalty cards: The design has no surface"),
        (changed(personalization__surfaces__0__width="wide"), "Loyalty cards: A surface .* no usable width"),
    ],
)
def test_a_product_that_cannot_be_sold_is_named(product, complaint):
    with pytest.raises(ValueError, match=complaint):
        Catalog.read({"product_groups": [product]})


def test_a_reference_stands_for_one_product():
    twin = changed(variants__0__sku="OTHER")
    with pytest.raises(ValueError, match="reference 'loyalty-cards' is there 2 times"):
        Catalog.read({"product_groups": [PRODUCT, twin]})


def test_a_sku_is_one_variant():
    twin = changed(personalization__reference="other")
    with pytest.raises(ValueError, match="SKU 'LOYALTY-CARDS' is there 2 times"):
        Catalog.read({"product_groups": [PRODUCT, twin]})


def test_what_is_not_personalized_is_left_out():
    mug = {"title": "Plain mug"}
    assert [product.name for product in Catalog.read({"product_groups": [mug, PRODUCT]})] == ["Loyalty cards"]
