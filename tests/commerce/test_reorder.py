"""Ordering again: the same designs at today's prices, and a plain word on what cannot be had any more."""

import random
import re
import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalog.mapping.selectors.hub_mapping import hub_mapping
from catalog.models import PriceBreak, ProductGroupPage, ProductVariant, Stock
from commerce.models import CartItem, Order, OrderItem, Reorder
from commerce.selectors.cart import cart_contents
from commerce.services import reordering
from commerce.services.account_merge import merge_into_account
from commerce.services.cart import add_plain_item, put_design
from commerce.services.checkout import place_order
from commerce.services.orders import release_for_production
from personalization.models import Design, RenderProject, StorefrontUser
from personalization.rendering import services
from tests.factories.commerce import checkout_key_of, client_of, make_variant
from tests.factories.personalization import make_design, make_storefront_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def hub_says(monkeypatch):
    """What the Hub answers when it is asked for a design: {design id: True, False or None}; else True."""
    answers = {}

    def ask(design):
        assert not connection.in_atomic_block or connection.savepoint_ids == [], "asked inside a transaction"
        return answers.get(design.pk, True)

    monkeypatch.setattr(reordering, "design_is_in_hub", ask)
    return answers


@pytest.fixture
def pencil(db):
    return make_variant("OW-PENCIL", price="4.00", page_title="Cedar pencils", title="Box of 12")


@pytest.fixture
def card(db):
    values = {"page_title": "Classic cards", "title": "Matt"}
    variant = make_variant("OW-CARD", price="19.00", is_personalized=True, **values)
    return ProductVariant.objects.select_related("page").get(pk=variant.pk)


def made_design(owner, card, **values) -> Design:
    reference = hub_mapping(card.page).reference
    defaults = {"sku": card.sku, "product_reference": reference, "title": card.page.title}
    return make_design(owner, **defaults | values)


def an_order(owner, *, pencils: int = 0, designs=(), quantity: int = 5) -> Order:
    """An order placed through the cart."""
    for design in designs:
        put_design(owner=owner, design=design, quantity=quantity)
    if pencils:
        add_plain_item(owner=owner, sku="OW-PENCIL", quantity=pencils)
    return place_order(owner=owner, email="anna@example.com", checkout_key=checkout_key_of(owner))


@pytest.fixture
def order(owner, pencil, card, hub_says):
    """Five cards of one design and two boxes of pencils."""
    return an_order(owner, pencils=2, designs=[made_design(owner, card)])


def again_url(order) -> str:
    return reverse("order_again", args=[order.code, order.secret])


def review_text(order, browser) -> str:
    answer = browser.get(again_url(order))
    assert answer.status_code == 200
    main = re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def key_on_page(order, browser) -> str:
    return re.search(r'name="key" value="([^"]+)"', browser.get(again_url(order)).content.decode())[1]


def order_again(order, browser, key=None):
    return browser.post(again_url(order), {"key": key or key_on_page(order, browser)})


def lines_of(owner):
    return [(line.sku, line.quantity, line.design) for line in cart_contents(owner).lines]


# The same again


def test_the_cart_gets_the_very_design_that_was_ordered_and_todays_price(owner, shopper, order):
    [design] = Design.objects.all()
    ProductVariant.objects.filter(sku="OW-CARD").update(price="21.00")

    answer = order_again(order, shopper)

    assert answer.url == reverse("cart")
    assert lines_of(owner) == [("OW-CARD", 5, design), ("OW-PENCIL", 2, None)]
    assert cart_contents(owner).total == Decimal("113.00")
    assert Design.objects.count() == 1
    cart = shopper.get("/cart/").content.decode()
    assert 'role="status">Now in your cart: 5 × Classic cards, 2 × Cedar pencils.' in cart


def test_the_order_page_and_the_list_of_orders_lead_there(shopper, order):
    for url in (order.get_absolute_url(), reverse("orders")):
        assert f'href="{again_url(order)}"' in shopper.get(url).content.decode()


def test_pressed_twice_it_counts_once_and_says_the_same(owner, shopper, order):
    key = key_on_page(order, shopper)
    order_again(order, shopper, key)
    first = shopper.get("/cart/").content.decode()

    answer = order_again(order, shopper, key)

    assert answer.url == reverse("cart")
    assert lines_of(owner) == [("OW-CARD", 5, Design.objects.get()), ("OW-PENCIL", 2, None)]
    assert Reorder.objects.count() == 1
    [sentence] = re.findall(r"Now in your cart: [^<]*", first)
    assert sentence in shopper.get("/cart/").content.decode()


