"""Trouble with the Hub: what is waited for, and what fails with a reason."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from core.outbox import Later
from personalization.hub import HubUnavailable, get_hub
from personalization.models import RenderJob, RenderProject
from personalization.rendering import services
from personalization.rendering.services import creation, pauses, states, sweep
from personalization.rendering.services.leases import RENDERS
from tests.factories.personalization import (
    make_rendering_project,
)

pytestmark = pytest.mark.django_db

Status = RenderProject.Status


def make_due(project):
    RenderJob.objects.filter(pk=project.pk).update(due_at=timezone.now())


@pytest.fixture
def always_asked(settings):
    """The Hub is asked again however often it has failed: no breaker opens."""
    settings.CCHUB = {**settings.CCHUB, "BREAKER_FAILURES": 1000}


def test_the_hub_down_and_up_again(hub, project, finished, always_asked):
    for attempt in range(1, 13):
        hub.fail("projects", "status", status=503, times=3)
        make_due(project)
        services.advance(project.pk)
        hub.clear()
        project.refresh_from_db()
        assert (project.status, project.job.attempts) == (Status.CREATING, attempt)
    assert project.reason
    assert finished == []

    make_due(project)
    services.advance(project.pk)
    project.refresh_from_db()
    assert (project.status, project.reason, project.job.attempts) == (Status.RENDERING, "", 0)
    assert hub.created_count(project.order_id, project.line_id) == 1


def test_the_hub_down_while_it_renders_never_fails_the_project(hub, project, always_asked):
    services.advance(project.pk)
    for _ in range(10):
        hub.fail("projects", "status", status=500, times=3)
        services.advance(project.pk)
        hub.clear()
    project.refresh_from_db()
    assert (project.status, project.job.attempts) == (Status.RENDERING, 10)


def test_the_pause_the_hub_asks_for_is_kept(hub, project):
    hub.fail("projects.list", "status", status=429, retry_after=900, times=3)
    services.advance(project.pk)
    project.refresh_from_db()
    assert project.job.due_at > timezone.now() + timedelta(seconds=880)


def test_no_hub_can_make_the_shop_wait_for_days(hub, project):
    hub.fail("projects.list", "status", status=429, retry_after=10**6, times=3)
    services.advance(project.pk)
    assert RenderJob.objects.get().due_at <= timezone.now() + timedelta(hours=1)


@pytest.fixture
def meanwhile(monkeypatch):
    """Lets something happen while a worker asks the Hub for results, which is then away."""

    def happens(event):
        def ask(self, project_id):
            event()
            raise HubUnavailable("answered 503")

        monkeypatch.setattr(type(get_hub()), "processing_results", ask)

    return happens


def test_a_project_that_is_woken_while_a_worker_is_at_it_stays_due(sandbox, meanwhile):
    project = make_rendering_project()
    meanwhile(lambda: RENDERS.wake(project.pk))
    assert services.advance(project.pk) is False
    job = RENDERS.due().get()
    assert (job.lease, job.project.reason) == (None, "answered 503")


def test_a_project_that_is_woken_after_an_early_look_began_stays_due(sandbox, meanwhile):
    project = make_rendering_project()
    RenderJob.objects.update(due_at=timezone.now() + timedelta(minutes=10))
    meanwhile(lambda: RENDERS.wake(project.pk))
    services.advance(project.pk)
    assert RENDERS.due().exists()


def test_a_project_that_the_sweep_sees_ended_while_a_worker_is_at_it_stays_due(sandbox, meanwhile):
    project = make_rendering_project()
    ended = SimpleNamespace(id=project.hub_project_id, processing_status="Completed")
    meanwhile(lambda: sweep._take_in([ended]))
    services.advance(project.pk)
    assert RENDERS.due().exists()


def test_a_project_of_a_worker_that_is_killed_at_an_early_look_is_due_at_once(sandbox):
    project = make_rendering_project()
    RenderJob.objects.update(due_at=timezone.now() + timedelta(minutes=10))
    assert RENDERS.claim(project.pk)
    RenderJob.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert RENDERS.due().exists()


def test_a_second_look_keeps_its_pause_although_its_worker_is_killed_right_after_the_first(sandbox, project):
    states.move(project.pk, Status.CREATING, lease=None, creation_sent_at=timezone.now())
    project.refresh_from_db()
    with pytest.raises(Later):
        creation.create(project, None)
    assert project.creation_sent_at and not RENDERS.due().exists()


@pytest.mark.parametrize("age, pause", [(1, 30), (60, 30), (400, 100), (100_000, 900)])
def test_the_older_a_project_the_rarer_it_is_looked_at(age, pause):
    submitted_at = timezone.now() - timedelta(seconds=age)
    assert pauses.before_next_look(submitted_at).total_seconds() == pytest.approx(pause, abs=1)


@pytest.mark.parametrize("status", [400, 404, 409, 422])
def test_a_refused_creation_fails_with_a_reason_for_staff(hub, project, finished, status):
    hub.fail("projects.create", "status", status=status, times=2)
    services.advance(project.pk)
    project.refresh_from_db()
    assert project.status == Status.FAILED
    assert project.reason
    assert finished == [(project.pk, "failed", True)]
    assert hub.projects() == []


def test_a_failed_rendering_shows_staff_what_the_hub_says(hub, project, finished):
    hub.trouble("fail")
    services.advance(project.pk)
    hub.complete_all()
    services.advance(project.pk)
    project.refresh_from_db()
    assert project.status == Status.FAILED
    assert project.reason.startswith("Task 'render")
    assert [status for _, status, _ in finished] == ["failed"]


def test_a_project_completed_without_files_fails(hub, project):
    hub.trouble("no-files")
    services.advance(project.pk)
    hub.complete_all()
    services.advance(project.pk)
    project.refresh_from_db()
    assert project.status == Status.FAILED
    assert "without any files" in project.reason


def test_a_project_deleted_in_the_hub_fails_with_a_clear_reason(sandbox):
    project = make_rendering_project(hub_project_id=999_999)
    services.advance(project.pk)
    project.refresh_from_db()
    assert project.status == Status.FAILED
    assert "no longer exists" in project.reason


def test_a_newborn_project_that_the_hub_does_not_show_yet_is_waited_for(sandbox):
    project = make_rendering_project(hub_project_id=999_999, submitted_at=timezone.now())
    services.advance(project.pk)
    project.refresh_from_db()
    assert (project.status, project.job.attempts) == (Status.RENDERING, 1)


def test_a_processing_status_nobody_knows_means_not_yet(hub, project):
    services.advance(project.pk)
    hub.fail("projects.results", "unknown-enum")
    services.advance(project.pk)
    project.refresh_from_db()
    assert (project.status, project.hub_processing_status) == (Status.RENDERING, "Cancelled")
