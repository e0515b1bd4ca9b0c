"""What can be put into a cart, and what it costs."""

from decimal import Decimal

import pytest

from catalog.models import PriceBreak, ProductVariant
from commerce.models import CartItem
from commerce.selectors.cart import cart_contents
from commerce.services.cart import (
    MAXIMUM_LINES,
    CartFull,
    NeedsDesign,
    NotSold,
    QuantityOutOfRange,
    add_plain_item,
    put_design,
    remove_item,
    set_quantity,
)
from personalization.models import Design
from tests.factories.commerce import make_cart_design, make_variant
from tests.factories.personalization import make_storefront_user

pytestmark = pytest.mark.django_db


def lines_of(owner):
    return [(line.sku, line.quantity, line.total) for line in cart_contents(owner).lines]


def test_a_visitor_without_a_cart_has_an_empty_one(owner):
    assert cart_contents(owner).lines == []
    assert cart_contents(None).total == Decimal("0.00")


def test_a_plain_product_becomes_a_line(owner):
    make_variant("OW-PENCIL", price="4.00")

    add_plain_item(owner=owner, sku="OW-PENCIL", quantity=3)

    assert lines_of(owner) == [("OW-PENCIL", 3, Decimal("12.00"))]


def test_the_same_plain_product_again_adds_to_its_line(owner):
    make_variant("OW-PENCIL", price="4.00")

    first = add_plain_item(owner=owner, sku="OW-PENCIL", quantity=3)
    again = add_plain_item(owner=owner, sku="OW-PENCIL", quantity=2)

    assert again.pk == first.pk
    assert lines_of(owner) == [("OW-PENCIL", 5, Decimal("20.00"))]


@pytest.mark.parametrize("quantity", [-1, 0, 10_000])
def test_a_quantity_out_of_range_is_refused(owner, quantity):
    make_variant("OW-PENCIL")

    with pytest.raises(QuantityOutOfRange):
        add_plain_item(owner=owner, sku="OW-PENCIL", quantity=quantity)

    assert not CartItem.objects.exists()


def test_a_line_holds_at_most_9999(owner):
    make_variant("OW-PENCIL", price="1.00")
    add_plain_item(owner=owner, sku="OW-PENCIL", quantity=9_998)

    with pytest.raises(QuantityOutOfRange, match="9,999"):
        add_plain_item(owner=owner, sku="OW-PENCIL", quantity=2)

    assert lines_of(owner) == [("OW-PENCIL", 9_998, Decimal("9998.00"))]


def test_adding_a_negative_quantity_cannot_shrink_a_line(owner):
    make_variant("OW-PENCIL", price="1.00")
    add_plain_item(owner=owner, sku="OW-PENCIL", quantity=5)

    with pytest.raises(QuantityOutOfRange):
        add_plain_item(owner=owner, sku="OW-PENCIL", quantity=-2)

    assert lines_of(owner) == [("OW-PENCIL", 5, Decimal("5.00"))]


def test_an_unknown_sku_and_one_off_sale_are_refused(owner):
    make_variant("OW-OLD", is_active=False)

    for sku in ("OW-OLD", "NO-SUCH-SKU"):
        with pytest.raises(NotSold):
            add_plain_item(owner=owner, sku=sku, quantity=1)

    assert not CartItem.objects.exists()


def test_a_personalized_product_without_a_design_is_refused(owner):
    make_variant("OW-CARD", is_personalized=True)

    with pytest.raises(NeedsDesign):
        add_plain_item(owner=owner, sku="OW-CARD", quantity=1)

    assert not CartItem.objects.exists()


def test_a_cart_holds_a_limited_number_of_lines(owner):
    make_variant("OW-PENCIL")
    cart = add_plain_item(owner=owner, sku="OW-PENCIL", quantity=1).cart
    CartItem.objects.bulk_create(
        CartItem(cart=cart, sku=f"OW-{number}") for number in range(MAXIMUM_LINES - 1)
    )
    make_variant("OW-ONE-TOO-MANY")

    with pytest.raises(CartFull):
        add_plain_item(owner=owner, sku="OW-ONE-TOO-MANY", quantity=1)

    add_plain_item(owner=owner, sku="OW-PENCIL", quantity=1)
    assert cart.items.count() == MAXIMUM_LINES


def test_every_design_is_a_line_of_its_own(owner):
    first, second = make_cart_design(owner), make_cart_design(owner)

    put_design(owner=owner, design=first, quantity=1, replaces=None)
    put_design(owner=owner, design=second, quantity=2, replaces=None)

    assert lines_of(owner) == [("OW-CARD", 1, Decimal("19.00")), ("OW-CARD", 2, Decimal("38.00"))]


def test_an_edited_design_takes_over_the_line_and_its_price(owner):
    make_variant("OW-CARD-GOLD", price="25.00", is_personalized=True)
    make_variant("OW-PENCIL", price="4.00")
    old, new = make_cart_design(owner), make_cart_design(owner, "OW-CARD-GOLD")
    item = put_design(owner=owner, design=old, quantity=1)
    add_plain_item(owner=owner, sku="OW-PENCIL", quantity=1)

    edited = put_design(owner=owner, design=new, quantity=3, replaces=old)

    assert edited.pk == item.pk
    assert edited.design == new
    assert lines_of(owner) == [("OW-CARD-GOLD", 3, Decimal("75.00")), ("OW-PENCIL", 1, Decimal("4.00"))]
    assert Design.objects.filter(pk=old.pk).exists()


