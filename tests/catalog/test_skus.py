"""A SKU belongs to one variant, wherever it is held: live, in a draft, or scheduled."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import PageLogEntry

from catalog.models import ProductGroupPage, ProductVariant
from catalog.skus import SkuTaken, rows_in_the_way, skus_elsewhere
from tests.factories.catalog import a_category, a_group
from tests.factories.commerce import make_order

pytestmark = pytest.mark.django_db


def draft_with_sku(group: ProductGroupPage, sku: str, **fields):
    """Saves a draft in which the first variant has another SKU."""
    draft = ProductGroupPage.objects.get(pk=group.pk)
    variants = list(draft.variants.all())
    variants[0].sku = sku
    draft.variants = variants
    for name, value in fields.items():
        setattr(draft, name, value)
    return draft.save_revision()


def live_skus(group: ProductGroupPage) -> list[str]:
    return list(ProductVariant.objects.filter(page=group).values_list("sku", flat=True))


def test_a_sku_of_a_live_page_is_taken():
    a_group("OW-A", title="Cards")

    assert skus_elsewhere(["OW-A", "OW-B"], page_id=None) == {"OW-A": "Cards"}


def test_a_sku_that_only_a_draft_holds_is_taken():
    draft_with_sku(a_group("OW-A", title="Cards"), "OW-NEW")

    assert skus_elsewhere(["OW-NEW"], page_id=None) == {"OW-NEW": "Cards"}


def test_a_sku_that_only_a_scheduled_revision_holds_is_taken():
    group = a_group("OW-A", title="Cards")
    draft_with_sku(group, "OW-SOON", go_live_at=timezone.now() + timedelta(days=1)).publish()
    draft_with_sku(group, "OW-A")

    assert skus_elsewhere(["OW-SOON"], page_id=None) == {"OW-SOON": "Cards"}


def test_a_pages_own_skus_are_free_for_it():
    group = a_group("OW-A")

    assert skus_elsewhere(["OW-A"], page_id=group.pk) == {}


def test_variants_cannot_exchange_their_skus_in_one_publication():
    group = a_group("OW-A", "OW-B")
    first, second = group.variants.all()
    first.sku, second.sku = second.sku, first.sku

    assert rows_in_the_way([first, second], page_id=group.pk) == {"OW-A", "OW-B"}


def test_a_sku_is_free_again_once_its_variant_is_removed():
    group = a_group("OW-A", "OW-B")
    survivor = group.variants.last()
    survivor.sku = "OW-A"

    assert rows_in_the_way([survivor], page_id=group.pk) == set()


def test_publishing_a_draft_whose_sku_was_taken_meanwhile_is_refused_and_changes_nothing():
    group = a_group("OW-A", title="Cards")
    revision = draft_with_sku(group, "OW-NEW")
    a_group("OW-B", title="Mugs")
    ProductVariant.objects.filter(sku="OW-B").update(sku="OW-NEW")

    with pytest.raises(SkuTaken, match="The SKU OW-NEW is also used by “Mugs”"):
        revision.publish()

    assert live_skus(group) == ["OW-A"]


def test_a_clash_calls_off_a_scheduled_publication_and_later_pages_are_still_published():
    clashing, later = a_group("OW-A", title="Cards"), a_group("OW-B", title="Mugs")
    yesterday = timezone.now() - timedelta(days=1)
    for group, sku in [(clashing, "OW-TAKEN"), (later, "OW-LATER")]:
        revision = draft_with_sku(group, sku)
        revision.approved_go_live_at = yesterday
        revision.save()
        yesterday += timedelta(hours=1)
    a_group("OW-C", title="Posters")
    ProductVariant.objects.filter(sku="OW-C").update(sku="OW-TAKEN")

    call_command("publish_scheduled")

    assert live_skus(clashing) == ["OW-A"]
    assert live_skus(later) == ["OW-LATER"]
    assert not clashing.revisions.filter(approved_go_live_at__isnull=False).exists()
    entry = PageLogEntry.objects.get(page=clashing.pk, action="catalog.publication_called_off")
    assert entry.message == (
        "The scheduled publication was called off. The SKU OW-TAKEN is also used by “Posters”."
    )


def test_a_copied_page_has_neither_the_skus_nor_the_reference_of_the_first():
    group = a_group("OW-A", reference="cards")
    draft_with_sku(group, "OW-DRAFT")

    copy = group.copy(update_attrs={"slug": "copy", "title": "Copy"}, keep_live=False)

    assert live_skus(copy) == []
    assert copy.get_latest_revision_as_object().variants.count() == 0
    assert copy.reference != "cards"
    assert live_skus(group) == ["OW-A"]


def test_the_reference_survives_renaming_moving_and_publishing_again():
    group = a_group("OW-A", reference="cards")
    old_revision = group.latest_revision
    old_revision.content["reference"] = "something-else"
    old_revision.save()
    group.title, group.slug = "Renamed", "renamed"
    group.save_revision().publish()
    group.move(a_category("Elsewhere"), pos="last-child")

    old_revision.publish()

    assert ProductGroupPage.objects.get(pk=group.pk).reference == "cards"


def test_a_copys_reference_is_the_same_in_every_publication():
    copy = a_group("OW-A").copy(update_attrs={"slug": "copy"}, keep_live=False)
    reference = ProductGroupPage.objects.get(pk=copy.pk).reference

    ProductGroupPage.objects.get(pk=copy.pk).get_latest_revision().publish()

    assert ProductGroupPage.objects.get(pk=copy.pk).reference == reference


def test_an_alias_has_no_variants_of_its_own_and_sells_those_of_its_source(client):
    group = a_group("OW-A", title="Cards")
    alias = group.create_alias(parent=a_category("Gifts"))

    group.title = "Better cards"
    group.save_revision().publish()

    assert live_skus(alias) == []
    page = client.get(alias.url).content.decode()
    assert "Better cards" in page
    assert 'value="OW-A"' in page


def test_a_variant_that_was_ordered_can_be_removed_and_the_order_keeps_its_words():
    group = a_group("OW-PENCIL", "OW-B")
    order = make_order()
    draft = ProductGroupPage.objects.get(pk=group.pk)
    draft.variants = [draft.variants.last()]

    draft.save_revision().publish()

    assert live_skus(group) == ["OW-B"]
    assert [(item.sku, item.title) for item in order.items.all()] == [("OW-PENCIL", "Pencils")]
