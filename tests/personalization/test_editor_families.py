"""UI Framework and Design Editor on the editor page: what the Hub names opens, with the right token."""

import json
import re

import pytest
from django.urls import reverse

from commerce.models import CartItem
from personalization.hub import Hub, get_hub
from personalization.models import Design, StorefrontUser
from tests.factories.catalog import a_group
from tests.factories.commerce import start_designing

pytestmark = pytest.mark.django_db

SAVE_THE_DATES, LETTERHEADS = "OW-SD-25", "OW-LH-LAID-50"
API_KEY = "sandbox-design-editor-key"


@pytest.fixture
def products(sandbox):
    """A product for the UI Framework and one for the Design Editor."""
    a_group(SAVE_THE_DATES, title="Save the dates", personalized=True, reference="save-the-dates")
    a_group(LETTERHEADS, title="Letterheads", personalized=True, reference="letterheads")


def open_page(client, sku, **query):
    response = start_designing(client, reverse("personalize", args=[sku], query=query))
    assert response.status_code == 200, response.text
    data = re.search(r'<script id="editor-data" type="application/json">(.*?)</script>', response.text)
    return response, json.loads(data.group(1))


def add(client, sku, editor, detail, design=None):
    body = {"detail": detail, "editor": editor, "design": design}
    return client.post(reverse("personalize", args=[sku]), body, content_type="application/json")


def framework_output(user_id, state):
    props = {"_stateId": [state], "_userId": user_id, "_hidden": {"images": [], "snapshot": "c25hcA=="}}
    return {"lineItems": [{"productId": "save-the-dates", "quantity": 3, "props": props}]}


def editor_output(user_id, state):
    return {"quantity": 4, "saved": {"stateId": state, "userId": user_id}, "proof": {"proofImageUrls": []}}


@pytest.mark.parametrize(
    "sku, editor, template",
    [
        (SAVE_THE_DATES, "ui-framework", "pages/commerce/personalize_full.html"),
        (LETTERHEADS, "design-editor", "pages/commerce/personalize_framed.html"),
    ],
)
def test_the_page_loads_the_module_of_the_family(client, products, sku, editor, template):
    response, data = open_page(client, sku)
    assert data["editor"] == editor
    assert f"js/editor/adapters/{editor}" in response.text
    assert template in [used.name for used in response.templates]
    assert data["user"]["id"] == StorefrontUser.objects.get().hub_id
    assert data["tokenUrl"] == f"/personalize/{sku}/token/?editor={editor}"


def test_the_design_editors_page_asks_for_the_quantity_itself(client, products):
    response, _ = open_page(client, LETTERHEADS, quantity="12")
    assert re.search(r'<input[^>]*name="quantity"[^>]*value="12"', response.text)


def test_the_design_editors_page_lets_its_frame_in(client, products, sandbox):
    response, _ = open_page(client, LETTERHEADS)
    frames = re.search(r"frame-src ([^;]*)", response.headers["Content-Security-Policy"]).group(1)
    assert sandbox.url in frames.split()


@pytest.mark.parametrize(
    "sku, editor, output, quantity",
    [
        (SAVE_THE_DATES, "ui-framework", framework_output, 3),
        (LETTERHEADS, "design-editor", editor_output, 4),
    ],
)
def test_what_was_made_lands_in_the_cart_and_opens_again(client, products, sku, editor, output, quantity):
    _, data = open_page(client, sku)
    assert add(client, sku, editor, output(data["user"]["id"], "642e79")).json()["url"] == "/cart/"
    item = CartItem.objects.get()
    assert (item.sku, item.quantity, item.design.state_ids) == (sku, quantity, ["642e79"])

    _, again = open_page(client, sku, design=str(item.design.pk))
    assert again["config"]["quantity"] == quantity
    assert "642e79" in json.dumps(again["config"])


def test_a_design_of_another_editor_is_not_opened_by_the_ui_framework(client, products):
    _, data = open_page(client, SAVE_THE_DATES)
    output = framework_output(data["user"]["id"], "642e79")
    output["lineItems"][0]["props"]["_hidden"] = {"images": []}
    add(client, SAVE_THE_DATES, "ui-framework", output)
    page = reverse("personalize", args=[SAVE_THE_DATES])
    response = client.get(page, {"design": str(Design.objects.get().pk)})
    assert response.status_code == 503
    assert "safe in your cart" in response.text
    assert CartItem.objects.count() == 1


# --- the Design Editor's own tokens


def test_the_design_editor_is_opened_with_its_own_token_and_the_key_stays_here(
    client, products, sandbox, caplog
):
    caplog.set_level("DEBUG")
    response, data = open_page(client, LETTERHEADS)
    assert data["config"]["configuration"]["tokenId"] == data["user"]["token"]
    assert [call.status for call in sandbox.control.calls_to("design-editor.tokens")] == [200]
    assert API_KEY not in response.text
    assert API_KEY not in caplog.text


def test_an_open_editor_gets_a_fresh_token_of_its_own_kind(client, products, sandbox):
    _, data = open_page(client, LETTERHEADS)
    assert client.post(data["tokenUrl"]).json()["userId"] == data["user"]["id"]
    assert len(sandbox.control.calls_to("design-editor.tokens")) == 2

    _, data = open_page(client, SAVE_THE_DATES)
    client.post(data["tokenUrl"])
    assert len(sandbox.control.calls_to("design-editor.tokens")) == 2


def test_a_design_editor_that_does_not_answer_is_said_calmly(client, products, sandbox):
    sandbox.control.fail("design-editor.tokens", "status", status=503, times=9)
    response = start_designing(client, reverse("personalize", args=[LETTERHEADS]))
    assert response.status_code == 503
    assert "Try again" in response.text


def test_a_refused_api_key_is_a_matter_for_the_log(client, products, sandbox, caplog):
    sandbox.control.fail("design-editor.tokens", "status", status=401, times=9)
    response = start_designing(client, reverse("personalize", args=[LETTERHEADS]))
    assert response.status_code == 503
    assert "refused the API key" in caplog.text
    assert API_KEY not in caplog.text


def test_an_api_key_that_was_changed_is_read_again(products, sandbox):
    hub = Hub(get_hub().config)
    sandbox.control.add_user("visitor-1")
    hub.design_editor_token("visitor-1")
    sandbox.control.fail("design-editor.tokens", "status", status=401, times=1)
    assert hub.design_editor_token("visitor-1")
    assert len(sandbox.control.calls_to("tenant-info.applications")) == 2
