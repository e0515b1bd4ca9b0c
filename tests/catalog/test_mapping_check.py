"""Comparing a product page with what the Hub knows."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse

from catalog.mapping.selectors.mapping_check import check_product
from catalog.models import Finding
from personalization.hub import HubUnavailable, get_hub
from tests.factories.catalog import a_group

pytestmark = pytest.mark.django_db


def business_cards(*skus: str, price: str = "19.00", title: str = "Classic business cards", **block):
    group = a_group(*(skus or ["OW-BC-MATT-50"]), title=title, price=price, personalized=True)
    block = {"product_reference": "classic-business-cards", "pipeline_id": None, **block}
    group.personalization = [("customers_canvas", block)]
    group.save_revision().publish()
    group.refresh_from_db()
    return group


def found(group) -> list[tuple]:
    return [(finding.kind, finding.sku) for finding in check_product(group, hub=get_hub()).findings]


def with_pipeline(sandbox, monkeypatch, content) -> None:
    monkeypatch.setitem(sandbox.control._hub.pipelines, 31, content)


def test_a_product_that_is_in_order(sandbox, monkeypatch):
    call_back = {
        "name": "tell",
        "type": "invoke-url",
        "parameters": {"url": "https://a/personalization/webhook/"},
    }
    tasks = [{"name": "r", "type": "render-hires"}, call_back, {"type": "finalize", "finalArtifacts": ["r*"]}]
    with_pipeline(sandbox, monkeypatch, {"tasks": tasks})

    check = check_product(business_cards(), hub=get_hub())

    assert check.findings == ()
    assert (check.editor.family, check.editor.component) == ("workflow-elements", "au-handy-editor")
    assert (check.pipeline.renders, check.pipeline.keeps_files, check.pipeline.notifies_shop) == (True,) * 3
    assert check.hub_name == "Classic business cards"


def test_a_product_that_is_sold_as_it_is_has_nothing_to_compare(sandbox):
    assert check_product(a_group("OW-A"), hub=get_hub()) is None
    assert sandbox.control.calls == []


def test_a_reference_that_is_not_connected(sandbox):
    group = business_cards(product_reference="nobody-knows")

    check = check_product(group, hub=get_hub())

    assert [finding.kind for finding in check.findings] == [Finding.NOT_CONNECTED]
    assert "This product cannot be personalized yet" in check.findings[0].shopper_sees


def test_a_sku_that_the_hub_does_not_have(sandbox):
    assert (Finding.NOT_IN_HUB, "OW-NEW") in found(business_cards("OW-BC-MATT-50", "OW-NEW"))


def test_a_variant_that_is_not_on_sale_need_not_be_in_the_hub(sandbox):
    group = business_cards("OW-BC-MATT-50", "OW-NEW")
    group.variants.filter(sku="OW-NEW").update(is_active=False)
    group.refresh_from_db()

    assert (Finding.NOT_IN_HUB, "OW-NEW") not in found(group)


def test_a_price_and_a_name_that_differ_are_no_harm_to_shoppers(sandbox):
    check = check_product(business_cards(price="20.00", title="Cards"), hub=get_hub())

    differences = {finding.kind: finding for finding in check.findings}
    assert differences[Finding.PRICE_DIFFERS].sku == "OW-BC-MATT-50"
    assert differences[Finding.PRICE_DIFFERS].detail == "€20.00 here, €19.00 in the Hub. Shoppers pay ours."
    assert differences[Finding.NAME_DIFFERS].detail == "“Cards” here, “Classic business cards” in the Hub."
    assert check.in_the_way == []


@pytest.mark.parametrize(
    ("content", "kind", "words"),
    [
        (
            {"tasks": [{"type": "finalize", "finalArtifacts": ["a"]}]},
            Finding.NO_FILES,
            "renders a print file",
        ),
        ({"tasks": [{"type": "render-hires"}, {"type": "finalize"}]}, Finding.NO_FILES, "keeps no file"),
        ([], Finding.NO_FILES, "holds no list of tasks"),
        ({"tasks": [{"type": "render-hires"}]}, Finding.NOT_NOTIFIED, "does not call the shop"),
    ],
)
def test_what_a_pipeline_leaves_out(sandbox, monkeypatch, content, kind, words):
    with_pipeline(sandbox, monkeypatch, content)

    details = {
        finding.kind: finding.detail for finding in check_product(business_cards(), hub=get_hub()).general
    }

    assert words in details[kind]


def test_a_product_without_reference_is_compared_by_its_number(sandbox):
    sandbox.control.disconnect("classic-business-cards")
    group = business_cards("OW-BC-MATT-50", "OW-NEW", product_reference="", hub_product_id=401)

    check = check_product(group, hub=get_hub())

    assert (check.connected, check.reference, check.product_id) == (True, "", 401)
    assert (check.known_as, check.hub_name) == ("number 401 in the Hub", "Classic business cards")
    assert (check.editor.component, check.pipeline.id) == ("au-handy-editor", 31)
    assert [(found.kind, found.sku) for found in check.in_the_way] == [(Finding.NOT_IN_HUB, "OW-NEW")]
    assert sandbox.control.calls_to("references") == []


def test_a_number_that_the_hub_does_not_have(sandbox):
    group = business_cards(product_reference="", hub_product_id=9999)

    [found] = check_product(group, hub=get_hub()).findings

    assert (found.kind, found.detail) == (
        Finding.NOT_CONNECTED,
        "There is no product 9999 in the Hub. Choose another one.",
    )


def test_the_editor_wished_for_is_the_one_that_is_checked(sandbox):
    sandbox.control.switches.workflow = "two-editors"

    check = check_product(business_cards(editor="simple-editor", editor_place="full"), hub=get_hub())

    assert (check.editor.component, check.editor.place) == ("au-simple-editor", "full")


def test_an_editor_that_the_workflow_does_not_hold_is_in_the_way(sandbox):
    check = check_product(business_cards(editor="simple-editor"), hub=get_hub())

    [trouble] = check.in_the_way
    assert trouble.kind == Finding.NO_EDITOR
    assert "the page asks for simple-editor" in trouble.detail
    assert "not set up properly" in trouble.shopper_sees


def test_the_pipeline_named_on_the_page_counts(sandbox):
    check = check_product(business_cards(making="pipeline", pipeline_id=77), hub=get_hub())

    assert check.pipeline is None
    assert "There is no processing pipeline 77 in the Hub." in [finding.detail for finding in check.general]


def test_the_built_in_rendering_needs_no_pipeline(sandbox, monkeypatch):
    with_pipeline(sandbox, monkeypatch, [])

    check = check_product(business_cards(making="hires"), hub=get_hub())

    assert check.findings == ()
    assert check.is_built_in
    assert sandbox.control.calls_to("pipelines") == []


def test_each_check_asks_anew(sandbox):
    group = business_cards()
    check_product(group, hub=get_hub())
    before = len(sandbox.control.calls_to("products.variants"))

    check_product(group, hub=get_hub())

    assert len(sandbox.control.calls_to("products.variants")) == before + 1


def test_many_variants_cost_no_call_each(sandbox):
    check_product(business_cards("OW-BC-MATT-50", "A", "B", "C", "D"), hub=get_hub())

    names = [call.name for call in sandbox.control.calls if call.name != "token"]
    assert len(names) <= 6, names


def test_an_outage_is_no_finding(hub_is_down):
    with pytest.raises(HubUnavailable):
        check_product(business_cards(), hub=get_hub())


# The view and the panel.


def test_the_panel_asks_nothing_until_it_is_told_to(editor, sandbox):
    group = business_cards()

    html = editor.get(reverse("wagtailadmin_pages:edit", args=[group.pk])).content.decode()

    assert reverse("hub_check", args=[group.pk]) in html
    assert sandbox.control.calls == []


def test_the_check_is_of_the_saved_draft(editor, sandbox):
    group = business_cards()
    group.personalization = [("customers_canvas", {"product_reference": "nobody-knows"})]
    group.save_revision()

    html = editor.get(reverse("hub_check", args=[group.pk])).content.decode()

    assert "Not connected in the Hub" in html


def test_the_script_gets_the_table_alone(editor, sandbox):
    group = business_cards("OW-BC-MATT-50", "OW-NEW")
    address = reverse("hub_check", args=[group.pk])

    part = editor.get(address, headers={"X-Requested-With": "XMLHttpRequest"}).content.decode()

    assert "<html" not in part
    assert "SKU not in the Hub" in part
    assert "Mapped" in part
    assert reverse("personalize", args=["OW-BC-MATT-50"]) in part
    assert "<html" in editor.get(address).content.decode()


def test_the_check_explains_an_outage(editor, hub_is_down):
    html = editor.get(reverse("hub_check", args=[business_cards().pk])).content.decode()

    assert "does not answer at the moment" in html


def test_only_editors_of_the_page_may_check_it(client, sandbox):
    packer = get_user_model().objects.create_user("pia", "pia@oakwren.example", "secret")
    packer.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(packer)

    assert client.get(reverse("hub_check", args=[business_cards().pk])).status_code == 302
    assert sandbox.control.calls == []
