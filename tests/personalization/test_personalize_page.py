"""The editor page opens what the Hub names and takes what the shopper made to their cart."""

import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from commerce.models import CartItem
from personalization.models import Design, StorefrontUser
from personalization.shoppers.services import visitors
from tests.factories.catalog import a_group
from tests.factories.commerce import start_designing
from tests.factories.personalization import make_design, make_output

pytestmark = pytest.mark.django_db

REFERENCE = "classic-business-cards"
SKU, OTHER_SKU = "OW-BC-MATT-50", "OW-BC-MATT-100"
STATE = "642e793dc46d098d64514607"


@pytest.fixture
def cards(sandbox):
    """A personalized product that the sandbox knows, with two of its variants."""
    return a_group(SKU, OTHER_SKU, title="Business cards", personalized=True, reference=REFERENCE)


def page_of(sku=SKU, **query):
    return reverse("personalize", args=[sku]) + (
        "?" + "&".join(f"{k}={v}" for k, v in query.items()) if query else ""
    )


def opened(client, **query):
    """Open the editor, and read what the page's script will read."""
    response = start_designing(client, page_of(**query))
    assert response.status_code == 200
    data = re.search(r'<script id="editor-data" type="application/json">(.*?)</script>', response.text).group(
        1
    )
    return response, json.loads(data)


def shopper(client) -> StorefrontUser:
    """Make the client a shopper with a cookie, without opening an editor."""
    from django.http import HttpResponse

    owner = StorefrontUser.objects.create()
    response = HttpResponse()
    visitors.remember_visitor(response, owner)
    client.cookies[visitors.COOKIE_NAME] = response.cookies[visitors.COOKIE_NAME].value
    return owner


def add(client, detail, *, sku=SKU, design=None, editor="workflow-elements", **options):
    body = json.dumps({"detail": detail, "editor": editor, "design": design and str(design.pk)})
    return client.post(page_of(sku), body, content_type="application/json", **options)


# --- opening


def remap(group, **block) -> None:
    """Publish another mapping of the product."""
    group.personalization = [("customers_canvas", block)]
    group.save_revision().publish()


def test_a_product_without_reference_is_opened_bought_and_opened_again_by_its_number(client, cards, sandbox):
    remap(cards, hub_product_id=401)
    sandbox.control.disconnect(REFERENCE)

    _response, data = opened(client)

    assert data["config"]["input"] == {"productId": 401, "productVersionId": 901, "productVariantId": 55001}
    owner = StorefrontUser.objects.get()
    assert add(client, make_output(owner, sku=SKU, productId=402)).status_code == 422
    assert add(client, make_output(owner, sku=SKU)).status_code == 200
    design = Design.objects.get()
    assert (design.product_reference, design.hub_product_id) == ("", 401)
    _response, data = opened(client, design=design.pk)
    assert data["config"]["input"]["designId"] == STATE
    assert sandbox.control.calls_to("references") == []


def test_a_sku_unknown_to_a_product_without_reference_opens_its_first_variant(client, cards, sandbox):
    remap(cards, hub_product_id=401)
    sandbox.control.switches.sku = "not-mapped"

    _response, data = opened(client)

    assert data["config"]["input"] == {"productId": 401, "productVersionId": 901}


def test_the_page_says_which_editor_opens_where_and_what_stands_above_it(client, cards, sandbox):
    sandbox.control.switches.workflow = "two-editors"
    remap(cards, editor="simple-editor", editor_place="full", introduction="Start with the <front>.")

    response, data = opened(client)

    assert data["tag"] == "au-simple-editor"
    assert "pages/commerce/personalize_full.html" in [template.name for template in response.templates]
    assert "Start with the &lt;front&gt;." in response.text


def test_the_button_on_the_products_page_has_the_editors_words(client, cards):
    assert ">Personalize</a>" in client.get(cards.url).text
    remap(cards, button_label="Make it yours")

    page = client.get(cards.url).text

    assert ">Make it yours</a>" in page
    assert ">Personalize</a>" not in page


def test_the_first_opening_makes_the_visitor_a_storefront_user(client, cards, sandbox):
    response, data = opened(client)
    owner = StorefrontUser.objects.get()
    assert data["config"]["integration"]["user"]["id"] == owner.hub_id
    assert response.cookies["visitor"]["httponly"]
    assert "sessionid" not in response.cookies
    assert len(sandbox.control.calls_to("users.create")) == 1


