"""What an editor hands over is checked in every part before it becomes a design."""

from itertools import permutations

import pytest
from django.core.files.base import ContentFile

from personalization.designs.services.storing import (
    DesignRejected,
    discard_design,
    earlier_version,
    save_design,
)
from personalization.editors import FAMILIES
from personalization.hub import HubConfig
from personalization.models import Design
from tests.factories.personalization import (
    make_design,
    make_output,
    make_render_project,
    make_storefront_user,
)

pytestmark = pytest.mark.django_db

SKUS = {"OW-BC-MATT", "OW-BC-GLOSS"}
STATE = "642e793dc46d098d64514607"


def save(owner, output, **values):
    defaults = {
        "variant_sku": "OW-BC-MATT",
        "allowed_skus": SKUS,
        "product_reference": "classic-business-cards",
        "title": "Classic business cards",
    }
    return save_design(owner=owner, output=output, **defaults | values)


def test_a_design_keeps_what_the_hub_needs_to_print_and_reopen_it():
    owner = make_storefront_user()
    output = make_output(
        owner,
        sku="OW-BC-GLOSS",
        quantity=100,
        productId=401,
        productVersionId=901,
        productLinkId=None,
        productVariantId=55002,
        _stateId=[STATE, "642e793dc46d098d64514608"],
        _hidden={"images": [], "snapshot": {"a": 1}},
    )
    design = Design.objects.get(pk=save(owner, output).pk)
    assert (design.owner, design.sku, design.quantity) == (owner, "OW-BC-GLOSS", 100)
    assert design.state_ids == [STATE, "642e793dc46d098d64514608"]
    assert (design.hub_product_id, design.hub_product_version_id) == (401, 901)
    assert (design.hub_product_link_id, design.hub_variant_id) == (None, 55002)
    assert design.hidden == {"images": [], "snapshot": {"a": 1}}


def test_an_editor_that_names_no_sku_means_the_one_it_was_opened_for():
    owner = make_storefront_user()
    output = make_output(owner)
    del output["sku"]
    assert save(owner, output).sku == "OW-BC-MATT"


@pytest.mark.parametrize(
    "changes",
    [
        {"_userId": "sf-somebody-else"},
        {"_userId": None},
        {"sku": "OW-MUG"},
        {"sku": ["OW-BC-MATT"]},
        {"quantity": 0},
        {"quantity": 10_000},
        {"quantity": "2"},
        {"quantity": True},
        {"quantity": 1.5},
        {"quantity": None},
        {"_stateId": []},
        {"_stateId": None},
        {"_stateId": [STATE] * 21},
        {"_stateId": ["../../etc"]},
        {"_stateId": ["a" * 129]},
        {"_stateId": [7]},
        {"_stateId": [STATE + "\n"]},
        {"_hidden": "a string"},
        {"_hidden": {"snapshot": "x" * 140_000}},
        {"_hidden": {"snapshot": float("inf")}},
        {"_hidden": {"snapshot": "a\x00b"}},
        {"_hidden": {"snapshot": "\ud800"}},
        {"productId": "401"},
        {"productId": True},
        {"productId": -1},
        {"productVersionId": 2**63},
        {"properties": []},
    ],
)
def test_output_that_cannot_be_right_is_refused_and_nothing_is_kept(changes):
    owner = make_storefront_user()
    with pytest.raises(DesignRejected) as rejection:
        save(owner, make_output(owner, **changes))
    assert rejection.value.message
    assert Design.objects.count() == 0


def test_previews_are_taken_from_the_hubs_hosts_only(settings):
    settings.CCHUB = {
        **settings.CCHUB,
        "BASEURL": "https://hub.example",
        "API_URL": "https://api.hub.example",
    }
    owner = make_storefront_user()
    images = [
        "https://api.hub.example/previews/1.png",
        "https://evil.example/1.png",
        "http://api.hub.example/1.png",
        "https://user@api.hub.example/1.png",
        "javascript:alert(1)",
        "https://static.example/2.png",
        {"url": "https://hub.example/1.png"},
        "https://hub.example/" + "x" * 2000,
        "https://hub.example/3.png",
    ]
    design = save(
        owner, make_output(owner, _hidden={"images": images}), image_origins={"https://static.example:443"}
    )
    assert design.preview_urls == [
        "https://api.hub.example/previews/1.png",
        "https://static.example/2.png",
        "https://hub.example/3.png",
    ]


def test_a_design_that_was_ordered_cannot_be_put_into_the_cart_again():
    owner = make_storefront_user()
    make_render_project(make_design(owner, state_ids=[STATE]))
    with pytest.raises(DesignRejected):
        save(owner, make_output(owner))


def test_the_same_private_design_saved_again_is_found_as_the_earlier_version():
    owner = make_storefront_user()
    first = save(owner, make_output(owner))
    assert earlier_version(first) is None
    assert earlier_version(save(owner, make_output(owner))) == first


def test_somebody_elses_design_is_no_earlier_version():
    owner = make_storefront_user()
    make_design(make_storefront_user(), state_ids=[STATE])
    assert earlier_version(save(owner, make_output(owner))) is None


