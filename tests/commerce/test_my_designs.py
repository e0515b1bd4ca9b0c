"""My designs: what a shopper finds there, what can be done with it, and that it is theirs alone."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalog.mapping.selectors.hub_mapping import hub_mapping
from catalog.models import ProductVariant
from commerce.models import CartItem
from commerce.selectors.cart import cart_contents
from commerce.services.cart import MAXIMUM_LINES, put_design, remove_item
from personalization.models import Design
from tests.factories.commerce import client_of, make_order, make_picture, make_variant
from tests.factories.personalization import make_design, make_storefront_user

pytestmark = pytest.mark.django_db

GONE = "This design is not here any more."
ACTIONS = ("design_duplicate", "design_rename", "design_delete", "design_put_in_cart")


@pytest.fixture
def card(db):
    """A personalized product."""
    values = {"page_title": "Classic cards", "title": "Matt"}
    return reloaded(make_variant("OW-CARD", price="19.00", is_personalized=True, **values))


@pytest.fixture
def design(owner, card):
    return make_fitting_design(owner, card)


def make_fitting_design(owner, variant, **values) -> Design:
    """A design as the editor of this product would have made it."""
    reference = hub_mapping(variant.page).reference
    defaults = {"sku": variant.sku, "product_reference": reference, "title": variant.page.title}
    return make_design(owner, **defaults | values)


def reloaded(variant) -> ProductVariant:
    """As the catalog reads it, with every value of its page's blocks."""
    return ProductVariant.objects.select_related("page").get(pk=variant.pk)


def page(client) -> str:
    return client.get(reverse("designs")).content.decode()


def text_of(html: str) -> str:
    main = re.search(r"<main.*</main>", html, re.DOTALL)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def do(client, action, design, **values):
    return client.post(reverse(action, args=[design.pk]), values)


# What is there


def test_a_design_is_shown_with_its_product_its_last_change_and_until_when_it_is_kept(owner, shopper, card):
    make_fitting_design(
        owner,
        card,
        name="Grandma’s card",
        changed_at=datetime(2026, 11, 3, 9, tzinfo=UTC),
        kept_until=datetime(2027, 11, 3, 9, tzinfo=UTC),
    )

    text = text_of(page(shopper))

    assert "Grandma’s card" in text
    assert "Classic cards, Matt" in text
    assert "Last changed on 3 Nov 2026. Kept until 3 Nov 2027." in text


def test_the_newest_change_comes_first(owner, shopper, card):
    now = timezone.now()
    for name, days in (("Old", 3), ("New", 1), ("Middle", 2)):
        make_fitting_design(owner, card, name=name, changed_at=now - timedelta(days=days))

    assert re.findall(r"Open<span[^>]*> (\w+)<", page(shopper)) == ["New", "Middle", "Old"]


def test_the_preview_is_the_shops_own_copy_else_the_products_picture(owner, shopper, card):
    ProductVariant.objects.update(image=make_picture())
    plain = make_fitting_design(owner, card, preview_urls=["https://hub.example/secret.png"])
    assert "/images/" in page(shopper)

    plain.preview.save("card.png", ContentFile(b"png"))

    assert f'src="{plain.preview.url}"' in page(shopper)
    assert "hub.example" not in page(shopper)


def test_it_says_where_a_design_is_used(owner, shopper, card):
    in_cart = make_fitting_design(owner, card, kept_until=timezone.now())
    put_design(owner=owner, design=in_cart, quantity=2)
    ordered = make_fitting_design(owner, card)
    order = make_order(owner=owner, designs=[ordered])

    html = page(shopper)

    assert "Kept as long as it is in your cart." in html
    assert "Kept with your order." in html
    assert f'href="{order.get_absolute_url()}">Ordered: {order.code}</a>' in html
    # What is in the cart already is not offered again.
    assert reverse("design_put_in_cart", args=[in_cart.pk]) not in html
    assert reverse("design_put_in_cart", args=[ordered.pk]) in html


def test_an_order_that_belongs_to_somebody_else_by_now_is_not_linked(owner, shopper, design):
    order = make_order(owner=make_storefront_user(), designs=[design])

    html = page(shopper)

    assert order.secret not in html
    assert "Ordered" in html


def test_copies_that_nobody_has_saved_yet_are_not_shown(owner, shopper, card):
    untouched = make_fitting_design(owner, card, is_untouched=True, name="Just opened")

    assert "Just opened" not in page(shopper)
    for action in ACTIONS:
        assert do(shopper, action, untouched, quantity=1).url == reverse("designs")


def test_designs_come_in_pages(owner, shopper, card):
    for _number in range(13):
        make_fitting_design(owner, card)

    assert page(shopper).count('<li class="line design"') == 12
    assert shopper.get(reverse("designs"), {"page": 2}).content.decode().count('<li class="line design"') == 1


