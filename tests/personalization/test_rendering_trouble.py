"""Trouble with the Hub: what is waited for, and what fails with a reason."""

from datetime import timedelta

import pytest
from django.utils import timezone

from personalization.models import RenderJob, RenderProject
from personalization.rendering import services
from personalization.rendering.services import pauses
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


@pytest.mark.parametrize(
    "attempts, shortest, longest",
    [(1, 10, 12.5), (2, 16, 25), (3, 32, 50), (6, 256, 400), (7, 512, 800), (8, 720, 1125), (50, 720, 1125)],
)
def test_pauses_double_up_to_a_quarter_of_an_hour(attempts, shortest, longest):
    seconds = [pauses.before_retry(attempts).total_seconds() for _ in range(200)]
    assert shortest <= min(seconds) < max(seconds) <= longest


@pytest.mark.parametrize("draw, first, longest", [(0.8, 10, 720), (1.25, 12.5, 1125)])
def test_the_jitter_of_a_pause_has_bounds(monkeypatch, draw, first, longest):
    asked = []
    monkeypatch.setattr(pauses.random, "uniform", lambda low, high: asked.append((low, high)) or draw)
    assert pauses.before_retry(1).total_seconds() == first
    assert pauses.before_retry(10**6).total_seconds() == longest
    assert set(asked) == {(0.8, 1.25)}


def test_no_hub_can_make_the_shop_wait_for_days():
    assert pauses.before_retry(1, retry_after=10**6) == timedelta(hours=1)


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
