"""A form of a product that arrives twice, late, or after somebody else's."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from catalog.forms.products import ProductGroupForm
from catalog.models import CategoryPage, PriceBreak, ProductGroupPage, ProductPicture, ProductVariant
from catalog.skus import SkuTaken
from tests.catalog.test_admin import form_data, send_changed, send_new
from tests.catalog.test_skus import live_skus
from tests.factories.catalog import a_group, a_picture

pytestmark = pytest.mark.django_db


def save_draft(editor, group, data):
    return editor.post(reverse("wagtailadmin_pages:edit", args=[group.pk]), data)


def draft_of(group) -> ProductGroupPage:
    return ProductGroupPage.objects.get(pk=group.pk).get_latest_revision_as_object()


def draft_skus(group) -> list[str]:
    return [variant.sku for variant in draft_of(group).variants.all()]


def with_a_new_variant(group) -> dict:
    """The form of a product with one variant, to which a browser has added another: it knows no id of it."""
    return form_data([{"id": group.variants.get().pk, "sku": "OW-A"}, {"sku": "OW-NEW"}], initial=1)


@pytest.mark.parametrize("send", [save_draft, send_changed], ids=["saving a draft", "publishing"])
@pytest.mark.parametrize("live", [True, False], ids=["live", "never published"])
def test_a_new_variant_that_is_sent_twice_is_one_variant(editor, live, send):
    group = a_group("OW-A", live=live)
    data = with_a_new_variant(group)
    send_changed(editor, group, data)

    response = send(editor, group, data)

    assert response.status_code in (200, 302)
    assert draft_skus(group) == ["OW-A", "OW-NEW"]
    assert live_skus(group) == ["OW-A", "OW-NEW"]


def test_what_was_typed_after_an_autosave_goes_into_the_row_that_it_made(editor):
    group = a_group("OW-A", live=False)
    data = with_a_new_variant(group)
    save_draft(editor, group, data)
    saved = group.variants.get(sku="OW-NEW")

    send_changed(editor, group, {**data, "variants-1-title": "Twenty"})

    assert ProductVariant.objects.get(sku="OW-NEW").pk == saved.pk
    assert ProductVariant.objects.get(sku="OW-NEW").title == "Twenty"


def test_a_new_variant_that_is_deleted_after_an_autosave_is_gone(editor):
    group = a_group("OW-A", live=False)
    data = with_a_new_variant(group)
    save_draft(editor, group, data)

    save_draft(editor, group, {**data, "variants-1-DELETE": "1"})

    assert draft_skus(group) == live_skus(group) == ["OW-A"]


def test_the_sku_that_somebody_else_has_added_meanwhile_is_refused_for_another_variant(editor):
    group = a_group("OW-A")
    first = {"id": group.variants.get().pk, "sku": "OW-A"}
    send_changed(editor, group, form_data([first, {"sku": "OW-NEW"}], initial=1))

    response = send_changed(editor, group, form_data([{**first, "sku": "OW-NEW"}], initial=1))

    assert response.status_code == 200
    assert "Somebody else has just given the SKU OW-NEW to another variant" in response.content.decode()
    assert live_skus(group) == ["OW-A", "OW-NEW"]


def test_a_discount_and_a_picture_that_are_sent_twice_are_one(editor):
    group = a_group("OW-A")
    picture = {"image": a_picture().pk}
    data = form_data(
        [{"id": group.variants.get().pk, "sku": "OW-A"}],
        initial=1,
        breaks=[{"minimum_quantity": "5", "discount_percent": "10"}],
    ) | nested_form_data({"gallery": inline_formset([picture])})

    send_changed(editor, group, data)
    send_changed(editor, group, data)

    assert PriceBreak.objects.count() == 1
    assert ProductPicture.objects.count() == 1


def test_an_editor_is_told_which_row_somebody_else_has_deleted(editor):
    group = a_group("OW-A", "OW-B")
    first, second = ({"id": variant.pk, "sku": variant.sku} for variant in group.variants.all())
    send_changed(editor, group, form_data([first, {**second, "DELETE": "1"}], initial=2))

    response = send_changed(editor, group, form_data([first, second], initial=2))

    rows = response.context["form"].formsets["variants"].forms
    assert [list(form.errors.get("sku", [])) for form in rows] == [
        [],
        ["Somebody else has deleted this row meanwhile. Delete it here too, and add it anew to keep it."],
    ]
    assert live_skus(group) == ["OW-A"]


def test_a_row_that_is_deleted_by_both_is_no_trouble(editor):
    group = a_group("OW-A", "OW-B")
    first, second = ({"id": variant.pk, "sku": variant.sku} for variant in group.variants.all())
    data = form_data([first, {**second, "DELETE": "1"}], initial=2)
    send_changed(editor, group, data)

    response = send_changed(editor, group, data)

    assert response.status_code == 302
    assert live_skus(group) == ["OW-A"]


class TestAClashThatTheFormNeverFinds:
    """Two others, one after the other, each between a look at the form and its saving."""

    @pytest.fixture(autouse=True)
    def saving_clashes(self, monkeypatch):
        def clash(*args, **kwargs):
            raise SkuTaken("The SKU OW-NEW is also used by “Posters”.")

        monkeypatch.setattr(ProductGroupForm, "save", clash)

    def test_leads_an_existing_page_to_its_form(self, editor):
        group = a_group("OW-A", title="Cards")

        response = save_draft(editor, group, with_a_new_variant(group))

        assert response.url == reverse("wagtailadmin_pages:edit", args=[group.pk])
        assert "The SKU OW-NEW is also used by “Posters”." in str(*get_messages(response.wsgi_request))

    def test_leads_a_new_page_to_where_it_was_to_be(self, editor):
        response = send_new(editor, form_data([{"sku": "OW-NEW"}]))

        assert response.url == reverse("wagtailadmin_explore", args=[CategoryPage.objects.get().pk])
        assert "The SKU OW-NEW is also used by “Posters”." in str(*get_messages(response.wsgi_request))
