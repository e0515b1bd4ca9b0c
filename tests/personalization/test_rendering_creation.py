"""How the Hub's project is made: by which pipeline, with what, and never a second time."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from personalization.models import RenderJob, RenderProject
from personalization.rendering import services
from personalization.rendering.selectors import failed_render_projects, unconfigured_render_projects
from personalization.rendering.services import PrintFileWishes
from tests.factories.personalization import make_design, make_render_project, make_storefront_user

pytestmark = pytest.mark.django_db

Status = RenderProject.Status
Making = RenderProject.Making


def advance(project):
    """The project's next step, as if its pause were over."""
    RenderJob.objects.filter(pk=project.pk).update(due_at=timezone.now())
    services.advance(project.pk)
    project.refresh_from_db()


def change(project, **values):
    RenderProject.objects.filter(pk=project.pk).update(**values)
    project.refresh_from_db()


def test_by_default_the_products_own_pipeline_makes_the_files(hub, project):
    advance(project)
    [call] = hub.calls_to("projects.create")
    assert call.path.endswith("/projects/with-single-item")


def test_a_given_pipeline_is_sent_along(hub, project):
    change(project, making=Making.PIPELINE, pipeline_id=31, quantity=250, fields={"Paper": "Matt"})
    advance(project)
    [call] = hub.calls_to("projects.create")
    assert call.path.endswith("/projects/by-scenario/specific-pipeline")
    assert call.body["scenario"] == {"pipelineId": 31}
    [item] = call.body["items"]
    assert (item["quantity"], item["sku"], item["fields"]) == (250, "OW-BC-MATT", {"Paper": "Matt"})
    assert item["designIds"] == project.design.state_ids
    assert call.body["orderDetails"]["orderId"] == project.order_id
    assert project.status == Status.RENDERING


@pytest.fixture
def unconnected(hub, project):
    """The project, of a product that has no reference in the Hub."""
    hub.disconnect("classic-business-cards")
    design = project.design
    design.product_reference, design.hub_product_id = "", 401
    design.hub_product_version_id, design.hub_variant_id = 901, 55001
    design.save()
    return project


def test_a_product_without_reference_is_made_by_its_own_pipeline_all_the_same(hub, unconnected):
    advance(unconnected)
    [call] = hub.calls_to("projects.create")
    assert call.path.endswith("/projects/by-scenario/specific-pipeline")
    assert call.body["scenario"] == {"pipelineId": 31}
    [item] = call.body["items"]
    assert "productReference" not in item
    assert item["productSpecifier"] == {"type": "Product", "id": 401, "versionId": 901, "variantId": 55001}
    hub.complete_all()
    advance(unconnected)
    assert (unconnected.status, unconnected.files.count()) == (Status.READY, 1)


def test_a_given_pipeline_goes_before_that_of_a_product_without_reference(hub, unconnected):
    change(unconnected, making=Making.PIPELINE, pipeline_id=32)
    advance(unconnected)
    [call] = hub.calls_to("projects.create")
    assert call.body["scenario"] == {"pipelineId": 32}
    assert hub.calls_to("products") == []


def test_a_product_without_reference_and_without_pipeline_fails_in_words(hub, unconnected, monkeypatch):
    monkeypatch.setattr(hub._hub, "pipeline_id", None)
    advance(unconnected)
    assert unconnected.status == Status.FAILED
    assert unconnected.reason == (
        "“Classic business cards” has no processing pipeline in the Hub. "
        "Give it one, or name one on the product’s page."
    )
    assert hub.calls_to("projects.create") == []


def test_a_product_without_reference_that_is_gone_fails_and_an_absent_hub_is_asked_again(hub, unconnected):
    hub.fail("products.get", status=503, times=3)
    advance(unconnected)
    assert (unconnected.status, unconnected.creation_sent_at) == (Status.CREATING, None)
    type(unconnected.design).objects.update(hub_product_id=9999)
    advance(unconnected)
    assert unconnected.status == Status.FAILED


def test_a_pipeline_that_the_hub_does_not_have_fails_with_its_number(hub, project):
    change(project, making=Making.PIPELINE, pipeline_id=99)
    advance(project)
    assert project.status == Status.FAILED
    assert "99" in project.reason


