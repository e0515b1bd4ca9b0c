"""A catalog file is used as it is, or refused in words that name what is wrong."""

import copy
import json

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
        (changed(title=5), "product 1: 'title' must be a text"),
        (changed(variants="MATT"), "Loyalty cards: 'variants' must be a list"),
        (changed(variants=["MATT"]), "Loyalty cards: a variant must be an object"),
        (changed(variants__0__sku=5), "Loyalty cards: 'sku' must be a text"),
        (changed(variants__0__price=["10.00"]), "Loyalty cards: a price is no number"),
        (changed(variants__0__price="NaN"), "Loyalty cards: a price is no number"),
        (changed(variants__0__price="-1.00"), "Loyalty cards: a price is below 0"),
        (changed(variants__0__options=["Matt"]), "Loyalty cards: 'options' must be an object"),
        (changed(variants__0__options={"Paper": 5}), "Loyalty cards: 'Paper' must be a text"),
        (changed(variants__0__weight_grams="heavy"), "Loyalty cards: 'weight_grams' must be a number"),
        (changed(variants__0__active="no"), "Loyalty cards: 'active' must be true or false"),
        (changed(personalization="handy-editor"), "Loyalty cards: 'personalization' must be an object"),
        (changed(personalization__surfaces="Front"), "Loyalty cards: 'surfaces' must be a list"),
    ],
)
def test_a_product_that_cannot_be_sold_is_named(product, complaint):
    with pytest.raises(ValueError, match=complaint):
        Catalog.read({"product_groups": [product]})


@pytest.mark.parametrize(
    ("catalog", "complaint"),
    [
        ([PRODUCT], "It must be an object with a list 'product_groups'"),
        ({}, "It must be an object with a list 'product_groups'"),
        ({"products": [PRODUCT]}, "It must be an object with a list 'product_groups'"),
        ({"product_groups": None}, "'product_groups' must be a list"),
        ({"product_groups": ["x"]}, "product 1 must be an object"),
        ({"product_groups": [{"title": "Mug"}]}, "None of its product groups has a 'personalization'"),
    ],
)
def test_what_holds_no_products_is_refused(catalog, complaint):
    with pytest.raises(ValueError, match=rf"^The catalog cannot be used\. {complaint}"):
        Catalog.read(catalog)


def test_a_tenant_may_have_no_products_yet():
    assert Catalog.read({"product_groups": []}).products == ()


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "It is no valid JSON: Expecting value in line 1, column 1."),
        (b'{"product_groups":\n [', "It is no valid JSON: Expecting value in line 2, column 3."),
        (b"\x89PNG\xff", "It is no text in UTF-8."),
        (b"{}", "It must be an object with a list 'product_groups'; see docs/catalog.md."),
    ],
)
def test_a_file_that_is_no_catalog_is_named(tmp_path, content, complaint):
    file = tmp_path / "cards.json"
    file.write_bytes(content)
    with pytest.raises(ValueError, match=r"^The catalog ") as refused:
        Catalog.read(file)
    assert str(refused.value) == f"The catalog {file} cannot be used. {complaint}"


@pytest.mark.parametrize(
    ("name", "reason"), [("nowhere.json", "No such file or directory"), ("", "Is a direc")]
)
def test_a_file_that_cannot_be_opened_is_named(tmp_path, name, reason):
    with pytest.raises(ValueError, match=r"^The catalog ") as refused:
        Catalog.read(tmp_path / name)
    assert str(refused.value).startswith(f"The catalog {tmp_path / name} cannot be used. {reason}")


def test_a_catalog_may_begin_with_a_byte_order_mark(tmp_path):
    file = tmp_path / "cards.json"
    file.write_text(json.dumps({"product_groups": [PRODUCT]}), encoding="utf-8-sig")
    assert [product.name for product in Catalog.read(file)] == ["Loyalty cards"]


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
