"""The editor's view of products."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from catalog.models import ProductGroupPage, ProductVariant
from tests.catalog.test_skus import draft_with_sku, live_skus
from tests.factories.catalog import a_category, a_group, a_picture

pytestmark = pytest.mark.django_db


def form_data(variants: list[dict], *, breaks: list[dict] = (), initial: int = 0, **fields) -> dict:
    """What the editor's form of a product group sends."""
    rows = [
        {
            "sku": "OW-NEW",
            "title": "Ten",
            "price": "10.00",
            "pack_size": "1",
            "options": "",
            "is_active": "on",
            **variant,
        }
        for variant in variants
    ]
    return nested_form_data(
        {
            "title": "Thank-you cards",
            "slug": "thank-you-cards",
            "body": streamfield([]),
            "personalization": streamfield([]),
            "gallery": inline_formset([]),
            "variants": inline_formset(rows, initial=initial),
            "price_breaks": inline_formset(list(breaks)),
            "comments": inline_formset([]),
            **fields,
        }
    )


def send_new(editor, data: dict, *, publish: bool = True):
    url = reverse("wagtailadmin_pages:add", args=["catalog", "productgrouppage", a_category().pk])
    return editor.post(url, {**data, "action-publish": "1"} if publish else data)


def send_changed(editor, group: ProductGroupPage, data: dict):
    url = reverse("wagtailadmin_pages:edit", args=[group.pk])
    return editor.post(url, {**data, "action-publish": "1"})


def errors(response) -> str:
    return response.content.decode()


def test_an_editor_publishes_a_product_with_options_and_a_discount(editor):
    data = form_data(
        [{"sku": "OW-TY-10", "options": "Paper: Matt\nPack: 10"}, {"sku": "OW-TY-20", "title": "Twenty"}],
        breaks=[{"minimum_quantity": "5", "discount_percent": "10"}],
    )

    response = send_new(editor, data)

    assert response.status_code == 302
    group = ProductGroupPage.objects.get(slug="thank-you-cards")
    assert group.live
    assert [(v.sku, v.options) for v in group.variants.all()] == [
        ("OW-TY-10", [["Paper", "Matt"], ["Pack", "10"]]),
        ("OW-TY-20", []),
    ]
    assert group.price_breaks.get().minimum_quantity == 5


def test_the_sku_of_another_page_is_refused_with_its_title(editor):
    a_group("OW-A", title="Gift tags")

    response = send_new(editor, form_data([{"sku": "OW-A"}]))

    assert response.status_code == 200
    assert "The SKU OW-A is already used by “Gift tags”. Choose another one." in errors(response)
    assert live_skus(ProductGroupPage.objects.get()) == ["OW-A"]


def test_many_skus_of_another_page_are_refused_in_one_sentence_and_each_beside_its_row(editor):
    skus = [f"OW-{number}" for number in range(7)]
    a_group(*skus, title="Gift tags")

    response = send_new(editor, form_data([{"sku": sku} for sku in skus]))

    form = response.context["form"]
    assert form.non_field_errors() == [
        "The SKUs OW-0, OW-1, OW-2, OW-3, OW-4 and 2 more are already used by “Gift tags”. Choose other ones."
    ]
    assert [row.errors["sku"] for row in form.formsets["variants"].forms] == [
        [f"The SKU {sku} is already used by “Gift tags”. Choose another one."] for sku in skus
    ]


@pytest.mark.parametrize("publish", [True, False], ids=["publishing", "saving a draft"])
def test_the_sku_of_another_pages_draft_is_refused(editor, publish):
    draft_with_sku(a_group("OW-A", title="Gift tags"), "OW-DRAFT")

    response = send_new(editor, form_data([{"sku": "OW-DRAFT"}]), publish=publish)

    assert "The SKU OW-DRAFT is already used by “Gift tags”" in errors(response)
    assert ProductGroupPage.objects.count() == 1


def test_a_sku_twice_on_one_page_is_refused(editor):
    response = send_new(editor, form_data([{"sku": "OW-A"}, {"sku": "OW-A"}]))

    assert "Please correct the duplicate data for sku" in errors(response)
    assert not ProductGroupPage.objects.exists()


def test_a_draft_needs_a_sku_for_each_variant(editor):
    response = send_new(editor, form_data([{"sku": ""}]), publish=False)

    assert response.status_code == 200
    assert not ProductGroupPage.objects.exists()


@pytest.mark.parametrize("sku", ["OW A", "OW/A", "-A", "Ä1"])
def test_a_sku_that_does_not_fit_into_an_address_is_refused(editor, sku):
    response = send_new(editor, form_data([{"sku": sku}]))

    assert "Use letters, digits, hyphens, dots and underscores only" in errors(response)


def test_two_discounts_from_one_quantity_are_refused(editor):
    breaks = [{"minimum_quantity": "5", "discount_percent": percent} for percent in ("10", "20")]

    response = send_new(editor, form_data([{"sku": "OW-A"}], breaks=breaks))

    assert "There is more than one discount from 5 pieces on." in errors(response)


def test_options_that_make_no_sense_are_explained(editor):
    response = send_new(editor, form_data([{"options": "Matt"}]))

    assert "Write each option as a name, a colon and a value" in errors(response)