def test_the_built_in_rendering_needs_no_product(hub, project):
    change(project, making=Making.HIRES, quantity=250)
    advance(project)
    [call] = hub.calls_to("projects.create")
    assert call.path.endswith("/projects/by-scenario/render-hires")
    assert call.body["scenario"]["designId"] == project.design.state_ids[0]
    assert (call.body["scenario"]["format"], call.body["scenario"]["colorSpace"]) == ("Pdf", "Cmyk")
    assert call.body["description"] == "250 × OW-BC-MATT"
    assert call.body["orderLineItemId"] == project.line_id

    hub.complete_all()
    advance(project)
    assert (project.status, project.files.count()) == (Status.READY, 1)


def test_the_built_in_rendering_does_not_leave_out_a_second_design(hub, project):
    change(project, making=Making.HIRES)
    type(project.design).objects.update(state_ids=[*project.design.state_ids, "6" * 24])
    advance(project)
    assert project.status == Status.FAILED
    assert "prints one design" in project.reason
    assert hub.calls_to("projects.create") == []


@pytest.mark.parametrize("making", Making.values)
def test_an_answer_lost_on_any_way_does_not_make_a_second_project(hub, project, making):
    change(project, making=making, pipeline_id=31)
    hub.fail("projects.create", "reset-after")
    advance(project)
    assert project.status == Status.CREATING
    advance(project)
    assert project.status == Status.RENDERING
    assert hub.created_count(project.order_id, project.line_id) == 1


def test_fields_previews_and_the_customer_go_along_but_no_address(hub):
    account = get_user_model().objects.create_user(
        "anna", "anna@example.com", first_name="Anna", last_name="B"
    )
    owner = make_storefront_user(account=account)
    state = hub.add_design(owner.hub_id, "classic-business-cards")
    design = make_design(owner, state_ids=[state], preview_urls=hub.preview_urls(state))
    project = make_render_project(design, fields={"Paper": "Matt", "Corners": "Round"})

    advance(project)

    sent = hub.calls_to("projects.create")[0].body
    assert sent["item"]["fields"] == {"Paper": "Matt", "Corners": "Round"}
    assert [row["url"] for row in sent["item"]["resources"]] == hub.preview_urls(state)
    assert {row["type"] for row in sent["item"]["resources"]} == {"Preview"}
    assert (sent["customerId"], sent["customerName"]) == (owner.hub_id, "Anna B")
    assert "anna@example.com" not in str(sent)


def test_a_line_keeps_how_its_files_are_made_whatever_the_product_says_later():
    wishes = PrintFileWishes(
        making=Making.PIPELINE, pipeline_id=7, fields={"Paper": "Matt"}, width_mm=Decimal("85.5"), pages=2
    )
    values = {"order_id": "A", "order_url": "", "line_id": "A-1", "line_index": 0, "title": "T", "sku": "S"}
    first = services.request_render(design=make_design(), quantity=1, wishes=wishes, **values)
    services.request_render(design=make_design(), quantity=1, **values)
    first.refresh_from_db()
    assert (first.making, first.pipeline_id, first.fields) == ("pipeline", 7, {"Paper": "Matt"})
    assert (first.expected_width_mm, first.expected_height_mm) == (Decimal("85.50"), None)
    assert first.expected_pages == 2


def hide_from_lists(monkeypatch):
    """The Hub's list does not show new projects yet."""
    from personalization.hub import Hub

    monkeypatch.setattr(Hub, "find_projects", lambda self, order_id: [])


def test_after_an_unknown_outcome_two_looks_in_vain_with_a_pause_come_before_another_creation(
    hub, project, monkeypatch
):
    hub.fail("projects.create", "reset")
    advance(project)
    assert (project.status, project.creation_sent_at is not None) == (Status.CREATING, True)

    advance(project)
    assert (project.status, len(hub.calls_to("projects.create"))) == (Status.CREATING, 1)
    assert project.job.due_at >= timezone.now() + timedelta(seconds=13)
    assert services.advance(project.pk) is False

    advance(project)
    assert project.status == Status.RENDERING
    assert len(hub.calls_to("projects.create")) == 2
    assert hub.created_count(project.order_id, project.line_id) == 1
    assert (project.creation_sent_at, project.missed_at) == (None, None)


