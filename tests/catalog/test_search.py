import pytest

from catalog.models import ProductGroupPage
from catalog.models.variants import sku_words
from tests.factories.catalog import a_group

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index")]


def test_a_sku_is_found_by_any_of_its_neighbouring_parts():
    assert sku_words("OW-BC-MATT").split() == ["OW", "OW-BC", "OW-BC-MATT", "BC", "BC-MATT", "MATT"]


@pytest.mark.parametrize("words", ["OW-BC-MATT-50", "BC-MATT", "bc-matt-50", "MATT-50", "OW-BC"])
def test_a_product_is_found_by_its_sku_and_by_parts_of_it(words):
    group = a_group("OW-BC-MATT-50", "OW-BC-COTTON-50", title="Business cards")
    a_group("OW-MG-WHITE", title="Mugs")

    assert [page.pk for page in ProductGroupPage.objects.live().search(words)] == [group.pk]


@pytest.mark.parametrize("words", ["ow-bc-m", "BC-MA", "busin"])
def test_a_product_is_suggested_while_its_sku_or_title_is_typed(words):
    group = a_group("OW-BC-MATT-50", title="Business cards")
    a_group("OW-MG-WHITE", title="Mugs")

    assert [page.pk for page in ProductGroupPage.objects.live().autocomplete(words)] == [group.pk]


def test_a_new_sku_is_found_as_soon_as_it_is_published():
    group = a_group("OW-OLD", title="Business cards")
    draft = ProductGroupPage.objects.get(pk=group.pk)
    [variant] = draft.variants.all()
    variant.sku = "OW-FRESH"
    draft.variants = [variant]
    draft.save_revision().publish()

    assert [page.pk for page in ProductGroupPage.objects.search("FRESH")] == [group.pk]
    assert list(ProductGroupPage.objects.search("OLD")) == []


def test_a_product_is_found_by_its_summary_and_by_the_title_of_a_variant():
    group = a_group("OW-A", title="Cards", summary="Printed on heavy cotton")

    assert [page.pk for page in ProductGroupPage.objects.search("cotton")] == [group.pk]
    assert [page.pk for page in ProductGroupPage.objects.search("Variant")] == [group.pk]