def test_somebody_without_designs_is_invited_and_gets_no_cookie():
    client = Client()

    answer = client.get(reverse("designs"))

    assert "Nothing here yet." in answer.content.decode()
    assert not answer.cookies


def test_a_guest_is_told_that_the_browser_keeps_them(owner, shopper, design):
    assert "kept in this browser. Sign up to keep it everywhere." in page(shopper)


@pytest.mark.parametrize(
    "change, reason, advice",
    [
        ("unpublished", "We no longer sell this product.", "See what else we have"),
        ("off sale", "We no longer sell this option of the product.", "See the options that there are"),
        ("renamed", "We no longer sell this option of the product.", "See the options that there are"),
        ("plain", "This product is no longer made from a design of your own.", "Look at the product"),
        ("other product", "your design does not fit it any more.", "Start a new design"),
        ("expired", "This design has expired", "Start a new design"),
    ],
)
def test_a_design_that_cannot_be_ordered_says_why_and_what_to_do(
    owner, shopper, card, design, change, reason, advice
):
    change_catalog(change, card, design)

    html = page(shopper)

    assert reason in html
    assert advice in html
    assert reverse("design_put_in_cart", args=[design.pk]) not in html
    assert f"?design={design.pk}" not in html
    answer = do(shopper, "design_put_in_cart", design, quantity=1)
    assert answer.url == reverse("designs")
    assert 'role="alert">Classic cards: ' in page(shopper)
    assert not CartItem.objects.exists()


def change_catalog(change, variant, design):
    product = variant.page
    if change == "unpublished":
        product.unpublish()
    elif change == "off sale":
        ProductVariant.objects.filter(pk=variant.pk).update(is_active=False)
    elif change == "renamed":
        ProductVariant.objects.filter(pk=variant.pk).update(sku="OW-CARD-2027")
    elif change == "plain":
        product.personalization = []
        product.save()
    elif change == "other product":
        product.personalization = [("customers_canvas", {"product_reference": "other-cards"})]
        product.save()
    elif change == "expired":
        Design.objects.filter(pk=design.pk).update(gone_at=timezone.now())


# What can be done


def test_a_name_is_given_and_taken_away_again(shopper, design):
    answer = do(shopper, "design_rename", design, name="  Grandma’s \n card ")
    design.refresh_from_db()
    assert (answer.url, design.name) == (reverse("designs"), "Grandma’s card")
    assert "It is called “Grandma’s card” now." in page(shopper)
    assert "It is called" not in page(shopper)

    do(shopper, "design_rename", design, name=" ")
    design.refresh_from_db()
    assert design.name == ""
    assert "It is called “Classic cards” now." in page(shopper)


def test_a_name_that_is_too_long_is_explained_next_to_the_design(shopper, design):
    answer = do(shopper, "design_rename", design, name="x" * 121)

    html = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="name-{design.pk}-error">Use a name of at most 120 characters.' in html
    assert '<details class="design-rename" open>' in html
    design.refresh_from_db()
    assert design.name == ""


def test_deleting_asks_once_more(shopper, design):
    asked = shopper.get(reverse("design_delete", args=[design.pk])).content.decode()
    assert "Delete “Classic cards”?" in asked
    assert Design.objects.filter(pk=design.pk).exists()

    answer = do(shopper, "design_delete", design)

    assert answer.url == reverse("designs")
    assert not Design.objects.filter(pk=design.pk).exists()
    assert "“Classic cards” is deleted." in page(shopper)


def test_a_design_in_the_cart_is_not_deleted(owner, shopper, design):
    item = put_design(owner=owner, design=design, quantity=1)
    asked = shopper.get(reverse("design_delete", args=[design.pk]))
    answer = do(shopper, "design_delete", design)
    for html in (asked.content.decode(), answer.content.decode()):
        assert "Remove it from your cart first." in html
        assert "Delete design</button>" not in html
    assert answer.status_code == 409
    assert Design.objects.filter(pk=design.pk).exists()

    remove_item(owner=owner, item_id=item.pk)

    assert do(shopper, "design_delete", design).status_code == 302


def test_an_ordered_design_stays_with_its_order(owner, shopper, design):
    order = make_order(owner=owner, designs=[design])

    answer = do(shopper, "design_delete", design)

    assert answer.status_code == 409
    assert "stays with its order" in answer.content.decode()
    assert order.get_absolute_url() in answer.content.decode()
    assert Design.objects.filter(pk=design.pk).exists()


def test_a_design_goes_into_the_cart_at_the_price_of_today(owner, shopper, card, design):
    ProductVariant.objects.update(price="21.50")

    answer = do(shopper, "design_put_in_cart", design, quantity=3)

    assert answer.url == reverse("cart")
    [line] = cart_contents(owner).lines
    assert (line.design, line.quantity, str(line.total)) == (design, 3, "64.50")
    cart = shopper.get("/cart/").content.decode()
    assert "Now in your cart: 3 × “Classic cards”, at €21.50 each." in cart
    assert "Now in your cart" not in shopper.get("/cart/").content.decode()