def test_a_discarded_design_takes_its_preview_along(django_capture_on_commit_callbacks):
    design = make_design()
    design.preview.save("a.webp", ContentFile(b"picture"))
    back = design.preview.storage.save("previews/b.webp", ContentFile(b"back"))
    design.pictures = [{"name": name, "sha256": ""} for name in (design.preview.name, back)]
    design.save()
    with django_capture_on_commit_callbacks(execute=True):
        assert discard_design(design) is True
    assert not Design.objects.filter(pk=design.pk).exists()
    assert not design.preview.storage.exists(design.preview.name)
    assert not design.preview.storage.exists(back)


def test_a_design_that_is_being_printed_is_not_discarded():
    design = make_design()
    make_render_project(design)
    assert discard_design(design) is False
    assert Design.objects.filter(pk=design.pk).exists()


# --- every family's output comes into one shape, and is checked alike


def workflow_elements_output(owner, *, quantity=2, state=STATE, images=()):
    return make_output(owner, quantity=quantity, _stateId=[state], _hidden={"images": list(images)})


def ui_framework_output(owner, *, quantity=2, state=STATE, images=()):
    hidden = {"images": list(images), "snapshot": "c25hcA=="}
    props = {"_stateId": [state], "_userId": owner.hub_id, "_hidden": hidden, "_fields": {}}
    return {"lineItems": [{"productId": "cards", "sku": "OW-BC-MATT", "quantity": quantity, "props": props}]}


def design_editor_output(owner, *, quantity=2, state=STATE, images=()):
    return {
        "quantity": quantity,
        "saved": {"stateId": state, "userId": owner.hub_id, "returnToEditUrl": None},
        "proof": {"proofImageUrls": [[image, "https://elsewhere.example/mockup.png"] for image in images]},
    }


OUTPUTS = {
    "workflow-elements": workflow_elements_output,
    "ui-framework": ui_framework_output,
    "design-editor": design_editor_output,
}
per_family = pytest.mark.parametrize("editor", FAMILIES)


def test_the_output_of_every_family_is_tested_here():
    assert OUTPUTS.keys() == FAMILIES.keys()


@per_family
def test_the_design_of_every_family_is_kept_alike(editor):
    owner = make_storefront_user()
    image = f"{HubConfig.from_settings().base_url}/previews/1.png"
    output = OUTPUTS[editor](owner, quantity=25, images=[image, "https://evil.example/x.png"])
    design = save(owner, output, editor=editor)
    assert (design.owner, design.sku, design.quantity) == (owner, "OW-BC-MATT", 25)
    assert design.state_ids == [STATE]
    assert design.preview_urls == [image]


@per_family
def test_nobody_elses_design_is_taken_from_any_family(editor):
    somebody_else = make_storefront_user()
    with pytest.raises(DesignRejected):
        save(make_storefront_user(), OUTPUTS[editor](somebody_else), editor=editor)
    assert not Design.objects.exists()


@per_family
@pytest.mark.parametrize("broken", [{"quantity": 0}, {"quantity": None}, {"state": "../x"}, {"state": None}])
def test_values_are_checked_in_every_family(editor, broken):
    owner = make_storefront_user()
    with pytest.raises(DesignRejected):
        save(owner, OUTPUTS[editor](owner, **broken), editor=editor)
    assert not Design.objects.exists()


@pytest.mark.parametrize(("editor", "other"), list(permutations(FAMILIES, 2)))
def test_the_output_of_another_family_is_refused(editor, other):
    owner = make_storefront_user()
    with pytest.raises(DesignRejected):
        save(owner, OUTPUTS[other](owner), editor=editor)


def test_the_output_of_an_unknown_family_is_refused():
    owner = make_storefront_user()
    with pytest.raises(DesignRejected):
        save(owner, make_output(owner), editor="hologram")


@pytest.mark.parametrize("items", [None, [], {}, [7], [{}], "two"])
def test_a_cart_of_the_ui_framework_holds_one_readable_item(items):
    owner = make_storefront_user()
    output = {"lineItems": ui_framework_output(owner)["lineItems"] * 2 if items == "two" else items}
    with pytest.raises(DesignRejected):
        save(owner, output, editor="ui-framework")


def test_the_snapshot_of_the_ui_framework_is_kept_for_editing_again():
    owner = make_storefront_user()
    design = save(owner, ui_framework_output(owner), editor="ui-framework")
    assert design.hidden["snapshot"] == "c25hcA=="


@pytest.mark.parametrize("part", ["saved", "proof"])
@pytest.mark.parametrize("value", [None, [], "x"])
def test_the_design_editors_output_needs_both_parts(part, value):
    owner = make_storefront_user()
    with pytest.raises(DesignRejected):
        save(owner, design_editor_output(owner) | {part: value}, editor="design-editor")


@pytest.mark.parametrize("pages", [None, 7, [], [[]], [None], [7]])
def test_a_design_without_readable_proofs_is_still_kept(pages):
    owner = make_storefront_user()
    output = design_editor_output(owner) | {"proof": {"proofImageUrls": pages}}
    assert save(owner, output, editor="design-editor").preview_urls == []
