"""Choosing a product of the Hub in the page editor."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.test.utils.form_data import streamfield

from catalog.mapping.selectors.hub_mapping import hub_mapping
from catalog.models import ProductGroupPage
from cchub_sandbox.server import SandboxServer
from tests.catalog.conftest import DEAD_HUB
from tests.catalog.test_admin import form_data, send_new
from tests.factories.catalog import a_group

EMPTY_BLOCK = {
    "product_reference": "",
    "product_name": "",
    "hub_product_id": "",
    "editor": "",
    "editor_place": "",
    "button_label": "",
    "introduction": "",
    "making": "product",
    "pipeline_id": "",
    "pipeline_name": "",
    "print_width_mm": "",
    "print_height_mm": "",
    "print_pages": "",
    "note": "",
}

pytestmark = pytest.mark.django_db


def modal(editor, **query) -> dict:
    response = editor.get(reverse("hub_products"), query)
    assert response.status_code == 200
    return json.loads(response.content)


def personalized(**values) -> dict:
    return streamfield([("customers_canvas", {**EMPTY_BLOCK, **values})])


@pytest.fixture
def large_hub(settings, tmp_path_factory):
    """A Hub with 3000 products, of which none is connected."""
    variant = {"sku": "MUG", "price": "9.00"}
    surface = {"name": "Wrap", "width": 200, "height": 90, "bleed": 3, "items": []}
    personalization = {"component": "handy-editor", "surfaces": [surface]}
    groups = [
        {
            "slug": f"mug-{number}",
            "title": f"Mug {number:04}",
            "variants": [{**variant, "sku": f"MUG-{number}"}],
            "personalization": {**personalization, "reference": f"mug-{number}"},
        }
        for number in range(1, 3001)
    ]
    cchub = settings.CCHUB
    with SandboxServer(
        catalog={"product_groups": groups},
        state_dir=tmp_path_factory.mktemp("large-hub"),
        port=0,
        client_id=cchub["CLIENTID"],
        client_secret=cchub["CLIENTSECRET"],
        tenant_id=cchub["TENANT_ID"],
        storefront_id=cchub["STOREFRONT_ID"],
        webhook_secret=cchub["WEBHOOK_SECRET"],
    ) as server:
        settings.CCHUB = {**cchub, "BASEURL": server.url, "API_URL": server.url}
        yield server


def calls(sandbox) -> list[str]:
    """What the Hub was asked, but for tokens."""
    return [call.name for call in sandbox.control.calls if call.name != "token"]


def results(editor, view: str = "hub_products_results", /, **query) -> str:
    return editor.get(reverse(view), query).content.decode()


def chosen(editor, view: str = "hub_product_chosen", /, **query) -> dict:
    answer = json.loads(editor.get(reverse(view), query).content)
    assert answer["step"] == "chosen"
    return answer["result"]


def test_the_modal_shows_all_products_with_one_call(editor, sandbox):
    html = modal(editor)["html"]

    assert "Classic business cards" in html
    assert "product_id=401" in html
    assert reverse("hub_product_picture", args=[401]) in html
    assert "Connected to this shop" in html
    assert calls(sandbox) == ["products.list"]


def test_connected_products_alone_are_one_call_as_well(editor, sandbox):
    sandbox.control.disconnect("classic-business-cards")

    html = results(editor, show="connected", q="cards")

    assert "reference=" in html
    assert "classic-business-cards" not in html
    assert calls(sandbox) == ["references.list"]


def test_a_page_of_thousands_of_products_is_one_call_of_ten(editor, large_hub):
    html = results(editor, p=250)

    [call] = large_hub.control.calls_to("products.list")
    assert (call.query["skip"], call.query["take"]) == ("2490", "10")
    assert html.count("data-chooser-modal-choice") == 10
    assert "Mug 2491" in html
    assert "Page 250 of 300" in html
    assert calls(large_hub) == ["products.list"]


def test_one_of_thousands_is_found_by_its_name_with_one_call(editor, large_hub):
    html = results(editor, q="mug 2999")

    assert "There is 1 match" in html
    assert "product_id=3399" in html
    assert calls(large_hub) == ["products.list"]


def test_a_name_nobody_has_finds_nothing(editor, sandbox):
    html = results(editor, q="zeppelin")

    assert "there are no matches" in html
    assert "data-chooser-modal-choice" not in html


def test_a_page_beyond_the_last_shows_the_last(editor, sandbox):
    assert "data-chooser-modal-choice" in results(editor, p=99)


def test_a_product_that_is_connected_is_kept_by_its_reference(editor, sandbox):
    assert chosen(editor, product_id="401", name="Cards") == {
        "product_reference": "classic-business-cards",
        "product_name": "Cards",
        "hub_product_id": "",
    }
    assert calls(sandbox) == ["references.list"]


def test_a_product_that_is_not_connected_is_kept_by_its_number(editor, sandbox):
    sandbox.control.disconnect("classic-business-cards")

    assert chosen(editor, product_id="401", name="Cards") == {
        "product_reference": "",
        "product_name": "Cards",
        "hub_product_id": "401",
    }


def test_without_an_answer_a_product_is_kept_by_its_number_which_works_in_any_case(editor, hub_is_down):
    assert chosen(editor, product_id="401", name="Cards")["hub_product_id"] == "401"


def test_a_connection_is_chosen_without_asking_the_hub(editor, hub_is_down):
    assert chosen(editor, reference="a/b", name="Tags") == {
        "product_reference": "a/b",
        "product_name": "Tags",
        "hub_product_id": "",
    }


@pytest.mark.parametrize("number", ["", "x", "1.5", "-1"])
def test_what_is_no_product_is_not_chosen(editor, sandbox, number):
    assert editor.get(reverse("hub_product_chosen"), {"product_id": number}).status_code == 400


def test_pipelines_are_listed_with_one_call_and_chosen_without_one(editor, sandbox):
    html = json.loads(editor.get(reverse("hub_pipelines")).content)["html"]

    assert "Print files without a call-back" in html
    assert "id=32" in html
    assert "There is 1 match" in results(editor, "hub_pipelines_results", q="without")
    assert chosen(editor, "hub_pipeline_chosen", id="32", name="Quiet") == {
        "pipeline_id": "32",
        "pipeline_name": "Quiet",
        "making": "pipeline",
    }
    assert calls(sandbox) == ["pipelines.list", "pipelines.list"]


def test_the_pipelines_modal_explains_an_outage(editor, hub_is_down):
    html = json.loads(editor.get(reverse("hub_pipelines")).content)["html"]

    assert "does not answer at the moment" in html
    assert "type the number of the pipeline" in html


def test_the_modal_explains_an_outage(editor, hub_is_down):
    html = modal(editor)["html"]

    assert "does not answer at the moment" in html
    assert "type the product reference" in html


def test_the_modal_says_when_the_credentials_are_wrong(editor, sandbox):
    sandbox.control.fail("products.list", status=403)

    assert "refused the shop" in modal(editor)["html"]


def test_a_picture_comes_by_way_of_the_shop(editor, sandbox):
    response = editor.get(reverse("hub_product_picture", args=[401]))

    assert response["Content-Type"] == "image/png"
    assert response.content.startswith(b"\x89PNG")


def test_no_picture_of_an_unknown_product_or_during_an_outage(editor, sandbox, settings):
    assert editor.get(reverse("hub_product_picture", args=[9999])).status_code == 404
    settings.CCHUB = {**settings.CCHUB, "BASEURL": DEAD_HUB, "API_URL": DEAD_HUB}
    assert editor.get(reverse("hub_product_picture", args=[402])).status_code == 503


def test_who_may_not_write_pages_may_not_look_at_the_hub(client, sandbox):
    packer = get_user_model().objects.create_user("pia", "pia@oakwren.example", "secret")
    packer.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(packer)

    answer = client.get(reverse("hub_products"))

    assert answer.status_code == 302
    assert sandbox.control.calls == []


def test_a_draft_is_saved_and_opened_while_the_hub_is_away(editor, hub_is_down):
    stream = personalized(product_reference="cards", product_name="Cards in the Hub", note="Quick")

    send_new(editor, form_data([{"sku": "OW-A"}], personalization=stream), publish=False)

    group = ProductGroupPage.objects.get()
    draft = group.get_latest_revision_as_object()
    assert draft.personalization[0].value["product_name"] == "Cards in the Hub"
    assert (hub_mapping(draft).reference, hub_mapping(draft).note) == ("cards", "Quick")
    page = editor.get(reverse("wagtailadmin_pages:edit", args=[group.pk]))
    assert page.status_code == 200
    assert "Cards in the Hub" in page.content.decode()


def test_a_product_has_either_a_reference_or_a_number(editor):
    stream = personalized(product_reference="cards", hub_product_id="401")

    response = send_new(editor, form_data([{"sku": "OW-A"}], personalization=stream))

    assert response.status_code == 200
    assert not ProductGroupPage.objects.exists()


def test_saving_and_showing_a_personalized_product_asks_the_hub_nothing(editor, client, sandbox):
    stream = personalized(product_reference="cards")
    send_new(editor, form_data([{"sku": "OW-A"}], personalization=stream), publish=False)
    group = a_group("OW-B", personalized=True)

    assert client.get(group.url).status_code == 200
    editor.get(reverse("wagtailadmin_pages:edit", args=[ProductGroupPage.objects.first().pk]))

    assert sandbox.control.calls == []


def test_what_was_stored_before_names_were_kept_is_still_understood(editor):
    group = a_group("OW-A")
    group.personalization = json.dumps(
        [
            {
                "type": "customers_canvas",
                "value": {"product_reference": "old", "pipeline_id": None, "note": "Quick"},
            }
        ]
    )
    group.save()

    known = hub_mapping(ProductGroupPage.objects.get())

    assert (known.reference, known.pipeline_id, known.note) == ("old", None, "Quick")
