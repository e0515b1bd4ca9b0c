from decimal import Decimal

import pytest
from wagtail.blocks.struct_block import StructBlockValidationError

from catalog.mapping.blocks import CustomersCanvasBlock
from catalog.mapping.selectors.hub_mapping import HubMapping, hub_mapping
from catalog.models import ProductVariant
from catalog.selectors import sellable_variant, sellable_variants, unit_price
from home.selectors.privacy import closed_paths
from personalization.editors import EditorWishes
from tests.factories.catalog import a_group, a_picture

pytestmark = pytest.mark.django_db


def test_a_variant_on_sale_is_sellable():
    a_group("OW-A", price="12.50")

    assert sellable_variant("OW-A").price == Decimal("12.50")


def test_an_unknown_sku_is_not_sellable():
    assert sellable_variant("OW-NONE") is None


def test_a_variant_that_is_off_sale_is_not_sellable():
    a_group("OW-A")
    ProductVariant.objects.update(is_active=False)

    assert sellable_variant("OW-A") is None


def test_a_variant_of_an_unpublished_page_is_not_sellable():
    a_group("OW-A").unpublish()

    assert ProductVariant.objects.filter(sku="OW-A").exists()
    assert sellable_variant("OW-A") is None


def test_many_variants_with_pages_prices_and_pictures_take_three_queries(django_assert_num_queries):
    picture = a_picture()
    for number in range(5):
        a_group(f"OW-{number}A", f"OW-{number}B", breaks={5: 10}, picture=picture)
    skus = [f"OW-{number}{letter}" for number in range(5) for letter in "AB"]

    # What is private is known for an hour.
    closed_paths()
    with django_assert_num_queries(3):
        variants = sellable_variants([*skus, "OW-NONE"])
        facts = {(v.page.title, v.picture.title, unit_price(v, quantity=5)) for v in variants.values()}

    assert sorted(variants) == sorted(skus)
    assert facts == {("Classic cards", "A card", Decimal("9.00"))}


def test_a_group_without_the_block_is_not_personalized():
    assert hub_mapping(a_group("OW-A")) is None


def test_an_empty_block_maps_to_the_pages_own_reference():
    group = a_group("OW-A", personalized=True, reference="own-reference")

    assert hub_mapping(group) == HubMapping(reference="own-reference", pipeline_id=None, note="")


def test_a_product_chosen_by_its_number_has_no_reference():
    group = a_group("OW-A", reference="own-reference")
    says(group, hub_product_id=417, editor="simple-editor", button_label="Make it", introduction="Hello")

    known = hub_mapping(group)

    assert (known.reference, known.product_id, known.product) == ("", 417, 417)
    assert known.wishes == EditorWishes(component="simple-editor")
    assert (known.button_label, known.introduction) == ("Make it", "Hello")


def test_the_blocks_values_come_first():
    group = a_group("OW-A", reference="own-reference")
    says(
        group,
        product_reference="in-the-hub",
        making="pipeline",
        pipeline_id=31,
        note="Takes three minutes",
        print_width_mm="85.5",
        print_height_mm="55",
        print_pages=2,
    )

    assert hub_mapping(group) == HubMapping(
        reference="in-the-hub",
        making="pipeline",
        pipeline_id=31,
        note="Takes three minutes",
        print_width_mm=Decimal("85.5"),
        print_height_mm=Decimal("55"),
        print_pages=2,
    )


@pytest.mark.parametrize(
    "given, text",
    [
        (
            {"asks_for_approval": True},
            "I have checked the pictures, the spelling and the layout. Print it like this.",
        ),
        (
            {"asks_for_approval": True, "approval_text": " The couple has read it. "},
            "The couple has read it.",
        ),
        ({"approval_text": "The couple has read it."}, ""),
    ],
)
def test_shoppers_approve_the_proof_only_where_they_are_asked_to(given, text):
    group = a_group("OW-A")
    says(group, **given)

    assert hub_mapping(group).approval_text == text


def test_a_number_without_its_choice_is_not_used():
    group = a_group("OW-A")
    says(group, pipeline_id=31)

    assert (hub_mapping(group).making, hub_mapping(group).pipeline_id) == ("product", None)


@pytest.mark.parametrize(
    "given, wrong",
    [
        ({"making": "pipeline"}, {"pipeline_id"}),
        ({"making": "product", "pipeline_id": 31}, {"pipeline_id"}),
        ({"making": "hires", "pipeline_id": 31}, {"pipeline_id"}),
        ({"print_width_mm": Decimal("85")}, {"print_height_mm"}),
        ({"print_height_mm": Decimal("85")}, {"print_width_mm"}),
        ({"print_pages": 0}, {"print_pages"}),
        ({"making": "pipeline", "pipeline_id": 31}, set()),
        ({"making": "hires", "print_width_mm": Decimal("85"), "print_height_mm": Decimal("55")}, set()),
    ],
)
def test_editors_are_told_what_is_missing(given, wrong):
    block = CustomersCanvasBlock()
    value = block.to_python(given)
    if not wrong:
        block.clean(value)
        return
    with pytest.raises(StructBlockValidationError) as refusal:
        block.clean(value)
    assert set(refusal.value.block_errors) == wrong


def test_a_draft_may_still_miss_the_number_of_its_pipeline():
    block = CustomersCanvasBlock()
    value = block.to_python({"making": "pipeline"})

    assert block.clean_deferred(value)["pipeline_id"] is None


def says(group, **values):
    """What an editor entered into the block."""
    group.personalization = [("customers_canvas", CustomersCanvasBlock().to_python(values))]
