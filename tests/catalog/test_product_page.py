import json
import re

import pytest

from catalog.models import ProductGroupPage, ProductPicture, ProductVariant
from tests.factories.catalog import a_category, a_group, a_picture

pytestmark = pytest.mark.django_db


def html(client, group) -> str:
    response = client.get(group.url)
    assert response.status_code == 200
    return response.content.decode()


def json_script(page: str, name: str):
    return json.loads(re.search(rf'<script id="{name}"[^>]*>(.*?)</script>', page)[1])


def linked_data(page: str, kind: str) -> dict:
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    return next(data for data in map(json.loads, scripts) if data["@type"] == kind)


def test_the_first_variant_on_sale_is_chosen(client):
    group = a_group("OW-A", "OW-B")
    ProductVariant.objects.filter(sku="OW-A").update(is_active=False)

    page = html(client, group)

    assert '<input type="radio" name="sku" value="OW-A" disabled>' in page
    assert '<input type="radio" name="sku" value="OW-B" checked>' in page
    assert "Not available" in page


def test_a_product_without_variants_on_sale_cannot_be_bought(client):
    group = a_group("OW-A")
    ProductVariant.objects.update(is_active=False)

    page = html(client, group)

    assert "This product is not available at the moment." in page
    assert '<form class="product-form"' not in page
    assert linked_data(page, "Product")["offers"][0]["availability"] == "https://schema.org/OutOfStock"


def test_a_plain_product_goes_into_the_cart_without_script(client):
    page = html(client, a_group("OW-A"))

    assert '<form class="product-form" action="/cart/add/" method="get" data-product-form>' in page
    assert '<input type="hidden" name="sku" value="OW-A">' in page
    assert "Add to cart" in page
    assert "Personalize</a>" not in page


def test_a_personalized_product_leads_to_the_editor(client):
    page = html(client, a_group("OW-A", "OW-B", personalized=True))

    assert 'href="/personalize/OW-A/?quantity=1" rel="nofollow" data-personalize>Personalize</a>' in page
    assert "Add to cart" not in page


def test_prices_by_quantity_stand_in_a_table_and_in_the_scripts_data(client):
    page = html(client, a_group("OW-A", "OW-B", price="10.00", breaks={5: 10, 10: 25}))

    assert '<td data-from="5"><span class="price">€9.00</span></td>' in page
    prices = json_script(page, "product-variants")["OW-A"]["prices"]
    assert prices == [[1, "10.00"], [5, "9.00"], [10, "7.50"]]


def test_variants_of_one_price_share_a_row_of_the_table(client):
    group = a_group("OW-A", "OW-B", breaks={5: 10})
    assert html(client, group).count("data-price-row") == 1

    ProductVariant.objects.filter(sku="OW-B").update(price="12.00")
    assert html(client, group).count("data-price-row") == 2


def test_search_engines_read_offers_and_breadcrumbs(client):
    cards = a_category("Cards")
    group = a_group("OW-A", title="Postcards", price="2.40", parent=a_category("Small", parent=cards))

    page = html(client, group)

    [offer] = linked_data(page, "Product")["offers"]
    assert (offer["sku"], offer["price"], offer["priceCurrency"]) == ("OW-A", "2.40", "EUR")
    places = linked_data(page, "BreadcrumbList")["itemListElement"]
    assert [place["name"] for place in places] == ["Oakwren", "Shop", "Cards", "Small", "Postcards"]


def test_titles_are_escaped_wherever_they_stand(client):
    page = html(client, a_group("OW-A", "OW-B", title="</script><script>alert(1)</script>"))

    assert "<script>alert(1)" not in page


def test_other_products_of_the_category_are_shown_but_never_the_product_itself(client):
    category = a_category()
    first = a_group("OW-A", title="Alpha", parent=category)
    a_group("OW-B", title="Beta", parent=category)
    a_group("OW-C", title="Gamma", parent=category, live=False)
    a_group("OW-D", title="Delta", parent=a_category("Other"))

    related = html(client, first).partition("product-related")[2]

    assert "Beta" in related
    assert "Gamma" not in related
    assert "Delta" not in related
    assert "Alpha" not in related


def a_full_group(category, number: int, *, variants: int, pictures: int) -> ProductGroupPage:
    group = a_group(
        *[f"OW-{number}-{letter}" for letter in range(variants)],
        parent=category,
        picture=a_picture(),
        breaks={5: 10, 10: 20},
    )
    group.gallery = [ProductPicture(image=a_picture(f"Picture {i}")) for i in range(pictures)]
    group.save_revision().publish()
    return group


@pytest.mark.parametrize(("variants", "pictures", "others"), [(1, 1, 1), (8, 6, 5)])
def test_a_product_page_takes_ten_queries_whatever_it_shows(
    client, django_assert_num_queries, variants, pictures, others
):
    category = a_category()
    group = a_full_group(category, 0, variants=variants, pictures=pictures)
    for number in range(others):
        a_full_group(category, number + 1, variants=2, pictures=1)
    client.get(group.url)

    with django_assert_num_queries(10):
        page = html(client, group)

    assert page.count('id="picture-') == pictures + 1


def test_a_product_page_is_the_same_for_everybody_and_sets_no_cookie(client):
    group = a_full_group(a_category(), 0, variants=2, pictures=1)

    first, second = client.get(group.url), client.get(group.url, headers={"cookie": "visitor=abc"})

    assert first.content == second.content
    assert not first.cookies


def test_a_product_below_a_private_category_asks_for_the_password(client):
    from wagtail.models import PageViewRestriction

    category = a_category()
    group = a_group("OW-A", title="Secret cards", parent=category)
    PageViewRestriction.objects.create(
        page=category, restriction_type=PageViewRestriction.PASSWORD, password="x"
    )

    page = client.get(group.url).content.decode()

    assert "OW-A" not in page
    assert "password" in page.lower()


def test_an_address_with_a_wrong_category_is_not_found(client):
    group = a_group("OW-A")
    other = a_category("Other")

    assert client.get(f"{other.url}{group.slug}/").status_code == 404


def test_an_unpublished_product_is_not_found(client):
    group = a_group("OW-A", live=False)

    assert client.get(group.get_url()).status_code == 404