def test_an_edited_design_whose_line_is_gone_becomes_a_new_line(owner):
    old, new = make_cart_design(owner), make_cart_design(owner)
    remove_item(owner=owner, item_id=put_design(owner=owner, design=old, quantity=1).pk)

    put_design(owner=owner, design=new, quantity=1, replaces=old)

    assert lines_of(owner) == [("OW-CARD", 1, Decimal("19.00"))]


def test_the_same_design_sent_twice_is_one_line(owner):
    design = make_cart_design(owner)

    put_design(owner=owner, design=design, quantity=1)
    put_design(owner=owner, design=design, quantity=1)

    assert lines_of(owner) == [("OW-CARD", 1, Decimal("19.00"))]


def test_another_visitors_design_is_refused(owner):
    design = make_cart_design(make_storefront_user())

    with pytest.raises(Design.DoesNotExist):
        put_design(owner=owner, design=design, quantity=1)

    assert not CartItem.objects.exists()


def test_another_visitors_line_is_never_replaced(owner):
    other = make_storefront_user()
    theirs = make_cart_design(other)
    put_design(owner=other, design=theirs, quantity=7)

    put_design(owner=owner, design=make_cart_design(owner), quantity=1, replaces=theirs)

    assert lines_of(other) == [("OW-CARD", 7, Decimal("133.00"))]
    assert lines_of(owner) == [("OW-CARD", 1, Decimal("19.00"))]


def test_quantity_and_removal_change_only_ones_own_cart(owner):
    make_variant("OW-PENCIL", price="4.00")
    other = make_storefront_user()
    theirs = add_plain_item(owner=other, sku="OW-PENCIL", quantity=2)

    with pytest.raises(CartItem.DoesNotExist):
        set_quantity(owner=owner, item_id=theirs.pk, quantity=9)
    with pytest.raises(CartItem.DoesNotExist):
        remove_item(owner=owner, item_id=theirs.pk)

    assert lines_of(other) == [("OW-PENCIL", 2, Decimal("8.00"))]


def test_prices_follow_the_catalog_and_its_price_breaks(owner):
    variant = make_variant("OW-PENCIL", price="4.00", breaks=((10, "10"), (50, "12.5")))
    item = add_plain_item(owner=owner, sku="OW-PENCIL", quantity=9)
    assert lines_of(owner) == [("OW-PENCIL", 9, Decimal("36.00"))]
    [line] = cart_contents(owner).lines
    assert line.price_break is None
    assert (line.next_price_break.minimum_quantity, line.next_price_break.unit_price) == (10, Decimal("3.60"))

    set_quantity(owner=owner, item_id=item.pk, quantity=50)
    assert lines_of(owner) == [("OW-PENCIL", 50, Decimal("175.00"))]
    assert cart_contents(owner).lines[0].next_price_break is None

    ProductVariant.objects.filter(pk=variant.pk).update(price=Decimal("4.10"))
    PriceBreak.objects.filter(minimum_quantity=50).delete()
    assert lines_of(owner) == [("OW-PENCIL", 50, Decimal("184.50"))]


def test_a_product_that_left_the_range_blocks_and_costs_nothing(owner):
    make_variant("OW-PENCIL", price="4.00")
    gone = make_variant("OW-GONE", price="5.00", page_title="Seed paper")
    add_plain_item(owner=owner, sku="OW-PENCIL", quantity=1)
    item = add_plain_item(owner=owner, sku="OW-GONE", quantity=1)
    ProductVariant.objects.filter(pk=gone.pk).update(is_active=False)

    cart = cart_contents(owner)
    assert cart.is_blocked
    assert cart.total == Decimal("4.00")
    assert [line.title for line in cart.lines if line.problem] == ["Seed paper"]

    remove_item(owner=owner, item_id=item.pk)
    assert not cart_contents(owner).is_blocked


def test_a_deleted_product_is_called_as_it_was_and_costs_nothing(owner):
    gone = make_variant("OW-GONE")
    add_plain_item(owner=owner, sku="OW-GONE", quantity=1)
    gone.page.delete()

    [line] = cart_contents(owner).lines
    assert (line.title, line.total, bool(line.problem)) == ("Product OW-GONE", Decimal("0.00"), True)


def test_a_plain_line_of_a_product_that_became_personalized_blocks(owner):
    variant = make_variant("OW-CARD")
    add_plain_item(owner=owner, sku="OW-CARD", quantity=1)
    variant.page.personalization = [
        ("customers_canvas", {"product_reference": "", "pipeline_id": None, "note": ""})
    ]
    variant.page.save()

    assert cart_contents(owner).is_blocked


def test_the_fingerprint_changes_with_quantity_price_and_design_alone(owner):
    variant = make_variant("OW-PENCIL", price="4.00")
    item = add_plain_item(owner=owner, sku="OW-PENCIL", quantity=1)
    seen = [cart_contents(owner).fingerprint]
    assert cart_contents(owner).fingerprint == seen[0]

    set_quantity(owner=owner, item_id=item.pk, quantity=2)
    seen.append(cart_contents(owner).fingerprint)
    ProductVariant.objects.filter(pk=variant.pk).update(price=Decimal("2.00"))
    seen.append(cart_contents(owner).fingerprint)
    design = make_cart_design(owner)
    put_design(owner=owner, design=design, quantity=1)
    seen.append(cart_contents(owner).fingerprint)
    put_design(owner=owner, design=make_cart_design(owner), quantity=1, replaces=design)
    seen.append(cart_contents(owner).fingerprint)

    assert len(set(seen)) == 5
