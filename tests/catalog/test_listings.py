from decimal import Decimal

import pytest
from django.core.files.images import ImageFile
from django.test import RequestFactory
from wagtail.models import PageViewRestriction

from catalog.models import ProductGroupPage, ProductVariant
from catalog.selectors.listings import Listing
from tests.factories.catalog import a_category, a_group, a_picture, a_shop

pytestmark = pytest.mark.django_db


def listed(branch, **parameters) -> Listing:
    """What the page of a category or of the catalog lists."""
    return branch.get_context(RequestFactory().get("/", parameters))["listing"]


def titles(branch, **parameters) -> list[str]:
    return [card.title for card in listed(branch, **parameters).products]


def test_a_category_lists_its_products_and_those_of_its_subcategories():
    cards = a_category("Cards")
    weddings = a_category("Weddings", parent=cards)
    a_group("OW-A", title="Postcards", parent=cards)
    a_group("OW-B", title="Invitations", parent=weddings)
    a_group("OW-C", title="Mugs", parent=a_category("Gifts"))

    assert sorted(titles(cards)) == ["Invitations", "Postcards"]
    assert [card.title for card in listed(cards).categories] == ["Weddings"]


def test_drafts_are_not_listed():
    category = a_category()
    a_group("OW-A", title="Draft", parent=category, live=False)

    assert titles(category) == []


def test_products_of_a_private_subcategory_are_not_listed():
    cards = a_category("Cards")
    secret = a_category("Secret", parent=cards)
    a_group("OW-A", title="Hidden", parent=secret)
    PageViewRestriction.objects.create(
        page=secret, restriction_type=PageViewRestriction.PASSWORD, password="x"
    )

    assert titles(cards) == []
    assert listed(cards).categories == []


def test_products_are_sorted_by_newest_first_unless_asked_otherwise():
    category = a_category()
    a_group("OW-A", title="Banners", price="5.00", parent=category)
    a_group("OW-B", title="Albums", price="7.00", parent=category)
    a_group("OW-C", title="Cards", price="3.00", parent=category)

    assert titles(category) == ["Cards", "Albums", "Banners"]
    assert titles(category, sort="price") == ["Cards", "Banners", "Albums"]
    assert titles(category, sort="name") == ["Albums", "Banners", "Cards"]
    assert titles(category, sort="nonsense") == ["Cards", "Albums", "Banners"]


def test_the_price_on_a_card_is_the_lowest_among_variants_on_sale():
    category = a_category()
    group = a_group("OW-A", "OW-B", "OW-C", price="9.00", parent=category)
    ProductVariant.objects.filter(sku="OW-B").update(price="4.00")
    ProductVariant.objects.filter(sku="OW-C").update(price="1.00", is_active=False)

    [card] = listed(category).products

    assert card.price_from == Decimal("4.00")
    [alone] = ProductGroupPage.cards([ProductGroupPage.objects.get(pk=group.pk)])
    assert alone.price_from == Decimal("4.00")


def test_a_product_without_variants_on_sale_has_no_price_and_comes_last_by_price():
    category = a_category()
    a_group(title="Empty", parent=category)
    a_group("OW-A", title="Cards", parent=category)

    cards = listed(category, sort="price").products

    assert [(card.title, card.price_from is None) for card in cards] == [("Cards", False), ("Empty", True)]


def test_a_long_category_comes_in_pages_of_24_and_keeps_its_sorting(client):
    category = a_category()
    for number in range(25):
        a_group(f"OW-{number}", title=f"Product {number:02}", parent=category)

    first = client.get(category.url, {"sort": "name"}).content.decode()
    second = client.get(category.url, {"sort": "name", "page": 2}).content.decode()

    assert first.count('class="card"') == 24
    assert "?sort=name&amp;page=2" in first
    assert "Product 24" in second
    assert second.count('class="card"') == 1


@pytest.mark.parametrize("page", ["0", "99", "x"])
def test_a_page_number_that_is_none_is_not_found(client, page):
    category = a_category()
    a_group("OW-A", parent=category)

    assert client.get(category.url, {"page": page}).status_code == 404


def a_full_category(*, products: int, subcategories: int):
    """A category whose cards all have pictures."""
    picture = a_picture()
    category = a_category(picture=picture)
    for number in range(subcategories):
        a_category(f"Category {number}", parent=category, picture=a_picture())
    for number in range(products):
        own = a_picture(f"Picture {number}")
        a_group(f"OW-{number}A", f"OW-{number}B", parent=category, picture=own, breaks={5: 10})
    return category


@pytest.mark.parametrize(("products", "subcategories"), [(2, 1), (24, 4)])
def test_a_category_page_takes_eight_queries_whatever_it_lists(
    client, django_assert_num_queries, products, subcategories
):
    category = a_full_category(products=products, subcategories=subcategories)
    client.get(category.url)

    with django_assert_num_queries(8):
        response = client.get(category.url)

    assert response.content.decode().count('class="card"') == products


def test_a_category_page_is_the_same_for_everybody_and_sets_no_cookie(client):
    category = a_full_category(products=1, subcategories=1)

    first, second = client.get(category.url), client.get(category.url, headers={"cookie": "visitor=abc"})

    assert first.content == second.content
    assert not first.cookies
    assert "sessionid" not in client.cookies


def test_the_catalog_lists_categories_in_the_editors_order(client):
    a_category("Zebras")
    a_category("Apples")

    page = client.get(a_shop().url).content.decode()

    assert page.index("Zebras") < page.index("Apples")


def test_a_lost_picture_file_does_not_take_the_category_down(client):
    category = a_full_category(products=1, subcategories=0)
    image = category.picture
    image.file.storage.delete(image.file.name)

    assert client.get(category.url).status_code == 200
    assert isinstance(image.file, ImageFile)