def test_the_same_visitor_stays_the_same_user_with_a_new_token_each_time(client, cards, sandbox):
    opened(client)
    opened(client)
    assert StorefrontUser.objects.count() == 1
    assert len(sandbox.control.calls_to("users.token")) == 2


def test_the_second_opening_asks_the_hub_for_the_token_alone(client, cards, sandbox):
    opened(client)
    before = len(sandbox.control.calls)
    opened(client)
    assert [call.name for call in sandbox.control.calls[before:]] == ["users.token"]


def test_a_page_with_a_token_is_kept_by_nobody(client, cards):
    response, _ = opened(client)
    assert response.headers["Cache-Control"] == "private, no-store"


def test_the_sku_of_the_address_is_the_one_that_opens(client, cards):
    _, data = opened(client)
    assert data["tag"] == "au-handy-editor"
    assert data["config"]["input"] == {
        "productId": 401,
        "productVersionId": 901,
        "productVariantId": 55001,
    }
    _, other = opened(client, sku=OTHER_SKU)
    assert other["config"]["input"]["productVariantId"] == 55002


@pytest.mark.parametrize(
    "asked, quantity",
    [("25", 25), ("0", 1), ("-3", 1), ("10000", 1), ("9999", 9999), ("x", 1), ("٣", 1), ("1e3", 1), ("", 1)],
)
def test_the_quantity_of_the_address_is_checked(client, cards, asked, quantity):
    _, data = opened(client, quantity=asked)
    assert data["config"]["integration"]["quantity"] == quantity


def test_only_this_page_lets_the_hubs_hosts_in(client, cards, sandbox):
    response, _ = opened(client)
    policy = response.headers["Content-Security-Policy"]
    for directive in (
        "script-src",
        "style-src",
        "img-src",
        "font-src",
        "connect-src",
        "frame-src",
        "worker-src",
    ):
        sources = re.search(rf"{directive} ([^;]*)", policy).group(1)
        assert sandbox.url in sources.split(), directive
    assert sandbox.url not in client.get(reverse("cart")).headers["Content-Security-Policy"]


def test_an_unknown_sku_is_not_found(client, sandbox):
    assert client.get(page_of("NOTHING")).status_code == 404
    assert StorefrontUser.objects.count() == 0


def test_a_product_that_is_not_personalized_sends_back_to_its_page(client, sandbox):
    group = a_group("PENCIL")
    response = client.get(page_of("PENCIL"))
    assert (response.status_code, response.url) == (302, group.url)


# --- when it does not open


def test_while_the_hub_is_down_the_shopper_is_asked_to_come_back(client, cards, sandbox, caplog):
    shopper(client)
    sandbox.control.fail("", "status", status=503, times=20)
    response = client.get(page_of())
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    assert "Try again" in response.text
    assert cards.url in response.text
    assert f"The editor of {SKU} cannot be opened" in caplog.text


def test_a_product_that_is_not_connected_in_the_hub_says_so(client, sandbox, caplog):
    shopper(client)
    a_group(SKU, title="Business cards", personalized=True, reference="nobody-knows")
    response = client.get(page_of())
    assert response.status_code == 404
    assert "cannot be personalized yet" in response.text
    assert "Try again" not in response.text
    assert "cannot be opened" in caplog.text


@pytest.mark.parametrize("mode", ["unknown-enum", "nulls", "malformed", "html"])
def test_strange_answers_of_the_hub_are_no_server_error(client, cards, sandbox, mode):
    shopper(client)
    sandbox.control.fail("references", mode, times=9)
    response = client.get(page_of())
    assert response.status_code == 503
    assert "Back to the product" in response.text


def test_wrong_credentials_are_a_matter_for_the_log(client, cards, sandbox, settings, caplog):
    shopper(client)
    settings.CCHUB = {**settings.CCHUB, "CLIENTSECRET": "a-wrong-secret"}
    response = client.get(page_of())
    assert response.status_code == 503
    assert "a-wrong-secret" not in caplog.text + response.text


# --- adding to the cart


def test_what_was_made_lands_in_the_cart(client, cards):
    owner = shopper(client)
    response = add(client, make_output(owner, sku=SKU, quantity=50))
    design = Design.objects.get()
    assert response.json() == {"url": "/cart/", "editUrl": f"/personalize/{SKU}/?design={design.pk}"}
    item = CartItem.objects.get()
    assert (item.design, item.sku, item.quantity) == (design, SKU, 50)
    assert (design.title, design.product_reference) == ("Business cards", REFERENCE)