def test_asked_for_again_later_plain_lines_add_up_and_designs_keep_their_line(owner, shopper, order):
    order_again(order, shopper)
    text = review_text(order, shopper)
    assert "It is in your cart already, and stays there as it is." in text
    assert "Your cart holds 2 of it already. These are added." in text

    order_again(order, shopper)

    assert lines_of(owner) == [("OW-CARD", 5, Design.objects.get()), ("OW-PENCIL", 4, None)]


def test_a_design_that_is_in_the_cart_takes_the_quantity_of_the_order(owner, shopper, order):
    put_design(owner=owner, design=Design.objects.get(), quantity=50)
    assert "with a quantity of 50. That becomes 5." in review_text(order, shopper)

    order_again(order, shopper)

    assert ("OW-CARD", 5, Design.objects.get()) in lines_of(owner)


def test_plain_lines_add_up_to_what_a_line_can_hold(owner, shopper, pencil, hub_says):
    order = an_order(owner, pencils=9000)
    order_again(order, shopper)
    order_again(order, shopper)
    assert lines_of(owner) == [("OW-PENCIL", 9999, None)]
    cart = shopper.get("/cart/").content.decode()
    assert "Now in your cart: 999 × Cedar pencils." in cart
    assert "One order can hold up to 9,999 of the same product, so not all fitted in." in cart

    order_again(order, shopper)

    assert lines_of(owner) == [("OW-PENCIL", 9999, None)]
    assert "Now in your cart" not in shopper.get("/cart/").content.decode()


@pytest.mark.parametrize("key", ["", "x", None])
def test_a_form_that_does_not_come_from_the_page_changes_nothing(owner, shopper, order, pencil, key):
    other = an_order(owner, pencils=1)
    if key is None:
        key = key_on_page(other, shopper)
        order_again(other, shopper, key)

    answer = shopper.post(again_url(order), {"key": key})

    assert answer.status_code == 422
    assert "Please look at the list and try again." in answer.content.decode()
    assert not Reorder.objects.filter(order=order).exists()


def test_a_button_is_forgotten_a_week_after_it_was_pressed(owner, shopper, order):
    old, fresh = (Reorder.objects.create(key=uuid.uuid4(), order=order) for _ in range(2))
    Reorder.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=8))

    reordering.clear_reorders()

    assert list(Reorder.objects.all()) == [fresh]


def test_the_form_needs_its_token(owner, order):
    answer = client_of(owner, enforce_csrf_checks=True).post(again_url(order), {"key": uuid.uuid4()})
    assert answer.status_code == 403
    assert not CartItem.objects.exists()


def test_a_wrong_secret_opens_nothing(shopper, order):
    url = reverse("order_again", args=[order.code, "wrong"])
    assert (shopper.get(url).status_code, shopper.post(url, {"key": uuid.uuid4()}).status_code) == (404, 404)


# What changed


def test_a_changed_price_is_told_with_the_old_one(shopper, order):
    ProductVariant.objects.filter(sku="OW-CARD").update(price="21.00")
    ProductVariant.objects.filter(sku="OW-PENCIL").update(price="3.50")

    text = review_text(order, shopper)

    assert "It costs more than last time: €21.00 each instead of €19.00." in text
    assert "It costs less than last time: €3.50 each instead of €4.00." in text
    assert "Total €112.00" in text


def test_price_breaks_of_today_count(owner, shopper, card, order):
    PriceBreak.objects.create(page=card.page, minimum_quantity=5, discount_percent=10)

    text = review_text(order, shopper)

    assert "It costs less than last time: €17.10 each instead of €19.00." in text


def test_unchanged_lines_say_nothing(shopper, order):
    text = review_text(order, shopper)
    assert "last time" not in text
    assert "It is called" not in text
    assert "5 × €19.00" in text


def test_another_currency_is_not_compared(shopper, order):
    Order.objects.update(currency="USD")
    ProductVariant.objects.update(price="1.00")
    assert "last time" not in review_text(order, shopper)


