"""What the editors hand to the shop, what they restore, and how they fail."""

import pytest
from playwright.sync_api import expect

from editor_page import CARDS, USER


def test_add_to_cart_needs_approval_and_hands_over_the_line_item(editor):
    editor.open("handy-editor", CARDS)
    editor.page.get_by_label("Paper", exact=True).select_option("Cotton 400 g")
    editor.page.get_by_label("Quantity", exact=True).fill("3")
    editor.page.get_by_role("button", name="Add to cart").click()
    expect(editor.page.get_by_test_id("approve")).to_be_disabled()
    assert editor.sandbox.control.calls_to("editor.save") == []
    editor.page.get_by_label("I have checked my design").check()
    editor.page.get_by_test_id("approve").click()
    detail = editor.detail("addtocart")
    previews = detail["properties"]["_hidden"].pop("images")
    variant = next(v for v in editor.call("editor.state.product.variants") if v["sku"] == detail["sku"])
    assert detail == {
        "key": detail["key"],
        "quantity": 3,
        "originalProductId": "401",
        "sku": detail["sku"],
        "productVariantId": variant["variantId"],
        "productId": 401,
        "productVersionId": 901,
        "productLinkId": None,
        "properties": {
            "_stateId": [detail["key"]],
            "_userId": USER,
            "_hidden": {"snapshot": None, "downloadUrls": []},
        },
    }
    assert variant["options"] == {"Paper": "Cotton 400 g", "Pack": "50 cards"}
    assert len(previews) == 2 and all(url.startswith(editor.sandbox.url) for url in previews)


def test_the_loader_stays_until_the_shop_takes_it_away(editor):
    editor.open("handy-editor", CARDS)
    editor.approve()
    editor.detail("addtocart")
    expect(editor.page.locator(".loader")).to_be_visible()
    editor.call("editor.showLoader(false)")
    expect(editor.page.locator(".loader")).to_be_hidden()
    editor.page.get_by_label("Your name", exact=True).fill("Still editable")
    assert editor.items()["Your name"]["text"] == "Still editable"


def test_approval_names_what_may_go_wrong_in_print(editor):
    editor.open("handy-editor", CARDS)
    editor.page.get_by_label("Your name", exact=True).fill("A very long name that does not fit on a card")
    editor.page.get_by_role("button", name="Add to cart").click()
    warnings = editor.page.get_by_role("dialog").get_by_role("listitem")
    expect(warnings.filter(has_text="“Your name” reaches over the edge")).to_have_count(1)
    messages = editor.call("editor.getViolationsMessages()")
    assert any("“Your name” reaches over the edge" in message["message"] for message in messages)


def test_the_whole_way_works_by_keyboard(editor):
    editor.open("handy-editor", CARDS)
    keyboard = editor.page.keyboard
    editor.part("Your name").focus()
    keyboard.press("Enter")
    expect(editor.page.get_by_label("Your name", exact=True)).to_be_focused()
    keyboard.type("Keyboard Kate")
    for _ in range(60):
        keyboard.press("Tab")
        if editor.call("editor.shadowRoot.activeElement?.textContent") == "Add to cart":
            break
    keyboard.press("Enter")
    keyboard.press("Tab")  # the preview, which scrolls
    keyboard.press("Tab")
    keyboard.press("Space")
    keyboard.press("Tab")
    keyboard.press("Tab")
    keyboard.press("Enter")
    saved = editor.saved_design(editor.detail("addtocart")["key"])
    assert "Keyboard Kate" in [item.get("text") for item in saved["model"]["surfaces"][0]["items"]]


def test_a_restored_design_opens_as_it_was_and_keeps_its_id(editor):
    editor.open("handy-editor", CARDS)
    editor.page.get_by_label("Your name", exact=True).fill("First version")
    editor.approve()
    first = editor.detail("addtocart")
    restore = {
        "designId": first["key"],
        "productId": first["productId"],
        "productVersionId": first["productVersionId"],
        "sku": first["sku"],
    }
    editor.open("handy-editor", restore)
    expect(editor.page.get_by_label("Your name", exact=True)).to_have_value("First version")
    editor.page.get_by_label("Your name", exact=True).fill("Second version")
    editor.approve()
    assert editor.detail("addtocart")["key"] == first["key"]
    texts = [item.get("text") for item in editor.saved_design(first["key"])["model"]["surfaces"][0]["items"]]
    assert "Second version" in texts and "First version" not in texts