def test_a_project_that_the_hub_lists_late_is_found_by_the_second_look(hub, project, monkeypatch):
    hub.fail("projects.create", "reset-after")
    advance(project)
    with monkeypatch.context() as early:
        hide_from_lists(early)
        advance(project)
    advance(project)
    assert project.status == Status.RENDERING
    assert hub.created_count(project.order_id, project.line_id) == 1


def test_how_long_to_wait_before_the_second_look_is_a_setting(hub, project, settings):
    settings.CCHUB = {**settings.CCHUB, "LOOK_AGAIN_SECONDS": 300}
    hub.fail("projects.create", "reset")
    advance(project)
    advance(project)
    assert project.job.due_at > timezone.now() + timedelta(seconds=290)


def test_a_worker_killed_while_it_creates_leaves_an_unknown_outcome(hub, project, monkeypatch):
    from personalization.hub import Hub

    def killed(self, new):
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(Hub, "create_project", killed)
        with pytest.raises(KeyboardInterrupt):
            services.advance(project.pk)
    project.refresh_from_db()
    assert project.creation_sent_at is not None
    RenderJob.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    advance(project)
    assert hub.calls_to("projects.create") == []
    advance(project)
    assert hub.created_count(project.order_id, project.line_id) == 1


def test_a_hub_that_was_down_before_the_creation_is_not_looked_at_twice(hub, project):
    hub.fail("projects.list", "status", status=503, times=3)
    advance(project)
    assert (project.status, project.creation_sent_at) == (Status.CREATING, None)
    advance(project)
    assert project.status == Status.RENDERING


@pytest.mark.parametrize(
    "group, status", [("projects.create", 401), ("projects.create", 403), ("projects", 403)]
)
def test_refused_credentials_wait_to_be_mended_and_burn_no_tries(
    hub, project, finished, group, status, caplog
):
    hub.fail(group, "status", status=status, times=1000)
    for _ in range(30):
        advance(project)
    assert (project.status, project.job.attempts) == (Status.CREATING, 0)
    assert project.waits_for_configuration
    assert "external app" in project.reason
    assert project.job.due_at > timezone.now() + timedelta(minutes=3)
    assert list(unconfigured_render_projects()) == [project]
    assert list(failed_render_projects()) == []
    assert finished == []
    errors = [record for record in caplog.records if "waits for the configuration" in record.message]
    assert [record.levelname for record in errors] == ["ERROR"] + ["WARNING"] * 29


def test_a_wrong_client_secret_waits_and_goes_on_by_itself_once_mended(hub, project, settings):
    right = settings.CCHUB
    settings.CCHUB = {**right, "CLIENTSECRET": "wrong"}
    advance(project)
    assert project.waits_for_configuration
    assert "CCHUB_CLIENTSECRET" in project.reason

    settings.CCHUB = right
    advance(project)
    assert (project.status, project.waits_for_configuration, project.reason) == (Status.RENDERING, False, "")
    assert hub.created_count(project.order_id, project.line_id) == 1
    assert list(unconfigured_render_projects()) == []


def test_credentials_that_are_refused_while_the_hub_renders_hold_up_the_files_only(hub, project):
    advance(project)
    hub.complete_all()
    hub.fail("artifacts", "status", status=403, times=100)
    for _ in range(10):
        advance(project)
    assert (project.status, project.waits_for_configuration) == (Status.FETCHING, True)
    hub.clear()
    advance(project)
    assert (project.status, project.waits_for_configuration) == (Status.READY, False)


def test_the_sweep_lets_projects_notice_that_credentials_are_refused(hub, project):
    advance(project)
    RenderJob.objects.filter(pk=project.pk).update(due_at=timezone.now())
    hub.fail("projects", "status", status=403, times=100)
    services.sweep_projects()
    project.refresh_from_db()
    assert project.waits_for_configuration