def test_a_new_name_is_told(shopper, card, order):
    ProductVariant.objects.filter(sku="OW-CARD").update(title="Silk")
    assert "It is called “Classic cards, Silk” now." in review_text(order, shopper)


def remove_variant(variant):
    variant.delete()


def rename_sku(variant):
    ProductVariant.objects.filter(pk=variant.pk).update(sku=f"{variant.sku}-NEW")


def take_off_sale(variant):
    ProductVariant.objects.filter(pk=variant.pk).update(is_active=False)


def unpublish(variant):
    ProductGroupPage.objects.get(pk=variant.page_id).unpublish()


def delete_page(variant):
    ProductGroupPage.objects.get(pk=variant.page_id).delete()


def change_price(variant):
    ProductVariant.objects.filter(pk=variant.pk).update(price="7.77")


def toggle_mapping(variant):
    page = ProductGroupPage.objects.get(pk=variant.page_id)
    page.personalization = [] if len(page.personalization) else [("customers_canvas", {})]
    page.save()


def map_to_another_product(variant):
    page = ProductGroupPage.objects.get(pk=variant.page_id)
    page.personalization = [("customers_canvas", {"product_reference": "another-product"})]
    page.save()


def sell_out(variant):
    Stock.objects.update_or_create(sku=variant.sku, defaults={"quantity": 0})


NO_PRODUCT, NO_OPTION = "We no longer sell this product.", "We no longer sell this option of the product."


@pytest.mark.parametrize(
    "change, reason",
    [
        (remove_variant, NO_OPTION),
        (rename_sku, NO_OPTION),
        (take_off_sale, NO_OPTION),
        (unpublish, NO_PRODUCT),
        (delete_page, NO_PRODUCT),
        (toggle_mapping, "This product is no longer made from a design of your own."),
        (map_to_another_product, "your design does not fit it any more."),
        (sell_out, "It is sold out at the moment."),
    ],
)
def test_a_design_that_cannot_be_had_says_why_and_the_rest_is_taken(
    owner, shopper, card, order, change, reason
):
    change(card)

    text = review_text(order, shopper)
    assert "Cannot be ordered again:" in text
    assert reason in text
    assert "Put the rest in the cart" in text
    order_again(order, shopper)

    assert lines_of(owner) == [("OW-PENCIL", 2, None)]
    cart = shopper.get("/cart/").content.decode()
    assert re.search(rf'role="alert">Classic cards: [^<]*{re.escape(reason)}', cart)
    assert "Now in your cart: 2 × Cedar pencils." in cart


@pytest.mark.parametrize(
    "change, reason",
    [
        (rename_sku, NO_OPTION),
        (unpublish, NO_PRODUCT),
        (toggle_mapping, "This product is made from your own design by now."),
        (sell_out, "It is sold out at the moment."),
    ],
)
def test_a_plain_product_that_cannot_be_had_says_why(owner, shopper, pencil, order, change, reason):
    change(pencil)

    assert reason in review_text(order, shopper)
    order_again(order, shopper)

    assert lines_of(owner) == [("OW-CARD", 5, Design.objects.get())]


def test_an_option_that_is_gone_leads_to_its_product(shopper, card, order):
    rename_sku(card)
    assert (
        f'href="{card.page.url}">See the options that there are'
        in shopper.get(again_url(order)).content.decode()
    )


def test_an_expired_design_is_told_and_leads_to_a_new_one(owner, shopper, card, order, hub_says):
    hub_says[Design.objects.get().pk] = False

    html = shopper.get(again_url(order)).content.decode()
    assert "This design has expired" in html
    assert 'href="/personalize/OW-CARD/">Start a new design' in html
    order_again(order, shopper)

    assert lines_of(owner) == [("OW-PENCIL", 2, None)]


def test_a_hub_that_does_not_answer_holds_nobody_up_and_is_asked_once(
    owner, shopper, card, monkeypatch, hub_says
):
    order = an_order(owner, designs=[made_design(owner, card) for _ in range(3)])
    asked = []
    monkeypatch.setattr(reordering, "design_is_in_hub", asked.append)

    order_again(order, shopper)

    # Once for the page and once for its button.
    assert len(asked) == 2
    assert len(lines_of(owner)) == 3


