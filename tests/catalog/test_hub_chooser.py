"""Choosing a product of the Hub in the page editor."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.test.utils.form_data import streamfield

from catalog.models import ProductGroupPage
from catalog.selectors import mapping
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


def test_the_modal_shows_connected_products_with_one_call(editor, sandbox):
    html = modal(editor)["html"]

    assert "Classic business cards" in html
    assert "reference=classic-business-cards" in html
    assert reverse("hub_product_picture", args=[401]) in html
    assert len(sandbox.control.calls_to("references.list")) == 1
    assert {call.name for call in sandbox.control.calls if call.name.startswith("products")} == set()


def test_each_page_of_the_list_is_one_call_of_ten(editor, sandbox):
    for number in range(25):
        sandbox.control.connect(f"more-{number:02}", 401)

    response = editor.get(reverse("hub_products_results"), {"p": 2})

    (call,) = sandbox.control.calls_to("references.list")
    assert (call.query["skip"], call.query["take"]) == ("10", "10")
    assert response.content.decode().count("data-chooser-modal-choice") == 10


def test_searching_asks_the_hub(editor, sandbox):
    html = editor.get(reverse("hub_products_results"), {"q": "classic business"}).content.decode()

    assert "There is 1 match" in html
    assert html.count("data-chooser-modal-choice") == 1


def test_a_name_nobody_has_finds_nothing(editor, sandbox):
    html = editor.get(reverse("hub_products_results"), {"q": "zeppelin"}).content.decode()

    assert "there are no matches" in html
    assert "data-chooser-modal-choice" not in html


def test_a_page_beyond_the_last_shows_the_last(editor, sandbox):
    html = editor.get(reverse("hub_products_results"), {"p": 99}).content.decode()

    assert "data-chooser-modal-choice" in html


def test_choosing_hands_reference_and_name_to_the_form_without_asking_the_hub(editor, hub_is_down):
    address = reverse("hub_product_chosen") + "?reference=a/b&name=Tags"

    answer = json.loads(editor.get(address).content)

    assert answer["step"] == "chosen"
    assert answer["result"] == {"reference": "a/b", "name": "Tags"}


def test_the_modal_explains_an_outage(editor, hub_is_down):
    html = modal(editor)["html"]

    assert "does not answer at the moment" in html
    assert "type the product reference" in html


def test_the_modal_says_when_the_credentials_are_wrong(editor, sandbox):
    sandbox.control.fail("references.list", status=403)

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
    assert (mapping(draft).reference, mapping(draft).note) == ("cards", "Quick")
    page = editor.get(reverse("wagtailadmin_pages:edit", args=[group.pk]))
    assert page.status_code == 200
    assert "Cards in the Hub" in page.content.decode()


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

    known = mapping(ProductGroupPage.objects.get())

    assert (known.reference, known.pipeline_id, known.note) == ("old", None, "Quick")
