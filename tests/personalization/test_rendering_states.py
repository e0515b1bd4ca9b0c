"""Only the moves of the table are made, and only under the lease."""

import uuid

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from personalization.models import RenderProject
from personalization.rendering.services import states
from personalization.signals import render_project_finished
from tests.factories.personalization import (
    make_render_project,
    make_rendering_project,
)

pytestmark = pytest.mark.django_db

Status = RenderProject.Status


@pytest.mark.parametrize("start", Status)
@pytest.mark.parametrize("to", Status)
def test_only_moves_of_the_table_are_made(start, to):
    legal = {
        ("waiting", "creating"),
        ("creating", "rendering"),
        ("creating", "failed"),
        ("rendering", "fetching"),
        ("waiting", "failed"),
        ("rendering", "failed"),
        ("fetching", "ready"),
        ("fetching", "rendering"),
        ("fetching", "failed"),
        ("failed", "waiting"),
        ("failed", "rendering"),
        ("failed", "ready"),
        *((start, "cancelled") for start in Status.values if start != "cancelled"),
    }
    project = make_render_project(status=start, hub_project_id=7)
    if (start, to) in legal:
        assert states.move(project.pk, to, lease=None).status == to
    else:
        with pytest.raises(states.IllegalMove):
            states.move(project.pk, to, lease=None)
    project.refresh_from_db()
    assert project.status == (to if (start, to) in legal else start)
    moves = list(project.events.values_list("from_status", "to_status"))
    assert moves == ([(start, to)] if (start, to) in legal else [])


def test_a_move_tells_the_audit_who_when_and_why():
    staff = get_user_model().objects.create_user("staff")
    project = make_rendering_project()

    states.move(project.pk, Status.FAILED, lease=None, reason="font missing")
    states.move(project.pk, Status.CANCELLED, lease=None, by=staff, why="The customer rang.")

    first, second = project.events.all()
    assert (first.actor, first.from_status, first.to_status) == ("system:worker", "rendering", "failed")
    assert first.reason == "font missing"
    assert (second.actor, second.to_status) == (f"user:{staff.pk}", "cancelled")
    assert second.reason == "The customer rang."
    assert first.at <= second.at <= timezone.now()


def test_a_cancelled_project_is_not_announced_as_finished(finished):
    states.move(make_rendering_project().pk, Status.CANCELLED, lease=None)

    assert finished == []


def test_a_move_under_a_lost_lease_changes_nothing():
    project = make_render_project(lease=uuid.uuid4())
    with pytest.raises(states.LeaseLost):
        states.move(project.pk, Status.CREATING, lease=uuid.uuid4(), reason="mine")
    project.refresh_from_db()
    assert (project.status, project.reason) == (Status.WAITING, "")


def test_a_listener_that_fails_keeps_the_project_unfinished():
    def fail(**kwargs):
        raise RuntimeError

    project = make_rendering_project()
    render_project_finished.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            states.move(project.pk, Status.FAILED, lease=None)
    finally:
        render_project_finished.disconnect(fail)
    project.refresh_from_db()
    assert project.status == Status.RENDERING


def test_texts_of_the_hub_are_made_fit_for_the_database():
    project = make_render_project(status=Status.CREATING)
    states.move(project.pk, Status.FAILED, lease=None, reason="a\x00b" * 1000, hub_processing_status="x" * 99)
    project.refresh_from_db()
    assert project.reason == "ab" * 1000
    assert project.hub_processing_status == "x" * 40
