"""What staff can do about a failed render project."""

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from personalization.hub import get_hub
from personalization.models import PrintFile, RenderProject
from personalization.rendering import services
from personalization.rendering.services.new_project import new_project

pytestmark = pytest.mark.django_db

Status = RenderProject.Status


@pytest.mark.parametrize("repair", [services.restart_processing, services.resume_processing])
def test_a_failed_project_is_processed_again_and_becomes_ready(hub, failed, repair):
    hub.switches.restart_heals = True
    again = repair(failed, by="system:test")
    assert (again.status, again.reason, again.finished_at) == (Status.RENDERING, "", None)
    assert again.job.due_at > timezone.now()
    hub.complete_all()
    services.advance(failed.pk)
    failed.refresh_from_db()
    assert failed.status == Status.READY
    assert hub.created_count(failed.order_id, failed.line_id) == 1


def test_a_recreated_project_does_not_adopt_the_failed_one(hub, failed):
    first = failed.hub_project_id
    services.recreate_project(failed, by="system:test")
    services.advance(failed.pk)
    failed.refresh_from_db()
    assert failed.status == Status.RENDERING
    assert failed.hub_project_id != first
    assert failed.abandoned_hub_projects == [first]
    hub.complete_all()
    services.advance(failed.pk)
    failed.refresh_from_db()
    assert failed.status == Status.READY


@pytest.mark.parametrize("repair", [services.restart_processing, services.recreate_project])
def test_a_project_that_has_not_failed_is_not_repaired(hub, project, repair):
    with pytest.raises(services.RepairNotPossible):
        repair(project, by="system:test")
    project.refresh_from_db()
    assert project.status == Status.WAITING
    assert hub.calls == []


def test_the_hubs_refusal_to_restart_is_told_to_staff(hub, failed):
    hub.fail("projects.restart", "status", status=409)
    with pytest.raises(services.RepairNotPossible) as refusal:
        services.restart_processing(failed, by="system:test")
    assert "Armed in the sandbox" in refusal.value.message
    failed.refresh_from_db()
    assert failed.status == Status.FAILED


def test_files_of_an_attempt_that_failed_are_not_mixed_with_the_next(
    failed, django_capture_on_commit_callbacks
):
    kept = PrintFile(project=failed, artifact_id="old", name="old.pdf", size=3)
    kept.file.save("old.pdf", ContentFile(b"old"))
    with django_capture_on_commit_callbacks() as callbacks:
        services.recreate_project(failed, by="system:test")
    assert failed.files.count() == 0
    callbacks[0]()
    assert not kept.file.storage.exists(kept.file.name)


def test_a_recreated_line_does_not_adopt_the_second_project_of_its_first_attempt(hub, failed):
    second = get_hub().create_project(new_project(failed, owner_id=failed.design.owner.hub_id))
    RenderProject.objects.filter(pk=failed.pk).update(surplus_hub_projects=[second.id])
    failed.refresh_from_db()
    first = failed.hub_project_id

    services.recreate_project(failed, by="system:test")
    services.advance(failed.pk)

    failed.refresh_from_db()
    assert failed.hub_project_id not in (None, first, second.id)
    assert failed.surplus_hub_projects == []
