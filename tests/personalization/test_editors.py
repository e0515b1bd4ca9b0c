"""The Hub decides which editor opens; the shop adds who is shopping and what to open, and nothing else."""

import json
from dataclasses import replace

import pytest

from personalization.editors import EditorContext, EditorUnavailable, SavedDesign, open_editor
from personalization.editors.base import csp_origins
from personalization.hub import PersonalizationParameters, ProductSummary

GATEWAY = "https://api.hub.example"
ELEMENTS = "https://static.hub.example/libs/us/workflow-elements"

PARAMETERS = PersonalizationParameters(
    product_type="Product",
    product_id=401,
    product_version_id=901,
    workflow_type="WorkflowElements",
    workflow_content="",
    api_gateway_url=GATEWAY,
    workflow_elements_url=ELEMENTS,
    ui_framework_url="",
    simple_editor_url="",
    design_editor_url="",
)
SUMMARY = ProductSummary(
    product_id=401,
    product_version_id=901,
    product_link_id=None,
    product_variant_id=55001,
    sku="OW-BC-MATT",
    price=None,
    available=True,
    name="Cards",
    pipeline_id=31,
    workflow_id=201,
)
SAVED = SavedDesign(
    key="d-1", state_id="642e", sku="OW-BC-MATT", product_id=401, product_version_id=901, product_link_id=None
)
HANDY = {"configVersion": 2, "component": "handy-editor", "tagName": "au-handy-editor"}


def context_of(workflow, *, workflow_type="WorkflowElements", **values) -> EditorContext:
    content = workflow if isinstance(workflow, str | None) else json.dumps(workflow)
    parameters = replace(PARAMETERS, workflow_content=content, workflow_type=workflow_type)
    defaults = {
        "parameters": parameters,
        "summary": SUMMARY,
        "reference": "cards",
        "sku": "OW-BC-MATT",
        "title": "Cards",
        "quantity": 3,
        "currency": "EUR",
        "language": "en",
        "tenant_id": 4242,
        "storefront_id": 42,
        "hub_url": "https://hub.example",
        "user_id": "sf-1",
        "token": "a.b.c",
    }
    return EditorContext(**defaults | values)


def config_of(workflow, **values):
    return open_editor(context_of(workflow, **values)).config


@pytest.mark.parametrize(
    "workflow, tag, template",
    [
        (HANDY, "au-handy-editor", "pages/personalize_full.html"),
        ({"component": "handy-editor"}, "au-handy-editor", "pages/personalize_full.html"),
        ({"component": "handy-editor-3d"}, "au-handy-editor-3d", "pages/personalize_full.html"),
        ({"component": "simple-editor"}, "au-simple-editor", "pages/personalize_inline.html"),
        ({"component": "handy-editor", "tagName": "my-editor"}, "my-editor", "pages/personalize_full.html"),
        ([{"component": "cc-options"}, HANDY], "au-handy-editor", "pages/personalize_full.html"),
        (
            {"options": {"component": "cc-options"}, "editor": {"component": "simple-editor"}},
            "au-simple-editor",
            "pages/personalize_inline.html",
        ),
        ([7, None, HANDY], "au-handy-editor", "pages/personalize_full.html"),
    ],
)
def test_the_workflow_file_names_the_editor(workflow, tag, template):
    page = open_editor(context_of(workflow))
    assert (page.tag, page.template, page.adapter) == (tag, template, "workflow-elements")


@pytest.mark.parametrize(
    "workflow",
    [
        None,
        "",
        "  ",
        "{",
        "null",
        "7",
        '"handy-editor"',
        "[]",
        "{}",
        "[" * 100_000,
        {"component": "template-editor"},
        {"component": "configurator"},
        {"component": "headless-editor"},
        {"component": ["handy-editor"]},
        {"component": "../../evil"},
        [{"component": "cc-options"}],
        {**HANDY, "tagName": "script"},
        {**HANDY, "tagName": "au-x onload=alert(1)"},
        {**HANDY, "tagName": 7},
        {**HANDY, "configVersion": 3},
        {**HANDY, "configVersion": "2"},
        {**HANDY, "configVersion": True},
    ],
)
def test_a_workflow_file_that_opens_no_editor_says_so_to_shopper_and_staff(workflow):
    with pytest.raises(EditorUnavailable) as trouble:
        open_editor(context_of(workflow))
    assert trouble.value.message
    assert str(trouble.value)