def test_put_into_the_cart_twice_it_is_still_one_line(owner, shopper, design):
    do(shopper, "design_put_in_cart", design, quantity=3)
    do(shopper, "design_put_in_cart", design, quantity=3)

    assert [line.quantity for line in cart_contents(owner).lines] == [3]


@pytest.mark.parametrize(
    "quantity, sentence",
    [("0", "Enter a quantity of at least 1."), ("many", "Enter the quantity as a whole number, like 25.")],
)
def test_a_wrong_quantity_is_explained_next_to_the_design(shopper, design, quantity, sentence):
    answer = do(shopper, "design_put_in_cart", design, quantity=quantity)

    assert answer.status_code == 422
    html = answer.content.decode()
    assert f'id="quantity-{design.pk}-error">{sentence}' in html
    assert f'value="{quantity}"' in html
    assert not CartItem.objects.exists()


def test_a_full_cart_is_told(owner, shopper, card, design):
    first = put_design(owner=owner, design=make_fitting_design(owner, card), quantity=1)
    CartItem.objects.bulk_create(
        CartItem(cart=first.cart, sku=f"OW-{number}") for number in range(MAXIMUM_LINES - 1)
    )

    answer = do(shopper, "design_put_in_cart", design, quantity=1)

    assert answer.status_code == 422
    assert "Your cart is full." in answer.content.decode()


def test_without_the_hub_duplicating_is_told_calmly_and_nothing_is_lost(shopper, design):
    answer = do(shopper, "design_duplicate", design)

    assert answer.url == reverse("designs")
    assert "Our design studio is taking a short break." in page(shopper)
    assert list(Design.objects.all()) == [design]


def test_a_duplicate_is_a_design_of_its_own_in_the_hub(sandbox, owner, shopper, card):
    state = sandbox.control.add_design(owner.hub_id, "classic-business-cards")
    design = make_fitting_design(owner, card, state_ids=[state], name="Grandma’s card")

    do(shopper, "design_duplicate", design)

    copy = Design.objects.exclude(pk=design.pk).get()
    assert (copy.owner, copy.copy_of, copy.name) == (owner, design, "Grandma’s card")
    assert copy.state_ids != design.state_ids
    assert "“Grandma’s card” is here twice now." in page(shopper)


def test_forms_go_back_to_the_page_of_the_list_that_they_were_on(shopper, design):
    for asked, url in (("2", "/designs/?page=2"), ("1", "/designs/"), ("//evil", "/designs/")):
        answer = shopper.post(f"{reverse('design_rename', args=[design.pk])}?page={asked}", {"name": "A"})
        assert answer.url == url


# To whom it belongs


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("action", ACTIONS)
def test_nobody_does_anything_with_a_design_of_somebody_else(stranger, design, action, method):
    before = Design.objects.values().get(pk=design.pk)
    url = reverse(action, args=[design.pk])

    for browser in (stranger, Client()):
        answer = getattr(browser, method)(url, {"name": "Mine", "quantity": "1"})
        assert (answer.status_code, answer.url) == (302, reverse("designs"))
        assert GONE in page(browser)
        assert str(design.pk) not in page(browser)

    assert Design.objects.values().get() == before
    assert not CartItem.objects.exists()


@pytest.mark.parametrize("action", ACTIONS)
def test_a_design_that_is_deleted_already_leads_to_the_list_as_it_is_now(shopper, action):
    answer = shopper.post(reverse(action, args=[uuid4()]), follow=True)

    assert answer.redirect_chain == [("/designs/", 302)]
    assert GONE in answer.content.decode()


def test_every_address_of_a_design_is_in_this_table():
    from commerce.urls import urlpatterns

    of_a_design = {pattern.name for pattern in urlpatterns if "design_id" in str(pattern.pattern)}
    assert of_a_design == set(ACTIONS)


def test_forms_need_their_token(owner, design):
    browser = client_of(owner, enforce_csrf_checks=True)
    for action in ACTIONS:
        assert do(browser, action, design, quantity=1, name="A").status_code == 403
    assert not CartItem.objects.exists()
    assert Design.objects.get().name == ""


def test_the_pages_stay_out_of_caches_and_search_indexes(shopper, design):
    answers = [shopper.get(reverse("designs")), shopper.get(reverse("design_delete", args=[design.pk]))]
    answers.append(do(shopper, "design_rename", design, name="A"))
    for answer in answers:
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_what_was_told_leaves_the_guest_without_a_session(shopper, design):
    do(shopper, "design_rename", design, name="A")
    assert "sessionid" not in shopper.cookies
    shopper.get(reverse("designs"))
    assert shopper.cookies["notices"].value == ""
