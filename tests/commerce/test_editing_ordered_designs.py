"""What was ordered never changes: going on with it opens a copy, and the order keeps its own."""

import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from commerce.models import CartItem, Order, OrderItem
from commerce.services.cart import put_design
from personalization.hub import get_hub
from personalization.models import Design, RemoteCleanUp, RetentionJob
from personalization.shoppers.services import visitors
from tests.factories.catalog import a_group
from tests.factories.commerce import make_order
from tests.factories.personalization import make_design, make_output, make_render_project

pytestmark = pytest.mark.django_db

SKU, OTHER_SKU = "OW-BC-MATT-50", "OW-BC-MATT-100"
NOTICE = "You are working on a copy. What you have ordered stays as it is."


@pytest.fixture
def hub(sandbox):
    sandbox.control.set_speed(0)
    return sandbox.control


@pytest.fixture
def cards(sandbox):
    return a_group(
        SKU, OTHER_SKU, title="Business cards", personalized=True, reference="classic-business-cards"
    )


@pytest.fixture
def ordered(hub, cards, owner):
    """A design in an order whose files are being made."""
    visitors.storefront_user_token(owner)
    design = make_design(
        owner,
        sku=SKU,
        title="Business cards",
        name="Anna’s cards",
        hub_product_id=401,
        hub_product_version_id=901,
        state_ids=[hub.add_design(owner.hub_id, "classic-business-cards", sku=SKU)],
    )
    make_order(owner=owner, designs=[design])
    make_render_project(design)
    return design


def page_of(design):
    return f"{reverse('personalize', args=[SKU])}?design={design.pk}"


def opened(shopper, design):
    response = shopper.get(page_of(design))
    assert response.status_code == 200
    data = re.search(r'id="editor-data" type="application/json">(.*?)</script>', response.text)
    return response, json.loads(data[1])


def save(shopper, owner, *, state, design, **values):
    detail = make_output(owner, sku=SKU, quantity=20, _stateId=[state], **values)
    body = {"detail": detail, "editor": "workflow-elements", "design": design}
    return shopper.post(reverse("personalize", args=[SKU]), json.dumps(body), content_type="application/json")


def test_the_editor_opens_a_copy_and_the_page_says_so(shopper, ordered):
    response, data = opened(shopper, ordered)
    copy = Design.objects.get(is_untouched=True)
    assert NOTICE in response.text
    assert f'href="{reverse("designs")}">Back to my designs</a>' in response.text
    assert (data["design"], data["config"]["input"]["designId"]) == (str(copy.pk), copy.state_ids[0])
    assert copy.state_ids != ordered.state_ids


def test_a_design_that_nobody_has_ordered_is_opened_itself(hub, cards, shopper, owner):
    design = make_design(owner, sku=SKU, state_ids=[hub.add_design(owner.hub_id, "classic-business-cards")])
    response, data = opened(shopper, design)
    assert NOTICE not in response.text
    assert data["design"] == str(design.pk)
    assert Design.objects.count() == 1


def test_back_and_reload_open_the_same_copy(shopper, ordered):
    first, second = opened(shopper, ordered)[1], opened(shopper, ordered)[1]
    assert first["design"] == second["design"]
    assert Design.objects.count() == 2


def test_asking_for_the_headers_copies_nothing(shopper, hub, ordered):
    assert shopper.head(page_of(ordered)).status_code == 200
    assert Design.objects.count() == 1
    assert hub.calls_to("designs.copy") == []


def test_a_design_of_an_order_on_hold_is_opened_as_a_copy_too(hub, cards, shopper, owner):
    state = hub.add_design(owner.hub_id, "classic-business-cards")
    design = make_design(owner, sku=SKU, state_ids=[state])
    make_order(owner=owner, designs=[design], status=Order.Status.ON_HOLD)
    assert opened(shopper, design)[1]["design"] != str(design.pk)
    assert save(shopper, owner, state=state, design=str(design.pk)).status_code == 422


