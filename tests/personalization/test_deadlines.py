"""Print files that take too long are flagged once, and still looked at."""

from datetime import timedelta

import pytest
from django.utils import timezone

from personalization.models import RenderProject
from personalization.rendering import services
from personalization.rendering.selectors import slow_render_projects
from personalization.rendering.services import pauses
from tests.factories.personalization import make_rendering_project

pytestmark = pytest.mark.django_db

Status = RenderProject.Status


def age(project, minutes):
    RenderProject.objects.filter(pk=project.pk).update(opened_at=timezone.now() - timedelta(minutes=minutes))


def told(caplog):
    return [record for record in caplog.records if "take too long" in record.message]


@pytest.mark.parametrize("deadline, minutes, is_late", [(60, 59, False), (60, 61, True), (5, 6, True)])
def test_the_deadline_is_a_setting(hub, project, settings, caplog, deadline, minutes, is_late):
    settings.CCHUB = {**settings.CCHUB, "DEADLINE_MINUTES": deadline}
    services.advance(project.pk)
    age(project, minutes)
    services.sweep_projects()
    assert list(slow_render_projects()) == ([project] if is_late else [])
    assert len(told(caplog)) == is_late


def test_staff_are_told_once(hub, project, caplog):
    hub.trouble("stuck-pending")
    services.advance(project.pk)
    age(project, 61)
    for _ in range(3):
        services.sweep_projects()
    [record] = told(caplog)
    assert record.levelname == "ERROR"
    assert project.line_id in record.message


def test_an_overdue_project_is_still_looked_at_and_becomes_ready(hub, project):
    services.advance(project.pk)
    age(project, 600)
    services.sweep_projects()
    hub.complete_all()
    services.sweep_projects()
    project.refresh_from_db()
    assert project.status == Status.READY
    assert list(slow_render_projects()) == []


def test_looks_at_an_old_project_grow_rarer_up_to_a_quarter_of_an_hour():
    now = timezone.now()
    looks = [
        pauses.before_next_look(now - timedelta(minutes=age)).total_seconds() for age in (1, 10, 30, 600)
    ]
    assert looks == sorted(looks)
    assert looks[0] < looks[1] < looks[2] < looks[3] == 900


def test_a_project_started_anew_gets_its_time_anew(hub, failed):
    age(failed, 600)
    RenderProject.objects.filter(pk=failed.pk).update(overdue_at=timezone.now())
    services.recreate_project(failed, by="system:test")
    failed.refresh_from_db()
    assert failed.overdue_at is None
    assert failed.opened_at > timezone.now() - timedelta(minutes=1)


@pytest.mark.parametrize("status", [Status.READY, Status.FAILED])
def test_what_is_finished_is_not_overdue(sandbox, caplog, status):
    age(make_rendering_project(status=status), 600)
    services.sweep_projects()
    assert told(caplog) == []
