"""The Hub decides which editor opens; the shop adds who is shopping and what to open, and nothing else."""

import json
from dataclasses import replace

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import get_template

from core.csp import csp_origins
from personalization.editors import (
    FAMILIES,
    Credential,
    EditorContext,
    EditorUnavailable,
    EditorWishes,
    SavedDesign,
    adapter_for,
    open_editor,
)
from personalization.hub import PersonalizationParameters, ProductSummary

GATEWAY = "https://api.hub.example"
ELEMENTS = "https://static.hub.example/libs/us/workflow-elements"
UI_FRAMEWORK = "https://uif.hub.example/libs"
DESIGN_EDITOR = "https://de.hub.example/editor"

PARAMETERS = PersonalizationParameters(
    product_type="Product",
    product_id=401,
    product_version_id=901,
    workflow_type="WorkflowElements",
    workflow_content="",
    api_gateway_url=GATEWAY,
    workflow_elements_url=ELEMENTS,
    ui_framework_url=UI_FRAMEWORK,
    simple_editor_url="",
    design_editor_url=DESIGN_EDITOR,
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
UIF = {"widgets": [{"name": "order", "type": "order"}], "steps": []}
DEFINITION = {"surfaces": [{"printAreas": [{"designFile": "letterhead"}]}]}
# How the Hub describes an editor of each family: the workflow's type, and an example of its content.
EXAMPLES = {
    "workflow-elements": ("WorkflowElements", HANDY),
    "ui-framework": ("UIFramework", UIF),
    "design-editor": ("DesignEditor", DEFINITION),
}


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


def config_of_family(family: str, **values) -> dict:
    workflow_type, workflow = EXAMPLES[family]
    return config_of(workflow, workflow_type=workflow_type, **values)


@pytest.mark.parametrize(
    "workflow, tag, template",
    [
        (HANDY, "au-handy-editor", "pages/commerce/personalize_full.html"),
        ({"component": "handy-editor"}, "au-handy-editor", "pages/commerce/personalize_full.html"),
        ({"component": "handy-editor-3d"}, "au-handy-editor-3d", "pages/commerce/personalize_full.html"),
        ({"component": "simple-editor"}, "au-simple-editor", "pages/commerce/personalize_inline.html"),
        (
            {"component": "handy-editor", "tagName": "my-editor"},
            "my-editor",
            "pages/commerce/personalize_full.html",
        ),
        ([{"component": "cc-options"}, HANDY], "au-handy-editor", "pages/commerce/personalize_full.html"),
        (
            {"options": {"component": "cc-options"}, "editor": {"component": "simple-editor"}},
            "au-simple-editor",
            "pages/commerce/personalize_inline.html",
        ),
        ([7, None, HANDY], "au-handy-editor", "pages/commerce/personalize_full.html"),
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


@pytest.mark.parametrize("workflow_type", ["SimpleEditor", "Hologram", ""])
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


@pytest.mark.parametrize(
    "values, expected",
    [
        ({}, {"productId": 401, "productVersionId": 901, "productVariantId": 55001}),
        ({"summary": None}, {"productId": 401, "productVersionId": 901}),
        (
            {"design": replace(SAVED, product_version_id=None)},
            {"designId": "642e", "productId": 401, "productVersionId": 901, "sku": "OW-BC-MATT"},
        ),
    ],
)
def test_a_product_without_reference_is_opened_by_its_number(values, expected):
    assert config_of(HANDY, reference="", **values)["input"] == expected


def test_without_reference_version_1_and_the_ui_framework_get_the_number_as_well():
    version_1 = config_of({"configVersion": 1, "component": "handy-editor"}, reference="", summary=None)
    assert version_1["product"] == {"productId": 401, "productVersionId": 901}
    framework = config_of(UIF, workflow_type="UIFramework", reference="")
    assert framework["product"]["id"] == "401"
    assert framework["backOffice"]["optionBasedProductInfo"]["productId"] == 401


SIMPLE = {"configVersion": 2, "component": "simple-editor"}
FULL, INLINE = "pages/commerce/personalize_full.html", "pages/commerce/personalize_inline.html"


@pytest.mark.parametrize(
    "wishes, tag, template",
    [
        ({}, "au-handy-editor", FULL),
        ({"component": "simple-editor"}, "au-simple-editor", INLINE),
        ({"component": "handy-editor"}, "au-handy-editor", FULL),
        ({"place": "in-page"}, "au-handy-editor", INLINE),
        ({"component": "simple-editor", "place": "full"}, "au-simple-editor", FULL),
    ],
)
def test_the_page_may_wish_for_another_of_the_editors_and_another_place(wishes, tag, template):
    page = open_editor(context_of([HANDY, SIMPLE], wishes=EditorWishes(**wishes)))
    assert (page.tag, page.template) == (tag, template)


def test_an_editor_that_the_workflow_does_not_hold_is_refused_in_words():
    with pytest.raises(EditorUnavailable) as refusal:
        open_editor(context_of([HANDY], wishes=EditorWishes(component="simple-editor")))
    assert str(refusal.value) == (
        "the page asks for simple-editor, and the workflow file in the Hub has none (handy-editor)"
    )
    assert "not set up properly" in refusal.value.message


@pytest.mark.parametrize("family", ["ui-framework", "design-editor"])
@pytest.mark.parametrize(
    "wishes, reason",
    [({"component": "simple-editor"}, "asks for simple-editor"), ({"place": "in-page"}, "a page of its own")],
)
def test_families_with_one_editor_refuse_what_they_cannot_do(family, wishes, reason):
    with pytest.raises(EditorUnavailable, match=reason):
        config_of_family(family, wishes=EditorWishes(**wishes))


@pytest.mark.parametrize("family", ["ui-framework", "design-editor"])
def test_a_page_of_its_own_may_be_wished_for_where_there_is_no_other(family):
    wishes = EditorWishes(place="full")
    assert config_of_family(family, wishes=wishes)


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


# --- what a workflow file without an editor is told to be


@pytest.mark.parametrize(
    "workflow, reason",
    [
        ({"component": "template-editor"}, "tool of administrators"),
        ({"component": "headless-editor"}, "no controls of its own"),
        ({"component": "cc-options"}, "only chooses options"),
        ({"component": "configurator"}, "not supported"),
        ([{"component": "cc-options"}, {"component": "headless-editor"}], "no controls of its own"),
    ],
)
def test_an_element_that_is_no_editor_for_shoppers_is_recognised(workflow, reason):
    with pytest.raises(EditorUnavailable) as trouble:
        open_editor(context_of(workflow))
    assert reason in str(trouble.value)
    assert trouble.value.message == (
        "This product cannot be personalized online. Please have a look at our other products."
    )


@pytest.mark.parametrize("beside", ["cc-options", "headless-editor", "template-editor", "hologram"])
def test_beside_an_editor_every_other_element_is_left_alone(beside):
    assert open_editor(context_of([{"component": beside}, HANDY])).tag == "au-handy-editor"


# --- families


@pytest.mark.parametrize("family", EXAMPLES)
def test_the_hubs_workflow_type_names_the_family(family):
    workflow_type, _workflow = EXAMPLES[family]
    assert adapter_for(replace(PARAMETERS, workflow_type=workflow_type)) is FAMILIES[family]


@pytest.mark.parametrize("workflow_type", ["SimpleEditor", "uiframework", "Hologram", ""])
def test_another_workflow_type_is_of_no_family(workflow_type):
    assert adapter_for(replace(PARAMETERS, workflow_type=workflow_type)) not in FAMILIES.values()


def test_every_family_has_an_example_here():
    """Whoever adds a family adds a line to EXAMPLES; the tests below hold it to what all families promise."""
    assert EXAMPLES.keys() == FAMILIES.keys()


@pytest.mark.parametrize("family", EXAMPLES)
def test_every_family_has_its_half_in_the_browser_and_its_page(family):
    workflow_type, workflow = EXAMPLES[family]
    page = open_editor(context_of(workflow, workflow_type=workflow_type))
    assert page.adapter == family
    assert finders.find(page.adapter_path)
    assert get_template(page.template)


@pytest.mark.parametrize("family", EXAMPLES)
def test_every_family_keeps_the_token_out_of_texts(family):
    workflow_type, workflow = EXAMPLES[family]
    page = open_editor(context_of(workflow, workflow_type=workflow_type))
    assert page.user == {"id": "sf-1", "token": "a.b.c"}
    assert "a.b.c" not in repr(page)
    assert "a.b.c" not in "".join((*page.scripts, *page.styles, *page.origins))


# --- UI Framework


def ui_framework_config(**values):
    return open_editor(context_of(UIF, workflow_type="UIFramework", **values)).config


def test_the_ui_framework_is_loaded_from_its_own_address():
    page = open_editor(context_of(UIF, workflow_type="UIFramework"))
    assert page.config["driverUrl"] == f"{UI_FRAMEWORK}/drivers/default-driver.js"
    assert page.config["editorUrl"] == f"{UI_FRAMEWORK}/editor.js"
    assert page.origins == (
        "https://uif.hub.example",
        GATEWAY,
        "https://hub.example",
        "https://de.hub.example",
    )


def test_the_ui_framework_is_told_product_shopper_and_hub():
    config = ui_framework_config()
    assert config["workflow"] == UIF
    assert config["product"] == {
        "id": "cards",
        "sku": "OW-BC-MATT",
        "name": "Cards",
        "title": "Cards",
        "description": "",
        "options": [],
        "price": 0,
        "attributes": [],
    }
    assert config["plugins"] == {"customersCanvasBaseUrl": DESIGN_EDITOR, "useBackOffice": True}
    assert config["quantity"] == 3
    assert config["restore"] is None
    assert config["user"] == {"id": "sf-1", "tokenId": "a.b.c", "data": {}}
    assert config["backOffice"] == {
        "storefrontId": 42,
        "tenantId": 4242,
        "token": "a.b.c",
        "backOfficeUrl": "https://hub.example",
        "apiGatewayUrl": GATEWAY,
        "assetProcessorUrl": GATEWAY,
        "assetStorageUrl": GATEWAY,
        "designAtomsApiUrl": GATEWAY,
        "externalProductId": "",
        "integrationType": 2,
        "ecommerceSystemType": 0,
        "optionBasedProductInfo": {
            "productId": 401,
            "productVersionId": 901,
            "selectedVariantSku": "OW-BC-MATT",
        },
    }


def test_the_ui_framework_restores_a_design_from_its_snapshot():
    design = replace(SAVED, snapshot="c25hcA==")
    restore = ui_framework_config(design=design)["restore"]
    assert restore == {"key": "d-1", "state": "642e", "stateId": "642e", "snapshot": "c25hcA=="}


def test_without_a_snapshot_the_ui_framework_cannot_go_on_and_says_so():
    with pytest.raises(EditorUnavailable) as trouble:
        ui_framework_config(design=SAVED)
    assert "safe in your cart" in trouble.value.message


@pytest.mark.parametrize("workflow", [None, "", "{", "[]", '"x"', "{}", {"widgets": {}}, "[" * 100_000])
def test_a_ui_framework_configuration_without_widgets_is_a_matter_for_staff(workflow):
    with pytest.raises(EditorUnavailable):
        open_editor(context_of(workflow, workflow_type="UIFramework"))


# --- Design Editor


def design_editor_config(workflow, **values):
    return open_editor(context_of(workflow, workflow_type="DesignEditor", **values)).config


@pytest.mark.parametrize(
    "workflow, product, configuration",
    [
        (
            {"productDefinition": DEFINITION, "configuration": {"initialMode": "Simple"}},
            DEFINITION,
            {"initialMode": "Simple"},
        ),
        ({"productDefinition": "61cd31a4"}, "61cd31a4", {}),
        (DEFINITION, DEFINITION, {}),
        ('"61cd31a4"', "61cd31a4", {}),
    ],
)
def test_the_workflow_names_the_design_editors_product(workflow, product, configuration):
    config = design_editor_config(workflow)
    assert config == {
        "scriptUrl": f"{DESIGN_EDITOR}/Resources/Generated/IframeApi.js",
        "product": product,
        "configuration": {**configuration, "userId": "sf-1", "tokenId": "a.b.c"},
        "quantity": 3,
    }


def test_where_the_design_editors_workflow_keeps_its_product_is_a_setting(settings):
    keys = {"DESIGN_EDITOR_PRODUCT_KEY": "product", "DESIGN_EDITOR_CONFIGURATION_KEY": "config"}
    settings.CCHUB = {**settings.CCHUB, **keys}
    config = design_editor_config({"product": DEFINITION, "config": {"initialMode": "Simple"}})
    assert config["product"] == DEFINITION
    assert config["configuration"]["initialMode"] == "Simple"


def test_the_shopper_is_ours_whoever_the_design_editors_workflow_names():
    workflow = {"productDefinition": DEFINITION, "configuration": {"userId": "x", "tokenId": "y"}}
    assert design_editor_config(workflow)["configuration"] == {"userId": "sf-1", "tokenId": "a.b.c"}


def test_the_design_editor_reopens_a_design_by_its_state():
    assert design_editor_config(DEFINITION, design=SAVED)["product"] == "642e"


def test_the_design_editor_has_a_token_of_its_own():
    assert FAMILIES["design-editor"].credential is Credential.DESIGN_EDITOR
    assert FAMILIES["ui-framework"].credential is Credential.STOREFRONT_USER


@pytest.mark.parametrize(
    "workflow",
    [
        None,
        "",
        "{",
        "7",
        '" "',
        "[]",
        {"surfaces": 7},
        {"productDefinition": {}},
        {"productDefinition": DEFINITION, "configuration": [1]},
        "[" * 100_000,
    ],
)
def test_a_design_editor_workflow_without_a_product_is_a_matter_for_staff(workflow):
    with pytest.raises(EditorUnavailable):
        design_editor_config(workflow)


@pytest.mark.parametrize(
    "workflow_type, workflow, address",
    [("UIFramework", UIF, "ui_framework_url"), ("DesignEditor", DEFINITION, "design_editor_url")],
)
def test_a_tenant_without_the_application_opens_nothing(workflow_type, workflow, address):
    context = context_of(workflow, workflow_type=workflow_type)
    context = replace(context, parameters=replace(context.parameters, **{address: ""}))
    with pytest.raises(EditorUnavailable) as trouble:
        open_editor(context)
    assert "names no address" in str(trouble.value)
