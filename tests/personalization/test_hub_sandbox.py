"""The facade against the sandbox Hub, over real HTTP: the way of an order, and the sandbox's ways to fail."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from personalization.hub import (
    HubContractError,
    HubForbidden,
    HubNotFound,
    HubRejected,
    HubUnavailable,
    NewProject,
    ProductSpecifier,
    get_hub,
)

REFERENCE = "classic-business-cards"
SKU = "OW-BC-MATT-50"


@pytest.fixture
def control(sandbox):
    """The sandbox's levers; rendering stands still until a test moves it."""
    sandbox.control.set_speed(0)
    return sandbox.control


@pytest.fixture
def new_project(control):
    """A project of one design that the sandbox has."""
    return NewProject(
        owner_id="visitor-1",
        order_id="OW-1042",
        order_number=1042,
        order_name="#1042",
        order_url="https://shop.example/orders/1042/",
        order_line_item_id="OW-1042-1",
        order_line_item_index=0,
        customer_name="Anna Kowalska",
        name="Classic business cards",
        product_reference=REFERENCE,
        sku=SKU,
        quantity=2,
        design_ids=(control.add_design("visitor-1", REFERENCE, sku=SKU),),
        product=ProductSpecifier(product_id=401, version_id=901, variant_id=55001),
    )


def count(control, name: str) -> int:
    return len(control.calls_to(name))


def test_products_are_read_by_reference_by_sku_and_by_id(control):
    hub = get_hub()
    assert hub.product_reference(REFERENCE).product_id == 401
    parameters = hub.personalization_parameters(REFERENCE)
    assert (parameters.product_type, parameters.product_id, parameters.product_version_id) == (
        "Product",
        401,
        901,
    )
    assert parameters.workflow_type == "WorkflowElements"
    assert parameters.workflow_elements_url.endswith("/libs/us/workflow-elements")
    assert hub.personalization_parameters(401) == parameters
    summary = hub.product_summary(REFERENCE, sku=SKU)
    assert (summary.product_variant_id, summary.sku, summary.price) == (55001, SKU, Decimal("19.0"))
    assert summary.available is True
    assert hub.product_summary(401, sku=SKU) == summary
    assert hub.product(401).name == "Classic business cards"
    variant = hub.product_variants(401, sku=SKU)
    assert [(found.id, found.options) for found in variant] == [
        (55001, {"Paper": "Matt 350 g", "Pack": "50 cards"})
    ]
    assert SKU in [found.sku for found in hub.product_variants(401)]


def test_products_are_searched_page_by_page(control):
    hub = get_hub()
    everything = hub.products(take=100)
    second = hub.products(skip=1, take=1)
    assert everything.total == second.total == len(everything.items)
    assert second.items == everything.items[1:2]
    assert [product.id for product in hub.products(search="classic business").items] == [401]


def test_pipelines_are_searched_page_by_page(control):
    hub = get_hub()
    first = hub.processing_pipelines(take=1)
    assert (first.total, [found.name for found in first.items]) == (2, ["Print files"])
    assert [found.id for found in hub.processing_pipelines(skip=1, take=1).items] == [32]
    assert [found.id for found in hub.processing_pipelines(search="call-back").items] == [32]


def test_a_variant_has_the_picture_of_its_design(control):
    assert get_hub().variant_pictures(401)[SKU].endswith("/previews/products/401.png")


def test_a_product_is_known_by_its_number_without_any_reference(control):
    hub = get_hub()
    control.disconnect(REFERENCE)
    with pytest.raises(HubNotFound):
        hub.personalization_parameters(REFERENCE)
    assert hub.product_references(product_id=401).items == ()
    assert hub.personalization_parameters(401).product_id == 401
    assert hub.product_summary(401, sku=SKU).product_variant_id == 55001
    assert hub.product_summary(401, sku="OW-NOBODY").product_variant_id is None


def test_a_user_is_made_once_and_gets_a_token(control):
    hub = get_hub()
    with pytest.raises(HubNotFound):
        hub.storefront_user_token("visitor-1")
    hub.ensure_storefront_user("visitor-1", anonymous=True)
    hub.ensure_storefront_user("visitor-1", anonymous=True)
    assert count(control, "users.create") == 1
    assert hub.storefront_user_token("visitor-1").count(".") == 2


def test_designs_follow_their_owner_through_a_merge(control, new_project):
    hub = get_hub()
    hub.ensure_storefront_user("account-1", anonymous=False)
    hub.merge_storefront_users(anonymous_id="visitor-1", regular_id="account-1")
    assert hub.create_project(replace(new_project, owner_id="account-1")).design_ids == new_project.design_ids