@pytest.mark.parametrize("workflow_type", ["UIFramework", "DesignEditor", "SimpleEditor", "Hologram", ""])
def test_families_the_shop_does_not_open_are_named_in_the_log(workflow_type):
    with pytest.raises(EditorUnavailable) as trouble:
        open_editor(context_of(HANDY, workflow_type=workflow_type))
    assert "cards" in str(trouble.value)
    assert "cards" not in trouble.value.message


def test_scripts_and_styles_come_from_the_address_that_the_hub_names():
    page = open_editor(context_of(HANDY))
    assert page.scripts == (f"{ELEMENTS}/handy-editor/index.js",)
    assert page.styles == (f"{ELEMENTS}/handy-editor/styles.css",)
    assert page.origins == ("https://static.hub.example", GATEWAY, "https://hub.example")


def test_the_merchants_set_up_is_kept_and_the_shops_part_wins():
    workflow = {
        **HANDY,
        "settings": {"designViewer": {"grid": {"step": 5}}},
        "resources": {"assetLibrary": {"imagesFolder": "Images"}},
        "localization": {"language": "ru", "data": {"en": {"a": "b"}}},
        "integration": {"tenantId": 1, "extra": "kept"},
        "input": {"productReferenceId": "another", "designId": "stolen"},
    }
    config = config_of(workflow)
    assert config["settings"] == workflow["settings"]
    assert config["resources"] == workflow["resources"]
    assert config["localization"] == {"language": "en", "data": {"en": {"a": "b"}}}
    assert config["integration"] == {
        "tenantId": 4242,
        "storefrontId": 42,
        "user": {"id": "sf-1", "token": "a.b.c"},
        "cchubApiGatewayUrl": GATEWAY,
        "cchubUrl": "https://hub.example",
        "currency": "EUR",
        "quantity": 3,
        "extra": "kept",
    }
    assert config["input"] == {"productId": 401, "productVersionId": 901, "productVariantId": 55001}


@pytest.mark.parametrize(
    "values, expected",
    [
        ({}, {"productId": 401, "productVersionId": 901, "productVariantId": 55001}),
        (
            {"summary": replace(SUMMARY, product_link_id=77)},
            {"productId": 401, "productVersionId": 901, "productVariantId": 55001, "productLinkId": 77},
        ),
        ({"summary": replace(SUMMARY, product_variant_id=None)}, {"productReferenceId": "cards"}),
        ({"summary": None}, {"productReferenceId": "cards"}),
        (
            {"design": SAVED},
            {"designId": "642e", "productId": 401, "productVersionId": 901, "sku": "OW-BC-MATT"},
        ),
        (
            {"design": replace(SAVED, product_version_id=None)},
            {"designId": "642e", "productReferenceId": "cards", "sku": "OW-BC-MATT"},
        ),
        (
            {"design": replace(SAVED, product_id=None), "summary": None},
            {"designId": "642e", "productReferenceId": "cards", "sku": "OW-BC-MATT"},
        ),
    ],
)
def test_exactly_one_input_scenario_is_sent(values, expected):
    assert config_of(HANDY, **values)["input"] == expected


def test_a_file_without_a_version_is_opened_as_version_1():
    config = config_of({"component": "handy-editor", "input": {"designId": "x"}})
    assert "input" not in config
    assert "configVersion" not in config
    assert config["product"] == {"productId": 401, "productVersionId": 901, "sku": "OW-BC-MATT"}


def test_version_1_without_a_known_sku_opens_by_reference():
    config = config_of({"configVersion": 1, "component": "handy-editor"}, summary=None)
    assert config["product"] == {"externalProductId": "cards"}


def test_version_1_cannot_reopen_a_design_and_says_so():
    with pytest.raises(EditorUnavailable):
        config_of({"configVersion": 1, "component": "handy-editor"}, design=SAVED)


def test_the_shoppers_token_is_in_no_text_about_the_page():
    context = context_of(HANDY)
    assert "a.b.c" not in repr(context)
    assert "a.b.c" not in repr(open_editor(context))


def test_only_plain_origins_reach_the_content_security_policy():
    addresses = [
        "https://static.hub.example/libs/us",
        "https://static.hub.example/other",
        "http://127.0.0.1:8001",
        "http://[::1]:8001/x",
        "https://evil.example;script-src *",
        "https://*.example",
        "https://a b.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://host.example:99999",
        "",
    ]
    assert csp_origins(addresses) == (
        "https://static.hub.example",
        "http://127.0.0.1:8001",
        "http://[::1]:8001",
    )
