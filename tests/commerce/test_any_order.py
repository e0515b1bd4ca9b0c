"""Whatever happens to an order in whatever order, how often and cut off where: it ends in one of two states.

Calls of the Hub, looks, sweeps, kills, failures and repairs lead to a completed order with one project and
one file; with a cancellation that came in time among them, to a cancelled one that nobody prints.
"""

import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from commerce.desk.services import retry
from commerce.doctor import examine
from commerce.models import Order
from commerce.services.cart import put_design
from commerce.services.checkout import place_order
from commerce.services.emails import due_emails, send_email
from commerce.services.orders import IllegalStatusChange, cancel_order
from personalization import tasks
from personalization.hub import Hub
from personalization.models import HubEvent, PrintFile, ProjectSweep, RenderJob, RenderProject, StatusJob
from personalization.rendering import services
from personalization.rendering.services import RepairNotPossible, creation, fetching, hints, is_status_owed
from tests.factories.commerce import checkout_key_of, make_cart_design
from tests.factories.personalization import make_storefront_user

pytestmark = pytest.mark.django_db

REFERENCE = "classic-business-cards"
# The package exports the function under the module's name.
# More of them find more; these are the same in every run.
ORDERS_OF_EVENTS = int(os.environ.get("ORDERS_OF_EVENTS", "25"))


class Killed(BaseException):
    """`kill -9` of the worker; what it holds stays held."""


class Life:
    """An order of one design, and everything that can happen to it."""

    def __init__(self, hub):
        hub.reset()
        hub.set_speed(0)
        self.hub = hub
        owner = make_storefront_user()
        design = make_cart_design(
            owner, product_reference=REFERENCE, state_ids=[hub.add_design(owner.hub_id, REFERENCE)]
        )
        put_design(owner=owner, design=design, quantity=1)
        key = checkout_key_of(owner)
        self.order = place_order(owner=owner, email="anna@example.com", checkout_key=key)
        self.is_cancelled = False

    @property
    def project(self) -> RenderProject:
        return RenderProject.objects.get(order_id=self.order.code)

    def work(self):
        """A worker at the project, as if the pause before it were over."""
        make_due(self.order)
        services.advance(self.project.pk)

    def early_work(self):
        """A wake-up call that comes before anything is due."""
        services.advance(self.project.pk)

    def render(self):
        self.hub.complete_all()

    def fail(self):
        """What the Hub renders next fails."""
        self.hub.trouble("fail")
        self.hub.complete_all()

    def call_back(self):
        self._call_back({"projectId": self.project.hub_project_id or 1, "orderId": self.order.code})

    def call_back_about_nothing(self):
        self._call_back({"projectId": 999_999_999})

    def _call_back(self, body):
        headers = {"X-CCHub-Secret": django_settings.CCHUB["WEBHOOK_SECRET"]}
        answer = Client().post(reverse("webhook"), body, "application/json", headers=headers)
        assert answer.status_code == 202
        for event in HubEvent.objects.filter(processed_at=None):
            tasks.process_hub_event(event.pk)

    def sweep(self):
        make_due(self.order)
        tasks.sweep()

    def tell(self):
        services.tell_hub(self.project.pk)

    def send_emails(self):
        for email in due_emails():
            send_email(email.pk)

    def cancel(self):
        try:
            cancel_order(order=self.order, by="system:test", reason="Second thoughts")
        except IllegalStatusChange:
            return
        self.is_cancelled = True

    def repair(self):
        try:
            retry(self.project, by="system:test")
        except RepairNotPossible:
            return

    def restart(self):
        """Everything is started again after the leases of the killed have run out."""
        for jobs in (RenderJob.objects, StatusJob.objects):
            jobs.filter(project__order_id=self.order.code).update(lease=None, leased_until=None)
        ProjectSweep.objects.update(leased_until=None)
        self.order.emails.filter(sent_at=None).update(lease=None, leased_until=None, due_at=timezone.now())

    def is_at_rest(self) -> bool:
        project = self.project
        is_over = project.status in ("ready", "cancelled") and not is_status_owed(project)
        return is_over and not self.order.emails.filter(sent_at=None).exists()

    def end(self):
        """Time goes by: the Hub renders, the worker works, staff repair what failed."""
        for _round in range(8):
            if self.is_at_rest():
                return
            self.restart()
            StatusJob.objects.filter(project__order_id=self.order.code).update(due_at=timezone.now())
            if self.project.status == "failed":
                self.repair()
            self.sweep()
            self.work()
            self.tell()
            self.render()
            self.send_emails()


