"""The ready workflow belongs to the roles of the shop: whoever publishes also approves."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowTask

from commerce.desk.roles import ADMINISTRATORS, CATALOGUE_EDITORS, MERCHANDISERS
from tests.commerce.desk import staff_of
from tests.factories.catalog import a_group
from tests.factories.staff import install_roles

pytestmark = pytest.mark.django_db

migration = import_module("commerce.migrations.0009_approval_by_roles")


@pytest.fixture
def task(db) -> GroupApprovalTask:
    """The task of Wagtail's workflow as Wagtail's own migrations make it, and then the shop's."""
    install_roles()
    workflow = Workflow.objects.create(name="Moderators approval (again)")
    task = GroupApprovalTask.objects.create(name="Moderators approval (again)")
    for name in ("Moderators", "Editors"):
        Group.objects.get_or_create(name=name)
    task.groups.set(Group.objects.filter(name="Moderators"))
    WorkflowTask.objects.create(workflow=workflow, task=task)
    return task


def groups_of(task) -> list[str]:
    return sorted(task.groups.values_list("name", flat=True))


def test_the_roles_that_publish_approve_and_wagtails_groups_are_gone(task):
    migration.let_roles_approve(apps)

    assert groups_of(task) == [ADMINISTRATORS, MERCHANDISERS]
    assert not Group.objects.filter(name__in=["Moderators", "Editors"]).exists()


def test_what_a_shop_has_arranged_itself_stays(task):
    own = Group.objects.create(name="Proofreaders")
    task.groups.add(own)
    Group.objects.get(name="Editors").user_set.add(get_user_model().objects.create_user("old"))

    migration.let_roles_approve(apps)

    assert groups_of(task) == ["Proofreaders"]
    assert list(Group.objects.filter(name__in=["Moderators", "Editors"])) == [
        Group.objects.get(name="Editors")
    ]


def test_a_merchandiser_approves_what_an_editor_has_sent(task):
    migration.let_roles_approve(apps)
    group = a_group("OW-A", live=False)
    staff_of(CATALOGUE_EDITORS)
    Workflow.objects.get(name="Moderators approval (again)").start(group, get_user_model().objects.first())
    state = group.current_workflow_task_state

    response = staff_of(MERCHANDISERS).post(
        reverse("wagtailadmin_pages:workflow_action", args=[group.pk, "approve", state.pk]),
        {"comment": "Fine"},
    )

    assert response.status_code == 302
    assert Page.objects.get(pk=group.pk).live
