"""The Hub's call-back is a hint: authenticated, stored first, believed in nothing."""

import json
import random
import string
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from personalization import tasks
from personalization.models import HubEvent, RenderProject
from personalization.rendering import services
from personalization.rendering.services import events, hints

pytestmark = pytest.mark.django_db

SECRET = "test-webhook-secret"
Status = RenderProject.Status


def call(client, body, *, secret=SECRET, **extra):
    headers = {} if secret is None else {"X-CCHub-Secret": secret}
    if not isinstance(body, str | bytes):
        body = json.dumps(body)
    return client.post(reverse("webhook"), body, content_type="application/json", headers=headers, **extra)


def test_the_address_is_the_one_in_every_merchants_pipeline():
    assert reverse("webhook") == "/personalization/webhook/"


@pytest.mark.parametrize(
    "body, project_id, order_id",
    [
        ({"projectId": 906, "orderId": "1042"}, 906, "1042"),
        ({"projectId": "906", "orderId": "1042"}, 906, "1042"),
        ({"projectId": " 906 "}, 906, ""),
        ({"orderId": 1042}, None, "1042"),
        ({"orderId": "Ą-1"}, None, "Ą-1"),
        ({"projectId": "", "orderId": "1042", "more": [1]}, None, "1042"),
    ],
)
def test_a_hint_is_stored_before_anything_else(client, body, project_id, order_id):
    assert call(client, body).status_code == 202
    event = HubEvent.objects.get()
    assert (event.project_id, event.order_id, event.processed_at) == (project_id, order_id, None)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "not json",
        b"\xff\xfe",
        "[]",
        "null",
        "7",
        "{}",
        "[" * 8000,
        {"projectId": None, "orderId": None},
        {"projectId": True},
        {"projectId": 1.5},
        {"projectId": -3},
        {"projectId": "9" * 19},
        {"projectId": "٣"},
        {"projectId": [906]},
        {"projectId": "906; drop"},
        {"orderId": {"a": 1}},
        {"orderId": "x" * 65},
        {"orderId": "a\x00b"},
        '{"orderId": "\\ud800"}',
        {"projectId": "x", "orderId": "1042"},
    ],
)
def test_malformed_calls_are_refused_and_not_stored(client, body):
    assert call(client, body).status_code == 400
    assert HubEvent.objects.count() == 0


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", "ż"])
def test_a_call_without_the_secret_is_refused(client, secret):
    assert call(client, {"projectId": 906}, secret=secret).status_code == 403
    assert HubEvent.objects.count() == 0


@pytest.mark.parametrize("secret", [None, "", SECRET])
def test_without_a_configured_secret_nobody_may_call(client, settings, secret):
    settings.CCHUB = {**settings.CCHUB, "WEBHOOK_SECRET": ""}
    assert call(client, {"projectId": 906}, secret=secret).status_code == 403


def test_the_secret_is_asked_for_before_the_body_is_read(client):
    assert call(client, "not json", secret="wrong").status_code == 403


def test_large_bodies_are_refused(client):
    assert call(client, {"projectId": 906, "more": "x" * 16_400}).status_code == 413
    assert HubEvent.objects.count() == 0


def test_only_posts_are_calls(client):
    assert client.get(reverse("webhook")).status_code == 405


def test_a_call_needs_no_csrf_token_and_gets_no_cookie():
    from django.test import Client

    response = call(Client(enforce_csrf_checks=True), {"projectId": 906})
    assert response.status_code == 202
    assert not response.cookies


def test_the_answer_does_not_wait_for_the_hub(client, sandbox, django_capture_on_commit_callbacks):
    with (
        django_capture_on_commit_callbacks() as callbacks,
        CaptureQueriesContext(
            connection,
        ) as queries,
    ):
        call(client, {"projectId": 906})
    assert sandbox.control.calls == []
    assert len(callbacks) == 1
    assert len([query for query in queries if "SAVEPOINT" not in query["sql"]]) == 2


def test_calls_about_the_same_project_within_seconds_are_one_task(client, django_capture_on_commit_callbacks):
    body = {"projectId": 906, "orderId": "1042"}
    with django_capture_on_commit_callbacks() as callbacks:
        assert [call(client, body).status_code for _ in range(20)] == [202] * 20
    assert len(callbacks) == 1
    assert HubEvent.objects.get().repeats == 19


def test_of_a_thousand_repeats_nothing_is_left_but_their_number(
    client, hub, project, django_capture_on_commit_callbacks, monkeypatch
):
    # A busy machine takes longer than a pipeline's repeats do.
    monkeypatch.setattr(events, "SAME_CALL", timedelta(hours=1))
    services.advance(project.pk)
    project.refresh_from_db()
    hub.complete_all()
    body = {"projectId": project.hub_project_id, "orderId": project.order_id}
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        assert [call(client, body).status_code for _ in range(1000)] == [202] * 1000
    project.refresh_from_db()
    assert HubEvent.objects.get().repeats == 999
    assert len(callbacks) == len(set(callbacks))
    assert len(hub.calls_to("projects.results")) == 1
    assert (project.status, project.files.count()) == (Status.READY, 1)
    moves = list(project.events.order_by("pk").values_list("to_status", flat=True))
    assert moves == ["creating", "rendering", "fetching", "ready"]