def test_the_variant_chosen_in_the_editor_is_the_one_that_is_bought(client, cards):
    owner = shopper(client)
    add(client, make_output(owner, sku=OTHER_SKU))
    assert CartItem.objects.get().sku == OTHER_SKU


def test_a_variant_that_is_not_sold_any_more_is_refused(client, cards):
    owner = shopper(client)
    cards.variants.filter(sku=OTHER_SKU).update(is_active=False)
    response = add(client, make_output(owner, sku=OTHER_SKU))
    assert response.status_code == 422
    assert response.json()["message"]
    assert Design.objects.count() == 0


def test_previews_on_the_hubs_hosts_are_kept(client, cards, sandbox):
    owner = shopper(client)
    images = [f"{sandbox.url}/previews/{'0' * 32}/0.png", "https://evil.example/x.png"]
    add(client, make_output(owner, sku=SKU, _hidden={"images": images}))
    assert Design.objects.get().preview_urls == images[:1]


def test_a_visitor_without_a_cookie_is_told(client, cards):
    response = add(client, make_output(StorefrontUser.objects.create(), sku=SKU))
    assert response.status_code == 403
    assert "cookies" in response.json()["message"]


def test_a_design_of_somebody_else_is_refused(client, cards):
    shopper(client)
    response = add(client, make_output(StorefrontUser.objects.create(), sku=SKU))
    assert response.status_code == 422
    assert CartItem.objects.count() == 0


@pytest.mark.parametrize(
    "body, status",
    [
        ("{", 400),
        ("[]", 400),
        ("{}", 400),
        ('{"detail": [], "editor": "workflow-elements"}', 400),
        ('{"detail": {}, "editor": "workflow-elements", "design": 7}', 400),
        ('{"detail": {}, "editor": 7}', 400),
        ('{"detail": {}}', 400),
        ('{"detail": {}, "editor": "workflow-elements"}', 422),
        ('{"detail": {}, "editor": "no-such-editor"}', 422),
        ("[" * 50_000, 422),
        (json.dumps({"detail": {"x": json.loads("[" * 19 + "]" * 19)}, "editor": "workflow-elements"}), 422),
        (json.dumps({"detail": {"x" * 201: 1}, "editor": "workflow-elements"}), 422),
        (json.dumps({"detail": {"x": [1] * 10_000}, "editor": "workflow-elements"}), 422),
        (json.dumps({"detail": {"x": "x" * 131_073}, "editor": "workflow-elements"}), 422),
        ('{"editor": "workflow-elements", "detail": {"x": "%s"}}' % ("x" * 262_144), 413),
    ],
)
def test_bodies_that_are_no_design_are_refused(client, cards, body, status):
    shopper(client)
    response = client.post(page_of(), body, content_type="application/json")
    assert response.status_code == status
    assert response.json()["message"]
    assert Design.objects.count() == 0


def test_output_of_eighteen_levels_is_kept_and_of_more_refused_in_words(client, cards):
    owner = shopper(client)
    # `detail`, `properties` and `_hidden` stand around it.
    deep = json.loads("[" * 15 + "]" * 15)
    assert add(client, make_output(owner, sku=SKU, _hidden={"x": deep})).status_code == 200

    answer = add(client, make_output(owner, sku=SKU, _hidden={"x": [[[deep]]]}))

    assert answer.status_code == 422
    assert answer.json()["message"].startswith("Your design holds too much data")
    assert Design.objects.get().hidden == {"x": deep}


def test_a_workflow_mended_in_the_hub_opens_at_the_next_try(client, cards, sandbox, monkeypatch):
    shopper(client)
    monkeypatch.setattr("personalization.hub.cache.DOUBTED_SECONDS", 0)
    sandbox.control.fail("references", "unknown-enum", times=99)
    assert client.get(page_of()).status_code == 503

    sandbox.control.clear()

    assert client.get(page_of()).status_code == 200


def test_an_unusable_workflow_is_asked_for_once_in_some_seconds(client, cards, sandbox):
    shopper(client)
    sandbox.control.fail("references", "unknown-enum", times=99)
    client.get(page_of())
    asked = len(sandbox.control.calls_to("references"))

    for _ in range(5):
        assert client.get(page_of()).status_code == 503

    assert len(sandbox.control.calls_to("references")) == asked


def test_only_json_is_taken(client, cards):
    shopper(client)
    assert client.post(page_of(), {"detail": "{}"}).status_code == 415


