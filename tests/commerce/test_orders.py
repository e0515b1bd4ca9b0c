"""An order changes its status in one place, and is completed by its last print file."""

import itertools

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from commerce.models import Order, OutgoingEmail
from commerce.services.orders import (
    IllegalStatusChange,
    change_status,
    complete_when_ready,
    release_for_production,
)
from personalization.models import RenderProject
from personalization.signals import render_project_finished
from tests.factories.commerce import make_cart_design, make_order
from tests.factories.personalization import make_render_project

pytestmark = pytest.mark.django_db

PROCESSING, COMPLETED, ON_HOLD = Order.Status.PROCESSING, Order.Status.COMPLETED, Order.Status.ON_HOLD
READY, FAILED = RenderProject.Status.READY, RenderProject.Status.FAILED


@pytest.fixture
def order(owner):
    """An order of two designs in production."""
    order = make_order(owner=owner, designs=[make_cart_design(owner), make_cart_design(owner)])
    release_for_production(order)
    return order


def finish(project: RenderProject, status=READY) -> None:
    """As personalization does it: the new status and the signal in one transaction."""
    with transaction.atomic():
        project.status = status
        project.hub_project_id = 1_000 + project.pk
        project.save()
        render_project_finished.send(sender=RenderProject, project=project)


def projects_of(order) -> list[RenderProject]:
    return list(RenderProject.objects.filter(order_id=order.code))


LEGAL = {
    ("on_hold", "processing"),
    ("on_hold", "cancelled"),
    ("processing", "completed"),
    ("processing", "cancelled"),
}


@pytest.mark.parametrize("before, after", [*itertools.product(Order.Status, repeat=2)])
def test_only_changes_of_the_table_are_made_and_each_is_noted(before, after):
    order = make_order(status=before)
    is_legal = (before, after) in LEGAL

    if is_legal:
        change_status(order, after, by="system:test", why="because")
    else:
        with pytest.raises(IllegalStatusChange):
            change_status(order, after, by="system:test")

    order.refresh_from_db()
    assert order.status == (after if is_legal else before)
    assert (order.completed_at is not None) == (order.status == COMPLETED)
    assert (order.held_until is not None) == (order.status == ON_HOLD)
    noted = list(order.events.values_list("actor", "from_status", "to_status", "reason"))
    assert noted == ([("system:test", before, after, "because")] if is_legal else [])


def test_the_database_refuses_an_order_on_hold_without_an_end():
    order = make_order()

    with pytest.raises(IntegrityError), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(status=ON_HOLD)


def test_the_database_refuses_a_completed_order_without_its_time():
    order = make_order()

    with pytest.raises(IntegrityError), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(status=COMPLETED)


def test_the_last_ready_project_completes_the_order(order):
    first, last = projects_of(order)

    finish(first)
    order.refresh_from_db()
    assert order.status == PROCESSING
    assert not OutgoingEmail.objects.exists()

    finish(last)
    order.refresh_from_db()
    assert order.status == COMPLETED
    assert [email.kind for email in order.emails.all()] == ["ready"]


def test_a_failed_project_leaves_the_order_processing(order):
    first, last = projects_of(order)

    finish(first, FAILED)
    finish(last)

    order.refresh_from_db()
    assert order.status == PROCESSING
    assert not OutgoingEmail.objects.exists()


def test_a_failed_project_that_recovers_completes_the_order(order):
    first, last = projects_of(order)
    finish(first, FAILED)
    finish(last)

    finish(first)

    order.refresh_from_db()
    assert order.status == COMPLETED


def test_a_project_announced_twice_completes_once(order, django_capture_on_commit_callbacks, mailoutbox):
    first, last = projects_of(order)
    finish(first)

    with django_capture_on_commit_callbacks(execute=True):
        finish(last)
        finish(last)

    assert len(mailoutbox) == 1
    assert OutgoingEmail.objects.filter(kind="ready").count() == 1


def test_status_and_project_become_true_together(order):
    first, last = projects_of(order)
    finish(first)

    with pytest.raises(ValidationError), transaction.atomic():
        finish(last)
        raise ValidationError("the transaction of the project fails after all")

    order.refresh_from_db()
    assert order.status == PROCESSING


def test_a_project_of_no_order_is_ignored(order):
    finish(make_render_project())
    complete_when_ready("NOSUCH")

    order.refresh_from_db()
    assert order.status == PROCESSING


def test_another_orders_projects_do_not_count(order, owner):
    other = make_order(owner=owner, designs=[make_cart_design(owner)])
    release_for_production(other)

    for project in projects_of(order):
        finish(project)

    other.refresh_from_db()
    assert other.status == PROCESSING


def test_released_again_an_order_gets_only_what_is_missing(order):
    release_for_production(order)
    assert len(projects_of(order)) == 2

    item = order.items.first()
    project, item.render_project = item.render_project, None
    item.save()
    project.delete()
    release_for_production(order)

    assert len(projects_of(order)) == 2
    assert not order.items.filter(render_project=None).exists()


def test_an_order_whose_item_was_never_released_is_not_completed(order):
    item = order.items.last()
    project, item.render_project = item.render_project, None
    item.save()
    project.delete()

    finish(projects_of(order)[0])

    order.refresh_from_db()
    assert order.status == PROCESSING