def kill(where, name: str, *, when: str):
    """The event of work in which the worker is killed before or after a call."""

    def event(life: Life) -> None:
        with killing(where, name, when):
            try:
                life.work()
                life.tell()
            except Killed:
                return

    event.__name__ = f"kill_{when}_{name}"
    return event


@contextmanager
def killing(where, name: str, when: str) -> Iterator[None]:
    call = getattr(where, name)

    def cut_off(*arguments, **values):
        if when == "after":
            call(*arguments, **values)
        raise Killed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(where, name, cut_off)
        yield


def make_due(order: Order) -> None:
    RenderJob.objects.filter(project__order_id=order.code).update(due_at=timezone.now())


EVENTS = [
    Life.work,
    Life.early_work,
    Life.render,
    Life.fail,
    Life.call_back,
    Life.call_back_about_nothing,
    Life.sweep,
    Life.tell,
    Life.send_emails,
    Life.cancel,
    Life.repair,
    Life.restart,
    kill(Hub, "find_projects", when="before"),
    kill(creation, "send", when="before"),
    kill(creation, "send", when="after"),
    kill(Hub, "processing_results", when="after"),
    kill(Hub, "open_artifact", when="before"),
    kill(fetching, "move", when="before"),
    kill(fetching, "move", when="after"),
    kill(Hub, "force_project_status", when="before"),
    kill(Hub, "force_project_status", when="after"),
]
COMPLETED = {
    "order": "completed",
    "project": "ready",
    "in the Hub": [4],
    "files": 1,
    "emails": ["confirmation", "ready"],
    "unsent": 0,
    "drift": [],
}
CANCELLED = {
    "order": "cancelled",
    "project": "cancelled",
    "files": 0,
    "emails": ["cancelled", "confirmation"],
    "unsent": 0,
    "drift": [],
}


def state_of(life: Life) -> dict:
    life.order.refresh_from_db()
    emails = life.order.emails.order_by("kind")
    return {
        "order": life.order.status,
        "project": life.project.status,
        "in the Hub": [found["status"] for found in life.hub.projects()],
        "files": PrintFile.objects.filter(project=life.project).count(),
        "emails": [email.kind for email in emails],
        "unsent": emails.filter(sent_at=None).count(),
        "drift": [entry["kind"] for entry in examine(repair=False).findings],
    }


def assert_ends_well(life: Life) -> None:
    life.end()
    state = state_of(life)
    if not life.is_cancelled:
        assert state == COMPLETED
        return
    in_hub = state.pop("in the Hub")
    # Cancelled before the Hub heard of it, or there and cancelled too.
    assert (state, in_hub) in [(CANCELLED, []), (CANCELLED, [5])]


@pytest.fixture
def hub(sandbox, monkeypatch):
    """The sandbox; nobody waits for it between two looks."""
    monkeypatch.setattr(hints, "LOOKS", 1)
    sandbox.control.switches.restart_heals = True
    return sandbox.control


@settings(
    max_examples=ORDERS_OF_EVENTS,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(events=st.lists(st.sampled_from(EVENTS), max_size=12))
@example(events=[Life.work, Life.work, Life.render, Life.work, Life.cancel])
@example(events=[Life.work, Life.fail, Life.work, Life.cancel])
@example(events=[kill(creation, "send", when="after"), Life.cancel])
@example(events=[kill(creation, "send", when="after"), Life.restart, Life.work, Life.work])
def test_every_order_of_events_ends_in_the_same_state(hub, events):
    life = Life(hub)
    for happens in events:
        happens(life)
    assert_ends_well(life)


def names(events) -> str:
    return "-".join(event.__name__ for event in events)


PROGRESS = [Life.work, Life.render, Life.call_back, Life.sweep]


@pytest.mark.parametrize(
    "order",
    [*itertools.permutations(PROGRESS)],
    ids=lambda order: "-".join(event.__name__ for event in order),
)
def test_four_events_in_any_order_each_repeated_end_in_the_same_state(hub, order):
    for repeats in ((1, 1, 1, 1), (5, 4, 3, 2)):
        life = Life(hub)
        for happens, times in zip(order, repeats, strict=True):
            for _time in range(times):
                happens(life)
        assert_ends_well(life)
