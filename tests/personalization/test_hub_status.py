"""The Hub's own staff see how a project stands, whatever happens on the way."""

from datetime import timedelta

import pytest
from django.utils import timezone

from personalization.models import RenderProject, StatusJob
from personalization.rendering import services
from personalization.rendering.services import creation, hub_status, is_status_owed, states
from tests.factories.personalization import make_render_project, make_rendering_project

pytestmark = pytest.mark.django_db

Status = RenderProject.Status
NEW, ACTIVE, COMPLETED, CANCELLED = 1, 3, 4, 5


def status_in_hub(hub) -> int:
    [project] = hub.projects()
    return project["status"]


def tell(project) -> RenderProject:
    services.tell_hub(project.pk)
    project.refresh_from_db()
    return project


def cancel(project) -> None:
    services.cancel_projects(project.order_id, by="system:test", why="")
    project.refresh_from_db()


@pytest.fixture
def rendering_project(hub, project):
    services.advance(project.pk)
    project.refresh_from_db()
    return project


def test_a_project_is_told_active_completed_and_cancelled(hub, rendering_project):
    assert (status_in_hub(hub), rendering_project.told_status) == (NEW, "")

    assert tell(rendering_project).told_status == "active"
    assert status_in_hub(hub) == ACTIVE

    hub.complete_all()
    services.advance(rendering_project.pk)
    assert tell(rendering_project).told_status == "completed"
    assert status_in_hub(hub) == COMPLETED

    cancel(rendering_project)
    assert tell(rendering_project).told_status == "cancelled"
    assert status_in_hub(hub) == CANCELLED
    assert not is_status_owed(rendering_project)


def test_a_hub_that_starts_on_the_status_active_renders(hub, project):
    hub.switches.trigger_status = ACTIVE
    services.advance(project.pk)
    hub.complete_all()
    services.advance(project.pk)
    project.refresh_from_db()
    assert (project.status, project.hub_processing_status) == (Status.RENDERING, "Pending")

    tell(project)
    hub.complete_all()
    services.advance(project.pk)

    project.refresh_from_db()
    assert project.status == Status.READY