def test_merging_an_unknown_visitor_says_so(control):
    hub = get_hub()
    hub.ensure_storefront_user("account-1", anonymous=False)
    with pytest.raises(HubNotFound):
        hub.merge_storefront_users(anonymous_id="nobody", regular_id="account-1")


def test_an_order_item_becomes_files(control, new_project):
    hub = get_hub()
    created = hub.create_project(new_project)
    assert (created.order_id, created.order_line_item_id) == ("OW-1042", "OW-1042-1")
    assert (created.processing_status, created.design_ids) == ("Pending", new_project.design_ids)
    assert hub.find_projects("OW-1042") == [created]
    assert hub.processing_results(created.id).files == ()

    control.complete_all()
    assert hub.project(created.id).processing_status == "Completed"
    results = hub.processing_results(created.id)
    assert (results.status, results.description) == ("Completed", "")
    (file,) = results.files
    assert (file.format, file.order_line_item_id) == ("Pdf", "OW-1042-1")
    with hub.open_artifact(file) as stream:
        content = b"".join(stream.iter_bytes())
    assert stream.content_type == "application/pdf"
    assert stream.size == file.size == len(content)
    assert content.startswith(b"%PDF-")


def test_a_preview_is_a_picture(control, new_project):
    preview = get_hub().fetch_preview(control.preview_urls(new_project.design_ids[0])[0])
    assert preview.content_type == "image/png"
    assert preview.content.startswith(b"\x89PNG")


def test_only_projects_of_exactly_the_order_are_found(control, new_project):
    hub = get_hub()
    hub.create_project(replace(new_project, order_id="OW-10423"))
    first = hub.create_project(new_project)
    second = hub.create_project(replace(new_project, order_line_item_id="OW-1042-2"))
    assert [project.id for project in hub.find_projects("OW-1042")] == [first.id, second.id]
    assert hub.find_projects("ow-1042") == []


def test_lists_longer_than_a_page_are_read_to_the_end(control, new_project, monkeypatch):
    monkeypatch.setattr("personalization.hub.paging.PAGE_SIZE", 2)
    hub = get_hub()
    made = [
        hub.create_project(replace(new_project, order_line_item_id=f"OW-1042-{line}")).id for line in range(5)
    ]
    assert [project.id for project in hub.find_projects("OW-1042")] == made
    assert count(control, "projects.list") == 3


def test_changed_projects_are_read_until_the_first_older_page(control, new_project, monkeypatch):
    control.trouble("stuck-pending", times=6)
    monkeypatch.setattr("personalization.hub.paging.PAGE_SIZE", 2)
    hub = get_hub()
    made = [
        hub.create_project(replace(new_project, order_line_item_id=f"OW-1042-{line}")).id for line in range(6)
    ]
    for project_id in made[:5]:
        hub.force_project_status(project_id, status=3)
        control.advance(60)
    everything = hub.changed_projects(since=timezone.now() - timedelta(hours=1))
    assert [project.id for project in everything] == made[4::-1]
    asked = count(control, "projects.list")
    latest = hub.changed_projects(since=everything[1].last_modified)
    assert [project.id for project in latest] == [made[4], made[3]]
    assert count(control, "projects.list") == asked + 2


def test_a_failed_project_is_rendered_again(control, new_project):
    hub = get_hub()
    control.trouble("fail")
    project_id = hub.create_project(new_project).id
    control.complete_all()
    results = hub.processing_results(project_id)
    assert results.status == "Failed"
    assert results.description
    hub.restart_processing(project_id)
    control.complete_all()
    assert hub.processing_results(project_id).status == "Completed"


def test_processing_that_runs_cannot_be_restarted(control, new_project):
    hub = get_hub()
    project_id = hub.create_project(new_project).id
    with pytest.raises(HubRejected) as refusal:
        hub.restart_processing(project_id)
    assert refusal.value.status == 409
    assert refusal.value.detail


def test_the_business_status_is_forced_and_an_unknown_one_refused(control, new_project):
    hub = get_hub()
    project_id = hub.create_project(new_project).id
    hub.force_project_status(project_id, status=5)
    assert hub.project(project_id).status == 5
    with pytest.raises((HubRejected, HubNotFound)):
        hub.force_project_status(project_id, status=77)


# What goes wrong