def test_variants_that_exchange_skus_are_refused(editor):
    group = a_group("OW-A", "OW-B")
    first, second = group.variants.all()
    rows = [{"id": first.pk, "sku": "OW-B"}, {"id": second.pk, "sku": "OW-A"}]

    response = send_changed(editor, group, form_data(rows, initial=2))

    assert "Another variant of this product was published with the SKU OW-B." in errors(response)
    assert live_skus(group) == ["OW-A", "OW-B"]


def test_a_variant_may_take_the_sku_of_one_that_is_deleted_with_it(editor):
    group = a_group("OW-A", "OW-B")
    first, second = group.variants.all()
    rows = [{"id": first.pk, "sku": "OW-A", "DELETE": "on"}, {"id": second.pk, "sku": "OW-A"}]

    response = send_changed(editor, group, form_data(rows, initial=2))

    assert response.status_code == 302
    assert live_skus(group) == ["OW-A"]


def test_copying_a_page_in_the_admin_leaves_skus_and_reference_behind(editor):
    group = a_group("OW-A", reference="cards")

    response = editor.post(
        reverse("wagtailadmin_pages:copy", args=[group.pk]),
        {
            "new_title": "Copy",
            "new_slug": "copy",
            "new_parent_page": group.get_parent().pk,
            "copy_subpages": "",
            "publish_copies": "on",
        },
    )

    assert response.status_code == 302
    copy = ProductGroupPage.objects.get(slug="copy")
    assert live_skus(copy) == []
    assert copy.reference != "cards"


def test_an_alias_made_in_the_admin_leaves_the_skus_with_its_source(editor):
    group = a_group("OW-A")

    response = editor.post(
        reverse("wagtailadmin_pages:copy", args=[group.pk]),
        {
            "new_title": "Alias",
            "new_slug": "alias",
            "new_parent_page": group.get_parent().pk,
            "copy_subpages": "",
            "alias": "on",
        },
    )

    assert response.status_code == 302
    assert live_skus(ProductGroupPage.objects.get(slug="alias")) == []
    assert live_skus(group) == ["OW-A"]


def test_a_bulk_publication_with_a_clash_publishes_nothing_and_names_the_page(editor):
    group = a_group("OW-A", title="Cards")
    draft_with_sku(group, "OW-TAKEN")
    a_group("OW-B", title="Mugs")
    ProductVariant.objects.filter(sku="OW-B").update(sku="OW-TAKEN")

    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = editor.post(f"{url}?id={group.pk}&next=/admin/")

    assert response.status_code == 302
    [message] = get_messages(response.wsgi_request)
    assert "Nothing was published. “Cards” cannot be: The SKU OW-TAKEN is also used by “Mugs”." in str(
        message
    )
    assert live_skus(group) == ["OW-A"]


def test_a_bulk_publication_without_a_clash_goes_on(editor):
    group = a_group("OW-A", live=False)

    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    editor.post(f"{url}?id={group.pk}&next=/admin/")

    assert ProductGroupPage.objects.get(pk=group.pk).live


def test_the_reference_is_shown_but_cannot_be_changed(editor):
    group = a_group("OW-A", reference="cards")
    [variant] = group.variants.all()
    data = form_data([{"id": variant.pk, "sku": "OW-A"}], initial=1, reference="hijacked")

    assert "cards" in editor.get(reverse("wagtailadmin_pages:edit", args=[group.pk])).content.decode()
    send_changed(editor, group, data)

    assert ProductGroupPage.objects.get(pk=group.pk).reference == "cards"


def test_a_draft_can_be_previewed_before_it_is_ever_saved(editor):
    url = reverse("wagtailadmin_pages:preview_on_add", args=["catalog", "productgrouppage", a_category().pk])
    data = form_data([{"sku": "OW-A"}], breaks=[{"minimum_quantity": "5", "discount_percent": "10"}])

    assert editor.post(url, data).json() == {"is_valid": True, "is_available": True}
    assert "€9.00" in editor.get(url).content.decode()


def listing_queries(editor, django_assert_max_num_queries) -> int:
    url = reverse("products:index")
    editor.get(url)
    with django_assert_max_num_queries(60) as counted:
        assert editor.get(url).status_code == 200
    return len(counted.captured_queries)


def test_the_list_of_products_takes_as_many_queries_for_ten_as_for_two(editor, django_assert_max_num_queries):
    category = a_category()
    for number in range(2):
        a_group(f"OW-{number}", parent=category, picture=a_picture())
    few = listing_queries(editor, django_assert_max_num_queries)
    for number in range(2, 10):
        a_group(f"OW-{number}", parent=category, picture=a_picture())

    assert listing_queries(editor, django_assert_max_num_queries) == few


@pytest.mark.parametrize("ordering", ["price_from", "-variant_count", "is_personalized", "title"])
def test_the_list_of_products_can_be_sorted(editor, ordering):
    a_group("OW-A", title="Cheap", price="1.00")
    a_group("OW-B", "OW-C", title="Dear", price="9.00", personalized=True)

    response = editor.get(reverse("products:index"), {"ordering": ordering})

    page = response.content.decode()
    is_reversed = ordering.startswith("-")
    assert (page.index("Cheap") < page.index("Dear")) is not is_reversed
    assert "€9.00" in page