def test_the_teller_is_woken_after_the_commit(hub, project, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        services.advance(project.pk)

    project.refresh_from_db()
    assert (project.told_status, is_status_owed(project)) == ("active", False)


def test_the_hub_is_told_once(hub, rendering_project):
    tell(rendering_project)
    tell(rendering_project)
    states.move(rendering_project.pk, Status.FETCHING, lease=None)
    tell(rendering_project)

    assert len(hub.calls_to("projects.force-status")) == 1


def test_trouble_with_telling_holds_nothing_up_and_is_repeated(hub, rendering_project):
    hub.fail("projects.force-status", "status", status=503, times=3)
    before = timezone.now()
    tell(rendering_project)
    assert (rendering_project.told_status, rendering_project.status_job.attempts) == ("", 1)
    assert rendering_project.status_job.due_at > before + timedelta(seconds=7)

    hub.complete_all()
    services.advance(rendering_project.pk)
    rendering_project.refresh_from_db()
    assert rendering_project.status == Status.READY

    hub.clear()
    services.sweep_projects()
    rendering_project.refresh_from_db()
    assert (rendering_project.told_status, is_status_owed(rendering_project)) == ("completed", False)
    assert status_in_hub(hub) == COMPLETED


def test_a_status_that_the_hub_does_not_have_is_given_up(hub, rendering_project, settings, caplog):
    settings.CCHUB = {**settings.CCHUB, "STATUS_CODES": {"active": 77}}
    for _attempt in range(hub_status.MOST_REFUSALS + 2):
        StatusJob.objects.update(due_at=timezone.now())
        tell(rendering_project)

    assert len(hub.calls_to("projects.force-status")) == hub_status.MOST_REFUSALS
    assert (rendering_project.status, is_status_owed(rendering_project)) == (Status.RENDERING, False)
    assert "the last one" in caplog.text


def test_without_codes_the_hub_is_told_nothing(hub, project, settings):
    settings.CCHUB = {**settings.CCHUB, "STATUS_CODES": {}}
    services.advance(project.pk)
    tell(project)
    cancel(project)
    tell(project)

    assert hub.calls_to("projects.force-status") == []
    assert (project.told_status, is_status_owed(project)) == ("", False)


def test_two_tellers_do_not_tell_at_the_same_time(hub, rendering_project):
    StatusJob.objects.update(leased_until=timezone.now() + timedelta(seconds=30))
    tell(rendering_project)
    assert hub.calls_to("projects.force-status") == []

    StatusJob.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert tell(rendering_project).told_status == "active"


def test_a_move_while_the_hub_is_being_told_is_told_next(hub, rendering_project, monkeypatch):
    real = hub_status._force

    def force(hub_project_id, code, **options):
        if code == ACTIVE:
            states.move(rendering_project.pk, Status.CANCELLED, lease=None)
        real(hub_project_id, code, **options)

    monkeypatch.setattr(hub_status, "_force", force)

    assert tell(rendering_project).told_status == "cancelled"
    assert status_in_hub(hub) == CANCELLED


def test_a_waiting_project_is_cancelled_without_asking_the_hub(hub, project):
    cancel(project)
    tell(project)

    assert hub.calls == []
    assert (project.status, is_status_owed(project)) == (Status.CANCELLED, False)
    assert services.advance(project.pk) is False


def test_a_project_that_was_just_being_created_is_cancelled_in_the_hub_too(hub, project, monkeypatch):
    """The order is cancelled while the call that creates the project is on its way."""
    real = creation._create

    def create(*arguments):
        created = real(*arguments)
        cancel(project)
        return created

    monkeypatch.setattr(creation, "_create", create)
    assert services.advance(project.pk) is False
    assert (project.status, project.hub_project_id) == (Status.CANCELLED, None)
    assert project.status_job.due_at > timezone.now() + timedelta(seconds=140)

    StatusJob.objects.update(due_at=timezone.now())
    assert tell(project).told_status == "cancelled"
    assert status_in_hub(hub) == CANCELLED


def test_a_project_that_never_came_to_be_is_looked_for_once(hub, project):
    states.move(project.pk, Status.CREATING, lease=None)
    cancel(project)
    StatusJob.objects.update(due_at=timezone.now())

    assert not is_status_owed(tell(project))
    assert hub.projects() == []


def test_every_project_of_a_cancelled_line_is_cancelled(hub, rendering_project):
    hub.trouble("fail")
    hub.complete_all()
    states.move(rendering_project.pk, Status.FAILED, lease=None)
    services.recreate_project(rendering_project, by="system:test")
    services.advance(rendering_project.pk)
    cancel(rendering_project)
    tell(rendering_project)

    assert [project["status"] for project in hub.projects()] == [CANCELLED, CANCELLED]


def test_a_recreated_project_is_told_anew(hub, rendering_project):
    tell(rendering_project)
    states.move(rendering_project.pk, Status.FAILED, lease=None)
    services.recreate_project(rendering_project, by="system:test")
    rendering_project.refresh_from_db()
    assert (rendering_project.told_status, is_status_owed(rendering_project)) == ("", False)

    services.advance(rendering_project.pk)
    assert tell(rendering_project).told_status == "active"


def test_a_project_deleted_in_the_hub_can_be_cancelled(hub):
    project = make_rendering_project(hub_project_id=123456)
    cancel(project)

    assert tell(project).told_status == "cancelled"
    assert not is_status_owed(project)


def test_a_worker_loses_its_lease_to_the_cancellation(hub):
    project = make_render_project()
    lease = services.leases.RENDERS.claim(project.pk).lease
    cancel(project)

    with pytest.raises(services.LeaseLost):
        states.move(project.pk, Status.CREATING, lease=lease)
    assert project.status == Status.CANCELLED