def test_a_failed_save_keeps_the_work_and_can_be_tried_again(editor):
    editor.open("handy-editor", CARDS)
    editor.page.get_by_label("Your name", exact=True).fill("Not lost")
    editor.sandbox.control.fail("editor.save", status=503)
    editor.approve()
    expect(editor.page.get_by_role("alert")).to_contain_text("Your design is still here")
    assert editor.events("addtocart").count() == 0
    assert editor.events("error").count() == 0
    editor.page.get_by_role("button", name="Try again").click()
    saved = editor.saved_design(editor.detail("addtocart")["key"])
    assert "Not lost" in [item.get("text") for item in saved["model"]["surfaces"][0]["items"]]


def test_a_newer_token_saves_the_work_of_an_ended_session(editor):
    editor.open("handy-editor", CARDS)
    config = editor.config("handy-editor", CARDS)
    good = config["integration"]["user"]["token"]
    config["integration"]["user"]["token"] = "no longer valid"
    editor.page.evaluate("config => editor.update(config)", config)
    editor.page.get_by_label("Your name", exact=True).fill("Late worker")
    editor.approve()
    expect(editor.page.get_by_role("alert")).to_contain_text("Your editing session has ended")
    config["integration"]["user"]["token"] = good
    editor.page.evaluate("config => editor.update(config)", config)
    editor.page.get_by_role("button", name="Try again").click()
    assert editor.detail("addtocart")["properties"]["_userId"] == USER
    assert editor.items()["Your name"]["text"] == "Late worker"


def test_opening_what_is_gone_or_not_allowed_says_so_and_dispatches_error(editor):
    editor.start("handy-editor", {"designId": "0" * 24})
    assert "could not find this design" in editor.detail("error")["message"]
    expect(editor.page.get_by_role("alert")).to_contain_text("could not find this design")
    assert editor.events("load").count() == 0


def test_a_hub_that_is_down_can_be_tried_again(editor):
    editor.sandbox.control.fail("editor.product", status=500)
    editor.start("handy-editor", CARDS)
    editor.detail("error")
    editor.page.get_by_role("button", name="Try again").click()
    expect(editor.events("load")).to_have_count(1)
    expect(editor.page.get_by_label("Your name", exact=True)).to_be_visible()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"configVersion": 3}, "configVersion 3 is not supported"),
        ({"input": {}}, "input must name a product or a design"),
        ({"input": {"designId": "x", "productId": 1, "productVersionId": 2}}, "exactly one of sku and"),
        ({"input": {"productReferenceId": "a", "productVariantId": 5}}, "input mixes"),
        ({"integration": {"tenantId": "4242"}}, "integration.tenantId must be a number"),
    ],
)
def test_a_wrong_configuration_is_an_error_and_nothing_is_loaded(editor, changes, message):
    editor.start("handy-editor", CARDS, **changes)
    assert message in editor.detail("error")["message"]
    assert editor.sandbox.control.calls_to("editor") == []


def test_a_configuration_of_version_1_opens_its_product_and_sku(editor):
    editor.open("handy-editor", CARDS)
    sku = editor.call("editor.state.product.variants")[1]["sku"]
    product = {"externalProductId": "classic-business-cards", "sku": sku}
    editor.open("handy-editor", {}, configVersion=1, product=product)
    assert editor.call("editor.getChoices().sku") == sku


def test_a_renewed_token_changes_nothing_but_the_token(editor):
    editor.open("handy-editor", CARDS)
    editor.page.get_by_label("Quantity", exact=True).fill("4")
    editor.page.get_by_label("Your name", exact=True).fill("Unchanged")
    config = editor.config("handy-editor", CARDS)
    del config["integration"]["quantity"]
    editor.page.evaluate("config => editor.update(config)", config)
    assert editor.call("editor.getChoices().quantity") == 4
    assert editor.items()["Your name"]["text"] == "Unchanged"
    expect(editor.events("load")).to_have_count(1)


def test_choices_can_be_read_and_set(editor):
    editor.open("handy-editor", CARDS)
    assert editor.call("editor.getChoicesValues()")["Your name"] == editor.items()["Your name"]["text"]
    editor.call("editor.setChoices({ quantity: 7 })")
    expect(editor.page.get_by_label("Quantity", exact=True)).to_have_value("7")
    assert editor.call("editor.getLineItem()")["quantity"] == 7
    assert editor.events("addtocart").count() == 0


def test_a_choice_of_options_never_ends_at_a_variant_that_does_not_exist(editor):
    editor.open("handy-editor", CARDS)
    editor.page.get_by_label("Pack", exact=True).select_option("50 cards")
    editor.page.get_by_label("Paper", exact=True).select_option("Recycled 350 g")
    assert editor.call("editor.getChoices().options") == {"Paper": "Recycled 350 g", "Pack": "100 cards"}
    expect(editor.page.get_by_label("Pack", exact=True)).to_have_value("100 cards")
