"""A shopper can change their mind before production; staff can cancel until the order is completed."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_q.models import Schedule

from commerce import tasks
from commerce.desk.timeline import order_timeline
from commerce.models import Order, OutgoingEmail
from commerce.schedules import HOLD_SWEEP
from commerce.services.cart import add_plain_item, put_design
from commerce.services.checkout import place_order
from commerce.services.orders import (
    IllegalStatusChange,
    cancel_order,
    complete_when_ready,
    release_all_held,
    release_for_production,
    release_order,
)
from core.schedules.rows import write_rows
from personalization.models import RenderProject
from personalization.rendering.services import states
from tests.factories.commerce import checkout_key_of, make_cart_design, make_order, make_variant

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(db):
    return get_user_model().objects.create_user("grace", first_name="Grace", last_name="Hopper")


def place(owner, *, is_personalized: bool = True) -> Order:
    if is_personalized:
        put_design(owner=owner, design=make_cart_design(owner), quantity=1)
    else:
        make_variant()
        add_plain_item(owner=owner, sku="OW-PENCIL", quantity=1)
    return place_order(owner=owner, email="anna@example.com", checkout_key=checkout_key_of(owner))


@pytest.fixture
def held(owner, settings) -> Order:
    """An order of one design, half an hour before its production."""
    settings.PRODUCTION_HOLD_MINUTES = 30
    return place(owner)


@pytest.fixture
def processing(owner) -> Order:
    return place(owner)


def moves_of(order) -> list[tuple]:
    return list(order.events.values_list("actor", "from_status", "to_status"))


def kinds_of(order) -> list[str]:
    return [email.kind for email in order.emails.all()]


def cancel_page(order, method="get"):
    return getattr(Client(), method)(reverse("order_cancel", args=[order.code, order.secret]))


def test_without_a_hold_production_begins_at_once(processing):
    assert (processing.status, processing.held_until) == ("processing", None)
    assert RenderProject.objects.filter(order_id=processing.code).count() == 1


def test_a_held_order_waits_without_render_projects(held):
    assert held.status == "on_hold"
    assert abs(held.held_until - timezone.now() - timedelta(minutes=30)) < timedelta(seconds=10)
    assert kinds_of(held) == ["confirmation"]

    tasks.release_held_orders()

    held.refresh_from_db()
    assert held.status == "on_hold"
    assert not RenderProject.objects.exists()


def test_a_hold_that_is_over_is_ended_by_the_sweep(held):
    Order.objects.update(held_until=timezone.now())

    tasks.release_held_orders()
    tasks.release_held_orders()

    held.refresh_from_db()
    assert (held.status, held.held_until) == ("processing", None)
    assert RenderProject.objects.filter(order_id=held.code).count() == 1
    assert moves_of(held) == [("system:hold", "on_hold", "processing")]


def test_a_held_order_without_designs_is_completed_at_its_release(owner, settings, staff):
    settings.PRODUCTION_HOLD_MINUTES = 30
    order = release_order(place(owner, is_personalized=False), by=staff)

    assert order.status == "completed"
    actor = f"user:{staff.pk}"
    assert moves_of(order) == [(actor, "on_hold", "processing"), (actor, "processing", "completed")]


def test_only_a_held_order_can_be_released(processing, staff):
    with pytest.raises(IllegalStatusChange):
        release_order(processing, by=staff)

    assert moves_of(processing) == []


def test_all_held_orders_are_released_at_once(held, staff):
    other = make_order(status="on_hold")
    cancelled = make_order(status="cancelled")

    assert release_all_held(by=staff) == 2

    assert set(Order.objects.values_list("code", "status")) == {
        (held.code, "processing"),
        (other.code, "completed"),
        (cancelled.code, "cancelled"),
    }


def test_a_cancelled_order_is_never_produced(held):
    cancel_order(order=held, by="shopper", reason="")

    with pytest.raises(IllegalStatusChange):
        release_for_production(held)

    assert not RenderProject.objects.exists()


@pytest.mark.parametrize("status", Order.Status)
@pytest.mark.parametrize(
    "by, allowed", [("shopper", {"on_hold"}), ("system:test", {"on_hold", "processing"})]
)
def test_who_may_cancel_when(status, by, allowed):
    order = make_order(status=status)

    if status in allowed:
        assert cancel_order(order=order, by=by, reason="Wrong paper").status == "cancelled"
        assert order.events.get().reason == "Wrong paper"
        assert kinds_of(order) == ["cancelled"]
    else:
        with pytest.raises(IllegalStatusChange):
            cancel_order(order=order, by=by, reason="Wrong paper")
        order.refresh_from_db()
        assert order.status == status
        assert kinds_of(order) == []


def test_render_projects_are_cancelled_with_their_order(processing, staff):
    cancel_order(order=processing, by=staff, reason="Paid by nobody")

    project = RenderProject.objects.get()
    assert project.status == "cancelled"
    assert (project.events.get().actor, project.events.get().reason) == (f"user:{staff.pk}", "Paid by nobody")


def test_a_project_that_ends_late_does_not_complete_a_cancelled_order(processing, staff):
    RenderProject.objects.update(status="fetching", hub_project_id=7)
    cancel_order(order=processing, by=staff, reason="")

    with pytest.raises(states.IllegalMove):
        states.move(RenderProject.objects.get().pk, "ready", lease=None)
    RenderProject.objects.update(status="ready")
    complete_when_ready(processing.code)

    processing.refresh_from_db()
    assert processing.status == "cancelled"
    assert "ready" not in kinds_of(processing)


def test_files_of_a_cancelled_order_are_not_handed_out(processing, staff):
    RenderProject.objects.update(status="ready", hub_project_id=7)
    cancel_order(order=processing, by=staff, reason="")

    html = Client().get(processing.get_absolute_url()).content.decode()

    assert RenderProject.objects.get().status == "cancelled"
    assert ">Download" not in html


def test_the_order_page_says_when_production_begins_and_offers_to_cancel(held):
    Order.objects.update(held_until=timezone.now().replace(hour=14, minute=30))

    html = Client().get(held.get_absolute_url()).content.decode()

    assert "We begin with your order at 2:30 p.m." in html
    assert reverse("order_cancel", args=[held.code, held.secret]) in html
    assert "data-status-url" in html


@pytest.mark.parametrize("status", ["processing", "completed", "cancelled"])
def test_the_order_page_offers_to_cancel_only_during_the_hold(status):
    order = make_order(status=status)

    assert "/cancel/" not in Client().get(order.get_absolute_url()).content.decode()


def test_an_open_order_page_hears_that_the_hold_is_over(held, staff):
    url = reverse("order_status", args=[held.code, held.secret])
    before = Client().get(url).json()
    assert (before["status"], before["isFinal"]) == ("On hold", False)
    assert "/cancel/" in before["note"]

    release_order(held, by=staff)
    after = Client().get(url).json()
    assert (after["status"], after["isFinal"], after["note"].strip()) == ("Processing", False, "")


def test_a_cancelled_order_page_is_final(held):
    cancel_order(order=held, by="shopper", reason="")

    html = Client().get(held.get_absolute_url()).content.decode()

    assert "This order is cancelled." in html
    assert "data-status-url" not in html


def test_the_shopper_is_asked_before_the_order_is_cancelled(held):
    html = cancel_page(held).content.decode()

    assert f"Cancel order {held.code}?" in html
    held.refresh_from_db()
    assert held.status == "on_hold"


def test_the_shopper_cancels_with_the_secret_link(held, django_capture_on_commit_callbacks, mailoutbox):
    with django_capture_on_commit_callbacks(execute=True):
        answer = cancel_page(held, "post")

    assert (answer.status_code, answer.url) == (302, held.get_absolute_url())
    assert moves_of(held) == [("shopper", "on_hold", "cancelled")]
    assert [message.subject for message in mailoutbox] == [f"Your order {held.code} is cancelled"]


def test_cancelling_needs_the_secret(held):
    answer = Client().post(reverse("order_cancel", args=[held.code, "x" * 32]))

    assert answer.status_code == 404
    held.refresh_from_db()
    assert held.status == "on_hold"


def test_after_the_hold_the_shopper_is_told_that_it_is_too_late(processing):
    assert "can no longer be cancelled" in cancel_page(processing).content.decode()

    answer = cancel_page(processing, "post")

    assert answer.status_code == 409
    processing.refresh_from_db()
    assert processing.status == "processing"
    assert not OutgoingEmail.objects.filter(kind="cancelled").exists()


def test_the_timeline_tells_who_did_what_in_order(held, staff):
    release_order(held, by=staff)
    project = RenderProject.objects.get()
    states.move(project.pk, "creating", lease=None)
    states.move(project.pk, "failed", lease=None, reason="Font missing")
    cancel_order(order=held, by=staff, reason="The customer rang.")

    told = [
        (entry.who, entry.line, entry.status_before, entry.status, entry.reason)
        for entry in order_timeline(held)
    ]

    line = f"{held.code}-1"
    assert told == [
        ("Shopper", "", "", "On hold", ""),
        ("Grace Hopper", "", "On hold", "Processing", ""),
        ("Worker", line, "Waiting", "Creating", ""),
        ("Worker", line, "Creating", "Failed", "Font missing"),
        ("Grace Hopper", "", "Processing", "Cancelled", "The customer rang."),
        ("Grace Hopper", line, "Failed", "Cancelled", "The customer rang."),
    ]


def test_the_timeline_survives_the_user_who_made_it(held, staff, django_assert_num_queries):
    release_order(held, by=staff)
    actor = f"user:{staff.pk}"
    staff.delete()

    with django_assert_num_queries(5):
        [_placed, released] = order_timeline(held)

    assert released.who == actor


def test_holds_are_ended_by_a_schedule():
    write_rows(using="default")

    schedule = Schedule.objects.get(name=HOLD_SWEEP)
    assert (schedule.func, schedule.minutes) == ("commerce.tasks.release_held_orders", 1)