def test_revoked_tokens_are_replaced_behind_the_scenes(control):
    hub = get_hub()
    hub.products(take=1)
    control.revoke_tokens()
    hub.products(take=1)
    hub.products(take=1)
    assert count(control, "token") == 2
    assert [call.status for call in control.calls_to("products.list")] == [200, 401, 200, 200]


def test_short_lived_tokens_are_replaced_before_they_end(control):
    hub = get_hub()
    control.switches.access_token_seconds = 1
    hub.products(take=1)
    control.advance(2)
    hub.products(take=1)
    assert {call.status for call in control.calls_to("products.list")} <= {200, 401}
    assert control.calls_to("products.list")[-1].status == 200


def test_wrong_credentials_are_named(control, settings):
    settings.CCHUB = {**settings.CCHUB, "CLIENTSECRET": "wrong"}
    with pytest.raises(HubForbidden, match="CCHUB_CLIENTSECRET"):
        get_hub().products(take=1)


@pytest.mark.parametrize("fault", [{"mode": "status", "status": 502}, {"mode": "html"}, {"mode": "reset"}])
def test_a_read_gets_over_two_bad_answers(control, pauses, fault):
    control.fail("products.list", times=2, **fault)
    assert get_hub().products(take=1).total > 0


@pytest.mark.parametrize("mode", ["reset", "reset-after", "late"])
def test_a_creation_without_an_answer_is_unknown_and_sent_once(control, new_project, settings, mode):
    settings.CCHUB = {**settings.CCHUB, "TIMEOUT_SECONDS": 0.3}
    hub = get_hub()
    hub.products(take=1)
    control.fail("projects.create", mode, seconds=2)
    with pytest.raises(HubUnavailable):
        hub.create_project(new_project)
    control.clear()
    assert control.created_count("OW-1042", "OW-1042-1") == (0 if mode == "reset" else 1)
    assert count(control, "projects.create") == 1


def test_a_hub_that_hangs_is_given_up_in_time_and_not_asked_again(control, settings, caplog):
    settings.CCHUB = {**settings.CCHUB, "TIMEOUT_SECONDS": 0.3}
    hub = get_hub()
    hub.product(401)
    control.fail("products.list", "hang", seconds=2)
    with pytest.raises(HubUnavailable, match="no answer in time"):
        hub.products(take=1)
    control.clear()
    assert caplog.text.count("ReadTimeout") == 1


def test_a_creation_with_another_success_keeps_the_project(control, new_project):
    control.fail("projects.create", "as-status", status=200)
    created = get_hub().create_project(new_project)
    assert [project["id"] for project in control.projects()] == [created.id]


@pytest.mark.parametrize("mode", ["malformed", "wrong-types", "nulls"])
def test_a_spoiled_answer_breaks_the_contract(control, new_project, mode):
    hub = get_hub()
    project_id = hub.create_project(new_project).id
    control.fail("projects.get", mode)
    with pytest.raises(HubContractError):
        hub.project(project_id)


def test_values_that_nobody_knows_are_passed_on_as_text(control, new_project):
    hub = get_hub()
    project_id = hub.create_project(new_project).id
    control.fail("projects.get", "unknown-enum")
    assert hub.project(project_id).processing_status == "Cancelled"
    control.fail("references.parameters", "unknown-enum")
    assert hub.personalization_parameters(REFERENCE).workflow_type == "HandyEditor"


@pytest.mark.parametrize(
    ("trouble", "outcome"), [("wrong-host", None), ("truncated", HubUnavailable), ("missing", HubNotFound)]
)
def test_files_with_trouble_are_fetched_whole_or_not_at_all(control, new_project, pauses, trouble, outcome):
    hub = get_hub()
    control.trouble(trouble)
    project_id = hub.create_project(new_project).id
    control.complete_all()
    (file,) = hub.processing_results(project_id).files

    def download():
        with hub.open_artifact(file) as stream:
            return sum(len(chunk) for chunk in stream.iter_bytes())

    if outcome is None:
        assert download() == file.size
    else:
        with pytest.raises(outcome):
            download()


def test_a_lost_hub_leaves_products_readable(control, monkeypatch, pauses):
    hub = get_hub()
    known = hub.personalization_parameters(REFERENCE)
    monkeypatch.setattr(
        "personalization.hub.cache.time.time", lambda clock=timezone: clock.now().timestamp() + 600
    )
    control.fail("references", "reset", times=3)
    assert hub.personalization_parameters(REFERENCE) == known
    control.clear()