def test_fewer_are_left_than_were_ordered(owner, shopper, pencil, order):
    Stock.objects.create(sku="OW-PENCIL", quantity=1)

    assert "Only 1 left, so it would be 1 instead of 2." in review_text(order, shopper)
    order_again(order, shopper)

    assert ("OW-PENCIL", 1, None) in lines_of(owner)


def test_when_nothing_can_be_had_there_is_no_button(shopper, card, pencil, order):
    unpublish(card)
    unpublish(pencil)

    html = shopper.get(again_url(order)).content.decode()

    assert "in the cart</button>" not in html
    assert "Back to the order" in html


CHANGES = (
    remove_variant,
    rename_sku,
    take_off_sale,
    unpublish,
    delete_page,
    change_price,
    toggle_mapping,
    map_to_another_product,
    sell_out,
)


@pytest.mark.parametrize("seed", range(8))
def test_after_any_changes_it_is_the_same_design_or_a_clear_reason(owner, shopper, order, hub_says, seed):
    """Ten rounds of random changes for each seed, a year after the order."""
    chance = random.Random(seed)  # noqa: S311
    Order.objects.update(created_at=timezone.now() - timedelta(days=365))
    [design] = Design.objects.all()
    for _round in range(10):
        variant = chance.choice(list(ProductVariant.objects.all()) or [None])
        if variant and chance.random() < 0.8:
            chance.choice(CHANGES)(variant)
        hub_says[design.pk] = chance.choice([True, True, False, None])
        CartItem.objects.all().delete()

        text = review_text(order, shopper)
        reasons = text.count("Cannot be ordered again:")
        answer = order_again(order, shopper, uuid.uuid4())

        assert answer.status_code == 302
        taken = lines_of(owner)
        assert len(taken) + reasons == 2
        assert all(line_design in (None, design) for _sku, _quantity, line_design in taken)
        assert not any(line.problem for line in cart_contents(owner).lines)
        told = shopper.get("/cart/").content.decode()
        assert told.count('role="alert">') == reasons


# Somebody with the link who was never here


def test_looking_at_what_the_order_would_be_makes_no_visitor(order):
    visitors = StorefrontUser.objects.count()
    looking = Client()

    review_text(order, looking)

    assert StorefrontUser.objects.count() == visitors
    assert "visitor" not in looking.cookies


def test_two_clicks_of_somebody_new_come_from_one_visitor(owner, pencil):
    order = an_order(owner, pencils=2)
    visitors = StorefrontUser.objects.count()
    first, second = Client(), Client()
    key = key_on_page(order, first)

    order_again(order, first, key)
    order_again(order, second, key)

    assert StorefrontUser.objects.count() == visitors + 1
    assert first.cookies["visitor"].value.split(":")[0] == second.cookies["visitor"].value.split(":")[0]
    shopper = StorefrontUser.objects.order_by("pk").last()
    assert lines_of(shopper) == [("OW-PENCIL", 2, None)]


def test_a_key_of_before_leads_to_nobodys_account(owner, pencil, django_user_model):
    order = an_order(owner, pencils=2)
    key = uuid.uuid4()
    order_again(order, Client(), key)
    visitor = StorefrontUser.objects.order_by("pk").last()
    merge_into_account(visitor=visitor, account=django_user_model.objects.create_user("ben"))

    stranger = Client()
    order_again(order, stranger, key)

    assert not stranger.get("/cart/").context["cart"].lines
    assert visitor.hub_id not in stranger.cookies["visitor"].value


# To whom the designs belong


def test_somebody_with_the_link_gets_a_copy_for_print_and_never_the_original(sandbox, owner, card, pencil):
    order, design = order_in_sandbox(sandbox, owner, card)
    other = Client()

    assert "You get a copy that is printed just like it, but cannot be changed." in review_text(order, other)
    order_again(order, other)

    copy = Design.objects.exclude(pk=design.pk).get()
    assert (copy.copy_of, copy.is_print_only, copy.name) == (design, True, "")
    assert copy.owner not in (owner, None)
    assert copy.state_ids != design.state_ids
    assert lines_of(copy.owner) == [("OW-CARD", 5, copy)]
    assert lines_of(owner) == []
    cart = other.get("/cart/").content.decode()
    assert "Edit design" not in cart
    answer = other.get(f"/personalize/OW-CARD/?design={copy.pk}")
    assert answer.status_code == 410
    assert "It is printed as it is" in answer.content.decode()
    assert other.get(f"/personalize/OW-CARD/?design={design.pk}").url == "/designs/"


