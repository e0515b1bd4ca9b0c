"""The same wish at the same moment, on PostgreSQL and on a SQLite file: the rules hold all the same."""

import threading
import uuid
from contextlib import suppress
from decimal import Decimal

import pytest
from django.db import connection, transaction

from commerce.models import Order, OutgoingEmail, Reorder
from commerce.selectors.cart import cart_contents
from commerce.services.cart import add_plain_item, set_quantity
from commerce.services.checkout import CartChanged, CartEmpty, place_order
from commerce.services.orders import (
    IllegalStatusChange,
    cancel_order,
    release_for_production,
    release_order,
)
from commerce.services.reordering import order_again
from personalization.models import RenderProject, StorefrontUser
from personalization.rendering.services import states
from personalization.signals import render_project_finished
from tests.commerce.parallel import run_parallel
from tests.factories.commerce import checkout_key_of, make_cart_design, make_order, make_variant

pytestmark = pytest.mark.django_db(transaction=True)

TIMES = 8


@pytest.fixture
def owner(transactional_db):
    return StorefrontUser.objects.create()


def test_a_checkout_sent_many_times_at_once_is_one_order(owner, tmp_path, mailoutbox):
    make_variant("OW-PENCIL", price="4.00")
    add_plain_item(owner=owner, sku="OW-PENCIL", quantity=3)
    key, shown = checkout_key_of(owner), cart_contents(owner).fingerprint

    def send(number):
        return place_order(owner=owner, email="anna@example.com", checkout_key=key, shown=shown).pk

    answers = run_parallel(send, times=TIMES, folder=tmp_path)

    [order] = Order.objects.all()
    assert answers == [order.pk] * TIMES
    assert (order.items.count(), order.total) == (1, Decimal("12.00"))
    assert OutgoingEmail.objects.count() == 1
    assert len(mailoutbox) == 1
    assert cart_contents(owner).lines == []


def test_an_order_put_into_the_cart_again_many_times_at_once_counts_once(owner, tmp_path):
    make_variant("OW-PENCIL", price="4.00")
    add_plain_item(owner=owner, sku="OW-PENCIL", quantity=3)
    order = place_order(owner=owner, email="anna@example.com", checkout_key=checkout_key_of(owner))
    key = uuid.uuid4()

    answers = run_parallel(
        lambda number: order_again(order=order, shopper=owner, key=key), times=TIMES, folder=tmp_path
    )

    assert answers == [[("taken", "Now in your cart: 3 × Product OW-PENCIL.")]] * TIMES
    assert [line.quantity for line in cart_contents(owner).lines] == [3]
    assert Reorder.objects.count() == 1


def test_the_first_things_in_a_cart_at_once_make_one_cart(owner, tmp_path):
    make_variant("OW-PENCIL", price="4.00")

    run_parallel(
        lambda number: add_plain_item(owner=owner, sku="OW-PENCIL", quantity=1).pk,
        times=TIMES,
        folder=tmp_path,
    )

    assert [(line.sku, line.quantity) for line in cart_contents(owner).lines] == [("OW-PENCIL", TIMES)]


def test_a_quantity_changed_during_checkout_is_ordered_or_asked_for_never_mixed(owner, tmp_path):
    make_variant("OW-PENCIL", price="4.00")
    item = add_plain_item(owner=owner, sku="OW-PENCIL", quantity=1)
    key, shown = checkout_key_of(owner), cart_contents(owner).fingerprint

    def change_or_send(number):
        with suppress(CartChanged, CartEmpty, type(item).DoesNotExist):
            if number % 2:
                set_quantity(owner=owner, item_id=item.pk, quantity=9)
            else:
                place_order(owner=owner, email="anna@example.com", checkout_key=key, shown=shown)

    run_parallel(change_or_send, times=TIMES, folder=tmp_path)

    ordered = [(order.total, order.items.get().quantity) for order in Order.objects.all()]
    in_cart = [line.quantity for line in cart_contents(owner).lines]
    assert (ordered, in_cart) in [([(Decimal("4.00"), 1)], []), ([], [9])]


def test_projects_that_finish_together_complete_their_order_once(owner, tmp_path):
    order = make_order(owner=owner, designs=[make_cart_design(owner), make_cart_design(owner)])
    release_for_production(order)
    projects = list(RenderProject.objects.filter(order_id=order.code))
    both_saved = threading.Barrier(2)

    def finish(number):
        project = projects[number]
        with transaction.atomic():
            project.status, project.hub_project_id = RenderProject.Status.READY, 500 + number
            project.save()
            # PostgreSQL has both transactions open here; SQLite lets one writer in at a time.
            with suppress(threading.BrokenBarrierError):
                both_saved.wait(timeout=1)
            render_project_finished.send(sender=RenderProject, project=project)

    run_parallel(finish, times=2, folder=tmp_path)

    order.refresh_from_db()
    assert order.status == Order.Status.COMPLETED
    assert [email.kind for email in OutgoingEmail.objects.all()] == ["ready"]
    assert both_saved.broken == (connection.vendor == "sqlite")


def test_a_cancellation_and_a_last_print_file_at_once_end_in_one_of_the_two(owner, tmp_path):
    for round_ in range(4):
        order = make_order(owner=owner, designs=[make_cart_design(owner)])
        release_for_production(order)
        RenderProject.objects.filter(order_id=order.code).update(status="fetching", hub_project_id=round_ + 1)
        project = RenderProject.objects.get(order_id=order.code)

        def act(number, order=order, project=project):
            if number:
                with suppress(IllegalStatusChange):
                    cancel_order(order=order, by="system:test", reason="")
            else:
                with suppress(states.IllegalMove):
                    states.move(project.pk, "ready", lease=None)

        run_parallel(act, times=2, folder=tmp_path)

        order.refresh_from_db()
        project.refresh_from_db()
        assert (order.status, project.status) in {("completed", "ready"), ("cancelled", "cancelled")}
        told = {"completed": "ready"}.get(order.status, order.status)
        assert [email.kind for email in order.emails.all()] == [told]


def test_a_held_order_cancelled_and_released_at_once_is_produced_or_not(owner, tmp_path):
    for _round in range(4):
        order = make_order(owner=owner, designs=[make_cart_design(owner)], status="on_hold")

        def act(number, order=order):
            with suppress(IllegalStatusChange):
                if number:
                    cancel_order(order=order, by="shopper", reason="")
                else:
                    release_order(order, by="system:test")

        run_parallel(act, times=2, folder=tmp_path)

        order.refresh_from_db()
        projects = RenderProject.objects.filter(order_id=order.code).count()
        assert (order.status, projects) in {("processing", 1), ("cancelled", 0)}
