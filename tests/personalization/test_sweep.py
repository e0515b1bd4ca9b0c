"""The sweep finds what changed and what is due, at a cost that does not grow with what is open."""

import time
import uuid
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_q.models import Schedule

from core.outbox import leases as core_leases
from core.outbox import service as outbox
from personalization import tasks
from personalization.models import Design, HubEvent, ProjectSweep, RenderJob, RenderProject
from personalization.rendering import services
from personalization.rendering.services import sweep
from personalization.rendering.services.leases import RENDERS
from personalization.schedules import SWEEP
from tests.factories.personalization import make_design, make_render_project, make_rendering_project

pytestmark = pytest.mark.django_db

Status = RenderProject.Status


@pytest.fixture
def queued(monkeypatch):
    """What was put into the queue, as (function, id), instead of running at once."""
    calls = []

    def enqueue(func, *args):
        calls.append((func.rsplit(".", 1)[-1], *args))

    monkeypatch.setattr(outbox, "async_task", enqueue)
    return calls


def test_a_wake_up_call_that_got_lost_is_made_up_for(hub, project):
    services.sweep_projects()
    project.refresh_from_db()
    assert project.status == Status.RENDERING


def test_a_completed_project_is_found_by_the_list_of_changes(hub, project):
    services.advance(project.pk)
    hub.complete_all()
    services.sweep_projects()
    project.refresh_from_db()
    assert project.status == Status.READY
    assert ProjectSweep.objects.get().seen_until is not None


def test_a_project_in_progress_is_noted_without_a_call_of_its_own(hub, project):
    services.advance(project.pk)
    hub.advance(2)
    services.sweep_projects()
    project.refresh_from_db()
    assert (project.status, project.hub_processing_status) == (Status.RENDERING, "InProgress")
    assert hub.calls_to("projects.results") == []


def test_many_open_projects_cost_one_call(sandbox, queued):
    for _ in range(40):
        make_rendering_project(due_at=timezone.now() + timedelta(minutes=5))
    services.sweep_projects()
    assert [call.name for call in sandbox.control.calls_to("projects")] == ["projects.list"]
    assert queued == []


def test_of_many_overdue_projects_a_few_at_a_time_are_looked_at_one_by_one(sandbox, queued):
    for _ in range(25):
        make_rendering_project()
    services.sweep_projects()
    assert len(queued) == 20


def test_nothing_is_asked_while_nothing_is_open(sandbox, queued):
    make_render_project(status=Status.READY, hub_project_id=7)
    services.sweep_projects()
    assert sandbox.control.calls == []
    assert queued == []


def test_while_the_hub_is_down_no_project_is_looked_at_by_itself(sandbox, queued):
    make_rendering_project()
    sandbox.control.fail("projects", "status", status=503, times=10)
    services.sweep_projects()
    assert queued == []


def test_a_wake_up_call_that_a_worker_took_along_is_repeated(sandbox, queued):
    """Twice in the queue does no harm: the second finds nothing due."""
    project = make_render_project()
    services.sweep_projects()
    services.sweep_projects()
    assert queued == [("advance_render_project", project.pk)] * 2


def test_the_queue_does_not_grow_while_nobody_works(sandbox, queued, monkeypatch):
    make_render_project()
    monkeypatch.setattr(outbox, "get_broker", lambda: SimpleNamespace(queue_size=lambda: 200))
    services.sweep_projects()
    assert queued == []


@pytest.mark.parametrize("reason", ["due_at", "leased_until", "status"])
def test_a_project_that_is_not_due_is_left_alone(sandbox, queued, reason):
    later = timezone.now() + timedelta(minutes=1)
    values = {"due_at": later, "leased_until": later, "status": Status.FAILED}
    make_render_project(**{reason: values[reason]})
    services.sweep_projects()
    assert queued == []


def test_a_dead_workers_project_is_woken_up(sandbox, queued):
    project = make_render_project()
    RENDERS.claim(project.pk)
    RenderJob.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    services.sweep_projects()
    assert queued == [("advance_render_project", project.pk)]


def test_two_sweeps_at_once_are_one(sandbox, queued):
    make_render_project()
    ProjectSweep.objects.create(leased_until=timezone.now() + timedelta(minutes=1))
    services.sweep_projects()
    assert queued == []
    ProjectSweep.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    services.sweep_projects()
    assert len(queued) == 1


def test_the_sweep_gives_its_lease_back(sandbox):
    services.sweep_projects()
    assert ProjectSweep.objects.get().leased_until is None


@pytest.mark.django_db(transaction=True)
def test_a_sweep_that_takes_longer_than_its_lease_keeps_it(monkeypatch):
    monkeypatch.setattr(core_leases, "RENEW_EVERY_SECONDS", 0.02)

    def be_slow():
        ProjectSweep.objects.update(leased_until=timezone.now())
        patience = time.monotonic() + 30
        while not ProjectSweep.objects.filter(leased_until__gt=timezone.now()).exists():
            assert time.monotonic() < patience, "nobody renews the lease"
            time.sleep(0.02)

    monkeypatch.setattr(sweep, "flag_overdue", be_slow)
    services.sweep_projects()


def test_a_sweep_that_has_lost_its_lease_leaves_it_to_the_next_one(monkeypatch):
    others = {"lease": uuid.uuid4(), "leased_until": timezone.now() + timedelta(minutes=1)}
    monkeypatch.setattr(sweep, "flag_overdue", lambda: ProjectSweep.objects.update(**others))
    services.sweep_projects()
    assert ProjectSweep.objects.values("lease", "leased_until").get() == others


def test_previews_that_are_due_are_queued(queued):
    due = make_design(preview_due_at=timezone.now())
    make_design(preview_due_at=timezone.now() + timedelta(minutes=1))
    make_design(preview_due_at=None)
    tasks.sweep()
    assert queued == [("fetch_preview", str(due.pk))]


def test_old_call_backs_are_forgotten():
    for age in (1, 29, 31):
        event = HubEvent.objects.create(project_id=age)
        HubEvent.objects.filter(pk=event.pk).update(received_at=timezone.now() - timedelta(days=age))
    tasks.clear_hub_events()
    assert sorted(HubEvent.objects.values_list("project_id", flat=True)) == [1, 29]


def test_the_sweep_is_scheduled_once_however_often_the_shop_is_migrated():
    call_command("migrate", "personalization", verbosity=0)
    call_command("migrate", "personalization", verbosity=0)
    schedule = Schedule.objects.get(name=SWEEP)
    assert (schedule.func, schedule.repeats) == ("personalization.tasks.sweep", -1)
    assert schedule.calculate_next_run() <= timezone.now() + timedelta(seconds=30)


def test_tasks_for_things_that_are_gone_do_nothing():
    tasks.advance_render_project(1)
    tasks.process_hub_event(1)
    tasks.fetch_preview("00000000-0000-0000-0000-000000000000")
    assert Design.objects.count() == 0