def test_the_saved_copy_is_a_design_of_its_own_with_the_shoppers_name(shopper, owner, ordered):
    data = opened(shopper, ordered)[1]
    state = data["config"]["input"]["designId"]
    assert save(shopper, owner, state=state, design=data["design"]).status_code == 200
    made = CartItem.objects.get().design
    assert (made.name, made.copy_of, made.is_untouched) == ("Anna’s cards", ordered, False)
    assert (made.state_ids, set(Design.objects.all())) == ([state], {ordered, made})
    assert not RemoteCleanUp.objects.exists()
    assert OrderItem.objects.get().design == ordered


def test_a_copy_saved_under_another_id_leaves_the_first_to_the_hub(shopper, hub, owner, ordered):
    data = opened(shopper, ordered)[1]
    first = data["config"]["input"]["designId"]
    other = hub.add_design(owner.hub_id, "classic-business-cards", sku=SKU)
    save(shopper, owner, state=other, design=data["design"])
    assert CartItem.objects.get().design.state_ids == [other]
    clean_up = RemoteCleanUp.objects.get()
    assert (clean_up.state_ids, clean_up.ending) == ([first], "let_go")


def test_the_saved_copy_takes_the_line_of_a_design_ordered_again(shopper, owner, ordered):
    put_design(owner=owner, design=ordered, quantity=7)
    response, data = opened(shopper, ordered)
    assert f'href="{reverse("cart")}">Back to the cart</a>' in response.text
    assert data["config"]["integration"]["quantity"] == 7
    line = CartItem.objects.get()
    save(shopper, owner, state=data["config"]["input"]["designId"], design=data["design"])
    line.refresh_from_db()
    assert CartItem.objects.count() == 1
    assert (line.quantity, line.design.copy_of) == (20, ordered)


def test_saving_over_what_was_ordered_is_refused_as_before(shopper, owner, ordered):
    answer = save(shopper, owner, state=ordered.state_ids[0], design=str(ordered.pk))
    assert answer.status_code == 422
    assert "has been ordered already" in answer.json()["message"]
    assert not CartItem.objects.exists()


def test_after_it_was_saved_the_next_opening_makes_a_new_copy(shopper, owner, ordered):
    data = opened(shopper, ordered)[1]
    save(shopper, owner, state=data["config"]["input"]["designId"], design=data["design"])
    assert opened(shopper, ordered)[1]["design"] not in (data["design"], str(ordered.pk))


def test_a_design_that_the_hub_has_lost_says_so_and_offers_a_new_one(shopper, owner, ordered):
    get_hub().delete_private_design(ordered.state_ids[0], owner_id=owner.hub_id)
    response = shopper.get(page_of(ordered))
    assert response.status_code == 410
    assert "This design is no longer available. Please personalize the product again." in response.text
    assert "Start a new design" in response.text


def test_while_the_hub_is_away_the_shopper_comes_back_later(shopper, hub, ordered):
    hub.fail("designs.copy", status=503, retry_after=90)
    response = shopper.get(page_of(ordered))
    assert (response.status_code, response["Retry-After"]) == (503, "90")
    assert "taking a short break" in response.text
    assert Design.objects.count() == 1


def test_another_shopper_gets_no_copy(stranger, hub, ordered):
    assert stranger.get(page_of(ordered)).url == "/designs/"
    assert hub.calls_to("designs.copy") == []


# A cart whose design is gone


def test_a_line_whose_design_is_gone_says_so_and_is_not_ordered(shopper, owner, ordered, cards):
    put_design(owner=owner, design=ordered, quantity=7)
    Design.objects.update(gone_at=ordered.created_at)
    page = shopper.get(reverse("cart")).text
    assert "Your design is no longer available. Remove it and personalize the product again." in page
    assert reverse("checkout") not in page.split("<main")[1]
    orders = Order.objects.count()
    shopper.post(reverse("checkout"), {"email": "anna@example.com"})
    assert Order.objects.count() == orders


def test_looking_at_the_cart_has_the_hub_asked_about_designs_not_seen_for_long(shopper, owner, ordered):
    put_design(owner=owner, design=ordered, quantity=7)
    RetentionJob.objects.update(due_at=timezone.now() + timedelta(hours=12))
    shopper.get(reverse("cart"))
    assert Design.objects.get().retention_job.due_at <= timezone.now()