def test_a_second_reorder_with_the_link_uses_the_copy_that_is_there(sandbox, owner, card):
    order, _design = order_in_sandbox(sandbox, owner, card)
    other = Client()
    order_again(order, other)
    order_again(order, other)
    assert Design.objects.count() == 2
    assert CartItem.objects.count() == 1


def test_a_copy_for_print_is_rendered_after_its_owner_has_logged_in(sandbox, owner, card, django_user_model):
    """In the Hub the copy stays its maker's, whoever orders it."""
    order, _design = order_in_sandbox(sandbox, owner, card)
    order_again(order, Client())
    copy = Design.objects.get(is_print_only=True)
    account = merge_into_account(visitor=copy.owner, account=django_user_model.objects.create_user("ben"))

    second = place_order(owner=account, email="ben@example.com", checkout_key=checkout_key_of(account))

    project = RenderProject.objects.get(order_id=second.code)
    assert project.design == copy
    finish(sandbox, project)
    assert project.status == "ready"
    assert second.items.get().design.made_as == owner


def test_without_the_hub_a_copy_is_left_out_and_the_rest_is_taken(owner, order):
    other = Client()

    order_again(order, other)

    cart = other.get("/cart/").content.decode()
    assert "Classic cards: Our design studio is taking a short break." in cart
    assert "Now in your cart: 2 × Cedar pencils." in cart
    assert Design.objects.count() == 1


def test_copies_made_in_vain_are_removed(sandbox, owner, card, monkeypatch):
    order, design = order_in_sandbox(sandbox, owner, card)
    other, key = Client(), uuid.uuid4()
    other.get(again_url(order))
    real = reordering.copy_for_print

    def meanwhile(**values):
        copy = real(**values)
        Reorder.objects.get_or_create(key=key, defaults={"order": order})
        return copy

    monkeypatch.setattr(reordering, "copy_for_print", meanwhile)
    assert order_again(order, other, key).status_code == 302

    assert list(Design.objects.all()) == [design]
    assert not CartItem.objects.exists()


def test_an_account_whose_guest_orders_joined_it_gets_copies_too(order, hub_says, monkeypatch):
    """The order moves to whoever reads its address; the designs stay with the browser that made them."""
    account = make_storefront_user()
    Order.objects.update(owner=account)
    copied = []
    monkeypatch.setattr(reordering, "copy_for_print", lambda **values: copied.append(values) or made(values))

    def made(values):
        return make_design(values["owner"], sku="OW-CARD", is_print_only=True)

    order_again(order, client_of(account))

    assert [values["owner"] for values in copied] == [account]


# The second print


def order_in_sandbox(sandbox, owner, card) -> tuple[Order, Design]:
    """An ordered design that the sandbox Hub has, under the reference of its own catalog."""
    sandbox.control.set_speed(0)
    reference = "classic-business-cards"
    page = ProductGroupPage.objects.get(pk=card.page_id)
    page.personalization = [("customers_canvas", {"product_reference": reference})]
    page.save()
    state = sandbox.control.add_design(owner.hub_id, reference)
    design = made_design(owner, card, product_reference=reference, state_ids=[state], name="Grandma")
    return an_order(owner, designs=[design]), design


def finish(sandbox, project) -> None:
    services.advance(project.pk)
    sandbox.control.complete_all()
    services.advance(project.pk)
    project.refresh_from_db()


def test_an_ordered_design_is_ordered_and_printed_a_second_time(sandbox, owner, shopper, card):
    first, design = order_in_sandbox(sandbox, owner, card)
    finish(sandbox, RenderProject.objects.get(order_id=first.code))
    order_again(first, shopper)

    second = place_order(owner=owner, email="anna@example.com", checkout_key=checkout_key_of(owner))
    finish(sandbox, RenderProject.objects.get(order_id=second.code))

    projects = RenderProject.objects.order_by("pk")
    assert [project.design for project in projects] == [design, design]
    assert len({project.hub_project_id for project in projects}) == 2
    assert [project.status for project in projects] == ["ready", "ready"]
    assert [order.status for order in Order.objects.order_by("pk")] == ["completed", "completed"]
    assert OrderItem.objects.filter(design=design).count() == 2
    release_for_production(second)
    assert RenderProject.objects.count() == 2