def test_a_call_about_another_project_is_a_task_of_its_own(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        for body in ({"projectId": 906}, {"projectId": 907}, {"orderId": "1042"}, {"projectId": 906}):
            call(client, body)
    assert len(callbacks) == 3


def test_a_call_after_the_first_was_followed_is_followed_again(client, django_capture_on_commit_callbacks):
    call(client, {"projectId": 906})
    HubEvent.objects.update(processed_at=timezone.now())
    with django_capture_on_commit_callbacks() as callbacks:
        call(client, {"projectId": 906})
    assert len(callbacks) == 1


def test_a_call_that_comes_later_does_not_rely_on_a_task_that_may_be_lost(
    client, django_capture_on_commit_callbacks
):
    call(client, {"projectId": 906})
    HubEvent.objects.update(received_at=timezone.now() - timedelta(seconds=11))
    with django_capture_on_commit_callbacks() as callbacks:
        call(client, {"projectId": 906})
    assert len(callbacks) == 1


def test_of_a_thousand_forged_calls_none_is_accepted(client, sandbox, django_capture_on_commit_callbacks):
    guess = random.Random(1)  # noqa: S311 - the same forgeries in every run
    with django_capture_on_commit_callbacks() as callbacks:
        for number in range(1000):
            secret = _forged(guess, number)
            assert call(client, {"projectId": number, "orderId": "1042"}, secret=secret).status_code == 403
    assert HubEvent.objects.count() == 0
    assert callbacks == []
    assert sandbox.control.calls == []


def _forged(guess: random.Random, number: int) -> str:
    """Random texts, beginnings of the secret, and the secret with one character changed, in turn."""
    if number % 3 == 0:
        return "".join(guess.choices(string.ascii_letters + string.digits + "-", k=guess.randint(1, 64)))
    place = guess.randrange(len(SECRET))
    if number % 3 == 1:
        return SECRET[:place]
    return f"{SECRET[:place]}{chr(ord(SECRET[place]) ^ 1)}{SECRET[place + 1 :]}"


def test_a_hint_about_nothing_known_is_harmless(client, sandbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert call(client, {"projectId": 906, "orderId": "1042"}).status_code == 202
    assert HubEvent.objects.get().processed_at is not None
    assert sandbox.control.calls == []


def test_a_completed_project_is_ready_right_after_the_hint(
    client, hub, project, django_capture_on_commit_callbacks
):
    services.advance(project.pk)
    project.refresh_from_db()
    hub.complete_all()
    with django_capture_on_commit_callbacks(execute=True):
        call(client, {"projectId": str(project.hub_project_id)})
    project.refresh_from_db()
    assert project.status == Status.READY


def test_a_hint_by_order_id_alone_is_enough(client, hub, project, django_capture_on_commit_callbacks):
    services.advance(project.pk)
    hub.complete_all()
    with django_capture_on_commit_callbacks(execute=True):
        call(client, {"orderId": project.order_id})
    project.refresh_from_db()
    assert project.status == Status.READY


def test_the_same_hint_again_changes_nothing(client, hub, project, django_capture_on_commit_callbacks):
    services.advance(project.pk)
    project.refresh_from_db()
    hub.complete_all()
    for _ in range(3):
        with django_capture_on_commit_callbacks(execute=True):
            call(client, {"projectId": project.hub_project_id})
    project.refresh_from_db()
    assert (project.status, project.files.count()) == (Status.READY, 1)
    assert len(hub.calls_to("projects.results")) == 1


def test_a_hint_that_says_completed_is_not_believed(client, hub, project, monkeypatch):
    monkeypatch.setattr(hints, "LOOKS", 1)
    services.advance(project.pk)
    event = HubEvent.objects.create(order_id=project.order_id)
    tasks.process_hub_event(event.pk)
    project.refresh_from_db()
    assert project.status == Status.RENDERING


def test_a_hint_that_comes_before_the_project_is_completed_is_followed_for_a_while(hub, project):
    services.advance(project.pk)
    event = HubEvent.objects.create(order_id=project.order_id)
    pauses = []

    def sleep(seconds):
        pauses.append(seconds)
        if len(pauses) == 2:
            hub.complete_all()

    services.follow_hint(event, sleep=sleep)
    project.refresh_from_db()
    assert project.status == Status.READY
    assert pauses == [2, 2]


def test_a_hint_is_followed_for_ten_seconds_at_most(hub, project):
    services.advance(project.pk)
    event = HubEvent.objects.create(order_id=project.order_id)
    pauses = []
    services.follow_hint(event, sleep=pauses.append)
    event.refresh_from_db()
    assert sum(pauses) == 10
    assert event.processed_at is not None


def test_a_worker_does_not_wait_while_other_work_does(hub, project, monkeypatch):
    services.advance(project.pk)
    event = HubEvent.objects.create(order_id=project.order_id)
    monkeypatch.setattr(hints, "_others_wait", lambda: True)
    pauses = []
    services.follow_hint(event, sleep=pauses.append)
    assert pauses == []


def test_a_hint_is_not_followed_while_the_hub_gives_trouble(hub, project):
    services.advance(project.pk)
    hub.fail("projects.results", "status", status=503, times=3)
    pauses = []
    services.follow_hint(HubEvent.objects.create(order_id=project.order_id), sleep=pauses.append)
    assert pauses == []


@pytest.mark.parametrize("depth", [41, 5_000])
def test_a_call_that_nests_without_end_is_refused(client, depth):
    body = '{"projectId": 906, "x": ' + "[" * depth + "]" * depth + "}"

    assert call(client, body).status_code == 400
    assert not HubEvent.objects.exists()