def test_adding_needs_the_csrf_token(cards):
    client = Client(enforce_csrf_checks=True)
    owner = shopper(client)
    assert add(client, make_output(owner, sku=SKU)).status_code == 403
    assert Design.objects.count() == 0
    page = client.get(page_of()).text
    token = re.search(r'data-csrf-token="(\w+)"', page).group(1)
    assert add(client, make_output(owner, sku=SKU), headers={"X-CSRFToken": token}).status_code == 200


def test_a_product_taken_off_sale_meanwhile_is_refused_kindly(client, cards):
    owner = shopper(client)
    cards.variants.update(is_active=False)
    response = add(client, make_output(owner, sku=SKU))
    assert response.status_code == 404
    assert response.json()["message"]


# --- editing


@pytest.fixture
def in_cart(client, cards):
    """A design in the client's cart."""
    owner = shopper(client)
    output = make_output(owner, sku=SKU, quantity=50, productId=401, productVersionId=901)
    add(client, output)
    return Design.objects.get()


def test_a_design_is_reopened_with_its_quantity(client, in_cart):
    response, data = opened(client, design=in_cart.pk)
    assert data["config"]["input"] == {
        "designId": STATE,
        "productId": 401,
        "productVersionId": 901,
        "sku": SKU,
    }
    assert data["config"]["integration"]["quantity"] == 50
    assert data["design"] == str(in_cart.pk)
    assert "Back to the cart" in response.text


def test_an_edited_design_takes_the_place_of_the_old_one(client, in_cart):
    detail = make_output(in_cart.owner, sku=OTHER_SKU, quantity=10, _stateId=["642e793dc46d098d64514699"])
    assert add(client, detail, design=in_cart).status_code == 200
    item = CartItem.objects.get()
    assert (item.sku, item.quantity) == (OTHER_SKU, 10)
    assert Design.objects.get() == item.design
    assert item.design.state_ids == ["642e793dc46d098d64514699"]


def test_the_same_design_sent_twice_is_one_line(client, in_cart):
    assert add(client, make_output(in_cart.owner, sku=SKU, quantity=50)).status_code == 200
    assert CartItem.objects.count() == 1
    assert Design.objects.count() == 1


@pytest.mark.parametrize("design_id", ["nonsense", "2028eccb-c9c3-4ff6-9cab-540cb28aab98"])
def test_a_design_that_is_gone_leads_to_the_list_as_it_is_now(client, cards, design_id):
    shopper(client)
    answer = client.get(page_of(design=design_id), follow=True)
    assert answer.redirect_chain == [("/designs/", 302)]
    assert "This design is not here any more." in answer.content.decode()


def test_no_design_is_a_new_one(client, cards):
    shopper(client)
    assert client.get(page_of(design="")).status_code == 200


def test_a_design_of_another_shopper_is_not_opened(client, cards):
    shopper(client)
    theirs = make_design(product_reference=REFERENCE)
    assert client.get(page_of(design=theirs.pk)).url == "/designs/"


def test_a_design_of_another_product_is_not_opened(client, cards):
    mine = make_design(shopper(client), product_reference="mugs")
    assert client.get(page_of(design=mine.pk)).url == "/designs/"


def test_replacing_a_design_of_another_shopper_adds_a_line_and_leaves_theirs_alone(client, cards):
    owner, theirs = shopper(client), make_design(product_reference=REFERENCE)
    assert add(client, make_output(owner, sku=SKU), design=theirs).status_code == 200
    assert Design.objects.filter(pk=theirs.pk).exists()
    assert CartItem.objects.get().design.owner == owner


# --- fresh tokens


def test_a_fresh_token_goes_to_the_shopper_who_has_the_editor_open(client, cards, sandbox):
    owner = shopper(client)
    response = client.post(reverse("personalize_token", args=[SKU]))
    assert response.json()["userId"] == owner.hub_id
    assert response.json()["token"].count(".") == 2
    assert response.headers["Cache-Control"] == "private, no-store"


def test_nobody_gets_no_token(client, cards, sandbox):
    assert client.post(reverse("personalize_token", args=[SKU])).status_code == 403
    assert client.get(reverse("personalize_token", args=[SKU])).status_code == 405
    assert sandbox.control.calls == []


def test_a_token_needs_the_csrf_token(cards):
    client = Client(enforce_csrf_checks=True)
    shopper(client)
    assert client.post(reverse("personalize_token", args=[SKU])).status_code == 403


def test_no_token_while_the_hub_is_down(client, cards, sandbox):
    shopper(client)
    sandbox.control.fail("users", "status", status=503, times=9)
    assert client.post(reverse("personalize_token", args=[SKU])).status_code == 503
