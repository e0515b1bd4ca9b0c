"""A render project reaches its print files, with exactly one project in the Hub."""

import uuid
from datetime import timedelta

import pikepdf
import pytest
from django.db import connection
from django.utils import timezone

from personalization.hub import get_hub
from personalization.models import RenderJob, RenderProject
from personalization.rendering import services
from personalization.rendering.selectors import surplus_render_projects
from personalization.rendering.services import new_project, states
from personalization.rendering.services.leases import RENDERS
from tests.factories.personalization import make_design, make_render_project, make_storefront_user

pytestmark = pytest.mark.django_db

Status = RenderProject.Status


def make_due(project):
    RenderJob.objects.filter(pk=project.pk).update(due_at=timezone.now())
    project.refresh_from_db()


def sent(project):
    return new_project.new_project(project, owner_id=project.design.owner.hub_id)


def test_a_line_is_requested_once(django_capture_on_commit_callbacks):
    project = make_render_project()
    values = {"design": project.design, "order_id": "X", "order_url": "", "line_id": project.line_id}
    with django_capture_on_commit_callbacks() as callbacks:
        again = services.request_render(**values, line_index=5, title="T", sku="S", quantity=9)
    assert again.pk == project.pk
    assert again.quantity == 1
    assert callbacks == []


def test_requesting_asks_the_hub_nothing_before_the_commit(hub, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        make_render_project()
    assert hub.calls == []
    assert len(callbacks) == 1


def test_from_request_to_print_file(hub, project, finished):
    services.advance(project.pk)
    project.refresh_from_db()
    assert (project.status, project.hub_processing_status) == (Status.RENDERING, "Pending")
    assert hub.projects()[0]["id"] == project.hub_project_id
    assert finished == []

    hub.complete_all()
    services.advance(project.pk)
    project.refresh_from_db()
    assert (project.status, hasattr(project, "job")) == (Status.READY, False)
    assert project.finished_at is not None
    assert finished == [(project.pk, "ready", True)]

    kept = project.files.get()
    assert (kept.name, kept.content_type) == (f"{project.line_id}-result.pdf", "application/pdf")
    with kept.file.open() as content, pikepdf.open(content) as pdf:
        assert len(pdf.pages) >= 1
    assert kept.size == kept.file.size
    assert project.line_id not in kept.file.name


def test_the_hub_learns_what_to_print_and_for_which_line(hub, project):
    RenderProject.objects.filter(pk=project.pk).update(quantity=250, line_index=3)
    services.advance(project.pk)
    sent = hub.calls_to("projects.create")[0].body
    assert sent["ownerId"] == project.design.owner.hub_id
    assert (sent["orderId"], sent["orderLineItemId"]) == (project.order_id, project.line_id)
    assert sent["orderUrl"] == project.order_url
    assert sent["item"]["designIds"] == project.design.state_ids
    assert (sent["item"]["sku"], sent["item"]["quantity"]) == ("OW-BC-MATT", 250)
    assert sent["item"]["orderLineItemIndex"] == 3
    assert (sent["productReference"], sent["item"]["productReference"]) == ("classic-business-cards",) * 2


def test_no_call_to_the_hub_is_made_inside_a_transaction(hub, monkeypatch, transactional_db):
    from personalization.hub.transport import Transport

    seen = []
    original = Transport._exchange_once

    def watch(self, *args, **kwargs):
        seen.append(connection.in_atomic_block)
        return original(self, *args, **kwargs)

    monkeypatch.setattr(Transport, "_exchange_once", watch)
    owner = make_storefront_user()
    state = hub.add_design(owner.hub_id, "classic-business-cards")
    # Committed at once, so the queue of the test run creates the project in the Hub here.
    project = make_render_project(make_design(owner, state_ids=[state]))
    hub.complete_all()
    assert services.advance(project.pk) is True
    assert RenderProject.objects.get(pk=project.pk).status == Status.READY
    assert len(hub.calls_to("projects.create")) == 1
    assert len(seen) >= 4
    assert not any(seen)


def test_a_finished_project_is_left_alone(hub, project):
    services.advance(project.pk)
    hub.complete_all()
    services.advance(project.pk)
    before = len(hub.calls)
    assert services.advance(project.pk) is False
    assert len(hub.calls) == before


def test_an_answer_lost_after_the_project_was_made_does_not_make_a_second_one(hub, project):
    hub.fail("projects.create", "reset-after")
    services.advance(project.pk)
    project.refresh_from_db()
    assert (project.status, project.job.attempts) == (Status.CREATING, 1)
    assert project.job.due_at >= timezone.now() + timedelta(seconds=5)

    make_due(project)
    services.advance(project.pk)
    project.refresh_from_db()
    assert project.status == Status.RENDERING
    assert hub.created_count(project.order_id, project.line_id) == 1


def test_an_answer_that_comes_too_late_does_not_make_a_second_project(hub, project, settings):
    settings.CCHUB = {**settings.CCHUB, "TIMEOUT_SECONDS": 0.5}
    hub.fail("projects.create", "late", seconds=1.5)
    services.advance(project.pk)
    project.refresh_from_db()
    assert project.status == Status.CREATING

    make_due(project)
    services.advance(project.pk)
    assert hub.created_count(project.order_id, project.line_id) == 1


@pytest.mark.parametrize("mode", ["malformed", "nulls", "as-status"])
def test_an_answer_nobody_understands_does_not_make_a_second_project(hub, project, mode):
    hub.fail("projects.create", mode, status=200)
    services.advance(project.pk)
    make_due(project)
    services.advance(project.pk)
    project.refresh_from_db()
    assert project.status == Status.RENDERING
    assert hub.created_count(project.order_id, project.line_id) == 1


def test_the_pause_after_an_unknown_outcome_is_kept_whoever_calls(hub, project):
    hub.fail("projects.create", "reset-after")
    services.advance(project.pk)
    before = len(hub.calls)
    assert services.advance(project.pk) is False
    assert len(hub.calls) == before


def test_of_two_projects_of_a_line_the_oldest_is_adopted(hub, project):
    design = project.design
    get_hub().create_project(sent(project))
    get_hub().create_project(sent(project))
    oldest = min(found["id"] for found in hub.projects())
    services.advance(project.pk)
    project.refresh_from_db()
    assert project.hub_project_id == oldest
    assert design.render_projects.count() == 1
    assert project.surplus_hub_projects == [found["id"] for found in hub.projects() if found["id"] != oldest]
    assert list(surplus_render_projects()) == [project]


def test_a_line_with_one_project_is_not_flagged(hub, project):
    services.advance(project.pk)
    project.refresh_from_db()
    assert project.surplus_hub_projects == []
    assert list(surplus_render_projects()) == []


def test_another_line_of_the_same_order_is_not_adopted(hub, project):
    sibling = make_render_project(project.design, order_id=project.order_id)
    services.advance(sibling.pk)
    services.advance(project.pk)
    project.refresh_from_db()
    sibling.refresh_from_db()
    assert project.hub_project_id != sibling.hub_project_id
    assert len(hub.projects()) == 2


def test_a_project_in_other_hands_is_not_touched(hub, project):
    RENDERS.claim(project.pk)
    assert services.advance(project.pk) is False
    assert hub.calls == []


def test_a_killed_workers_project_is_taken_over_when_its_lease_has_run_out(hub, project):
    dead = RENDERS.claim(project.pk).lease
    states.move(project.pk, Status.CREATING, lease=dead)
    get_hub().create_project(sent(project))
    RenderJob.objects.filter(pk=project.pk).update(leased_until=timezone.now() - timedelta(seconds=1))

    services.advance(project.pk)
    project.refresh_from_db()
    assert (project.status, project.job.lease) == (Status.RENDERING, None)
    assert hub.created_count(project.order_id, project.line_id) == 1
    with pytest.raises(states.LeaseLost):
        states.note(project.pk, lease=dead, reason="the dead speak")


def test_a_worker_that_lost_its_lease_while_it_asked_the_hub_writes_nothing(hub, project, monkeypatch):
    other = uuid.uuid4()
    original = type(get_hub()).create_project

    def taken_over_meanwhile(self, new):
        created = original(self, new)
        RenderJob.objects.filter(pk=project.pk).update(lease=other)
        return created

    monkeypatch.setattr(type(get_hub()), "create_project", taken_over_meanwhile)
    assert services.advance(project.pk) is False
    project.refresh_from_db()
    assert (project.status, project.hub_project_id, project.job.lease) == (Status.CREATING, None, other)


@pytest.mark.parametrize("error", [ZeroDivisionError("token=s3cr3t"), RecursionError(), TypeError()])
def test_a_defect_of_ours_gives_the_lease_back_and_pauses_the_project(project, monkeypatch, error):
    def fail(project, owner_id):
        raise error

    monkeypatch.setattr(new_project, "new_project", fail)
    services.advance(project.pk)
    project.refresh_from_db()
    assert (project.status, project.job.lease, project.job.errors) == (Status.CREATING, None, 1)
    assert project.job.due_at > timezone.now()
    assert type(error).__name__ in project.reason
    assert "s3cr3t" not in project.reason


def test_a_defect_that_stays_ends_as_failed_with_a_reason_and_is_not_tried_again(
    hub, project, finished, monkeypatch
):
    monkeypatch.setattr(new_project, "new_project", lambda project, owner_id: 1 / 0)
    # After each, the project that may have been created is looked for first.
    for _attempt in range(2 * RENDERS.most_errors):
        RenderJob.objects.update(due_at=timezone.now())
        services.advance(project.pk)
    project.refresh_from_db()
    assert (project.status, hasattr(project, "job")) == (Status.FAILED, False)
    assert "ZeroDivisionError" in project.reason
    assert finished == [(project.pk, "failed", True)]
    assert services.advance(project.pk) is False


def test_a_project_at_which_workers_die_again_and_again_ends_as_failed(project, finished):
    for _death in range(RENDERS.most_errors):
        assert RENDERS.claim(project.pk) is not None
        RenderJob.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert services.advance(project.pk) is False
    project.refresh_from_db()
    assert (project.status, project.reason) == (Status.FAILED, "The worker died at this 8 times.")
    assert finished == [(project.pk, "failed", True)]


def test_what_a_killed_worker_held_is_free_after_twenty_seconds(project):
    assert RENDERS.claim(project.pk).leased_until <= timezone.now() + timedelta(seconds=20)
