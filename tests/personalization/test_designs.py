"""What an editor hands over is checked in every part before it becomes a design."""

import pytest
from django.core.files.base import ContentFile

from personalization.models import Design
from personalization.services.designs import DesignRejected, discard_design, earlier_version, save_design
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
    with django_capture_on_commit_callbacks(execute=True):
        assert discard_design(design) is True
    assert not Design.objects.filter(pk=design.pk).exists()
    assert not design.preview.storage.exists(design.preview.name)


def test_a_design_that_is_being_printed_is_not_discarded():
    design = make_design()
    make_render_project(design)
    assert discard_design(design) is False
    assert Design.objects.filter(pk=design.pk).exists()
