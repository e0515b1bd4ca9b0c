"""A Hub that is down is left alone: no page waits for it, and the worker finds out when it is back."""

import time
from contextlib import suppress

import pytest
import requests
from django.urls import reverse

from core.outbox import service as outbox
from personalization import tasks
from personalization.designs.services import previews
from personalization.hub import Hub, HubError, HubNotAsked, HubUnavailable, get_hub, hub_state
from personalization.models import PreviewJob, RenderJob, StatusJob
from personalization.rendering import services
from personalization.rendering.services import is_status_owed
from personalization.shoppers.services.account_merge import adopt_visitor, finish_merge
from tests.factories.catalog import a_group
from tests.factories.commerce import start_designing
from tests.factories.personalization import make_design, make_storefront_user

API = "https://api.hub.example/api/storefront/v1"
PROJECT_URL = f"{API}/projects/7"
RESTART_URL = f"{API}/projects/7/restart-processing"
PROBE_URL = f"{API}/tenant-info"


@pytest.fixture
def now(monkeypatch):
    """The wall clock of the shop: `now.seconds`."""

    class Clock:
        seconds = 1_800_000_000.0

    monkeypatch.setattr("time.time", lambda: Clock.seconds)
    return Clock


def hub_says(answers, **answer):
    """From now on the Hub says this, whatever it is asked."""
    for method, url in (("GET", PROJECT_URL), ("POST", RESTART_URL), ("GET", PROBE_URL)):
        answers.upsert(method, url, **answer)


def api_calls(answers) -> int:
    return sum(call.request.url.startswith(API) for call in answers.calls)


def break_it(hub, answers, times=5, **answer):
    hub_says(answers, **answer or {"status": 503})
    for _ in range(times):
        with pytest.raises(HubUnavailable):
            hub.restart_processing(7)


def is_asked(hub, answers) -> bool:
    """Whether a call reaches the Hub, whatever it answers."""
    before = api_calls(answers)
    with suppress(HubError):
        hub.restart_processing(7)
    return api_calls(answers) > before


def test_a_hub_that_never_failed_is_closed(far_hub):
    assert (hub_state().state, hub_state().since, hub_state().last_error) == ("closed", None, "")


@pytest.mark.parametrize(
    "failure, kind",
    [
        ({"status": 500}, "answered 500"),
        ({"status": 503}, "answered 503"),
        ({"body": requests.ConnectTimeout()}, "no connection in time"),
        ({"body": requests.ReadTimeout("secret")}, "no answer in time"),
        ({"body": requests.exceptions.SSLError()}, "no secure connection"),
        ({"body": requests.ConnectionError("secret")}, "the connection failed (ConnectionError)"),
    ],
)
def test_after_five_failures_in_a_row_calls_fail_at_once(far_hub, answers, now, failure, kind):
    break_it(far_hub, answers, times=4, **failure)
    assert hub_state().state == "closed"
    break_it(far_hub, answers, times=1, **failure)
    assert api_calls(answers) == 5
    now.seconds += 12
    with pytest.raises(HubNotAsked, match="left alone") as refused:
        far_hub.project(7)
    assert api_calls(answers) == 5
    assert refused.value.retry_after == 18
    state = hub_state()
    assert (state.state, state.last_error) == ("open", kind)
    assert state.since.timestamp() == now.seconds - 12
    assert state.next_probe_at.timestamp() == now.seconds + 18


@pytest.mark.parametrize("status", [400, 401, 403, 404, 408, 409, 422, 429])
def test_a_hub_that_refuses_is_there(far_hub, answers, status):
    hub_says(answers, status=status)
    for _ in range(7):
        assert is_asked(far_hub, answers)
    assert hub_state().state == "closed"


@pytest.mark.parametrize("answer", [{"status": 204}, {"status": 404}])
def test_any_answer_in_between_begins_the_count_anew(far_hub, answers, answer):
    break_it(far_hub, answers, times=4)
    hub_says(answers, **answer)
    assert is_asked(far_hub, answers)
    break_it(far_hub, answers, times=4)
    assert hub_state().state == "closed"


def test_a_call_that_is_repeated_counts_as_one(far_hub, answers, pauses):
    hub_says(answers, status=503)
    with pytest.raises(HubUnavailable):
        far_hub.project(7)
    assert api_calls(answers) == 3
    break_it(far_hub, answers, times=3)
    assert hub_state().state == "closed"


def test_a_token_endpoint_that_is_down_opens_it_as_well(far_hub, answers, pauses):
    for _ in range(3):
        answers.remove("POST", "https://hub.example/connect/token")
    answers.post("https://hub.example/connect/token", status=500)
    for _ in range(5):
        with pytest.raises(HubUnavailable):
            far_hub.project(7)
    assert hub_state().state == "open"


def test_failures_and_pause_are_settings(far_hub, answers, now, settings):
    settings.CCHUB = {**settings.CCHUB, "BREAKER_FAILURES": 2, "BREAKER_SECONDS": 5}
    break_it(get_hub(), answers, times=2)
    state = hub_state()
    assert (state.state, state.next_probe_at.timestamp()) == ("open", now.seconds + 5)


def test_the_probe_waits_for_the_pause_and_closes_it(far_hub, answers, now, caplog):
    break_it(far_hub, answers)
    hub_says(answers, status=200, json={})
    now.seconds += 29
    far_hub.probe()
    assert hub_state().state == "open"
    now.seconds += 2
    assert hub_state().state == "half-open"
    far_hub.probe()
    state = hub_state()
    assert (state.state, state.last_error, state.next_probe_at) == ("closed", "answered 503", None)
    assert state.since.timestamp() == now.seconds
    assert is_asked(far_hub, answers)
    assert "The Hub failed 5 times in a row (answered 503)" in caplog.text
    assert "The Hub is back" in caplog.text


def test_a_probe_that_fails_begins_the_pause_anew(far_hub, answers, now):
    break_it(far_hub, answers)
    opened_at = now.seconds
    now.seconds += 31
    with pytest.raises(HubUnavailable):
        far_hub.probe()
    state = hub_state()
    assert (state.state, state.since.timestamp()) == ("open", opened_at)
    assert state.next_probe_at.timestamp() == now.seconds + 30


def test_while_one_process_probes_nobody_else_asks(far_hub, answers, now):
    break_it(far_hub, answers)
    now.seconds += 31
    with far_hub._transport.breaker.probe() as is_ours:
        assert is_ours
        asked = api_calls(answers)
        far_hub.probe()
        assert not is_asked(far_hub, answers)
        assert api_calls(answers) == asked
        assert hub_state().state == "half-open"
    assert hub_state().state == "closed"


def test_a_probe_that_died_is_made_again_when_it_must_have_ended(far_hub, answers, now):
    break_it(far_hub, answers)
    now.seconds += 31
    assert far_hub._transport.breaker._claim()
    hub_says(answers, status=200, json={})
    far_hub.probe()
    assert hub_state().state == "half-open"
    now.seconds += 2 * sum(far_hub.config.timeout) + 1
    far_hub.probe()
    assert hub_state().state == "closed"


def test_pages_do_not_probe_unless_no_worker_has_for_long(far_hub, answers, now):
    break_it(far_hub, answers)
    now.seconds += 30 + 59
    assert not is_asked(far_hub, answers)
    now.seconds += 2
    hub_says(answers, status=204)
    assert is_asked(far_hub, answers)
    assert hub_state().state == "closed"


def test_another_hub_object_sees_the_same_state(far_hub, answers):
    break_it(far_hub, answers)
    with pytest.raises(HubNotAsked):
        Hub(far_hub.config).project(7)


def test_an_answer_to_a_call_made_before_it_opened_does_not_prolong_the_pause(far_hub, answers, now):
    breaker = far_hub._transport.breaker
    with pytest.raises(HubUnavailable), breaker.call():
        break_it(far_hub, answers)
        until = hub_state().next_probe_at
        now.seconds += 10
        raise HubUnavailable("late", outage="no answer in time")
    assert hub_state().next_probe_at == until


@pytest.mark.django_db
def test_an_open_breaker_costs_a_page_a_few_milliseconds(client, sandbox):
    a_group("OW-BC-MATT-50", personalized=True, reference="classic-business-cards")
    page = reverse("personalize", args=["OW-BC-MATT-50"])
    assert start_designing(client, page).status_code == 200
    sandbox.control.fail("", "reset", times=1000)
    for _ in range(5):
        with pytest.raises(HubUnavailable):
            get_hub().restart_processing(7)
    asked = len(sandbox.control.calls)
    started = time.perf_counter()
    for _ in range(20):
        with pytest.raises(HubNotAsked):
            get_hub().storefront_user_token("u-1")
    assert time.perf_counter() - started < 0.1
    response = client.get(page)
    assert (response.status_code, "short break" in response.text) == (503, True)
    assert 1 <= int(response.headers["Retry-After"]) <= 30
    assert len(sandbox.control.calls) == asked


# --- the worker's jobs wait without burning attempts


@pytest.fixture
def away(sandbox):
    """The sandbox, gone; the breaker has noticed."""

    def go():
        sandbox.control.fail("", "reset", times=1000)
        for _ in range(5):
            with pytest.raises(HubUnavailable):
                get_hub().restart_processing(7)
        assert hub_state().state == "open"
        return len(sandbox.control.calls)

    return go


@pytest.fixture
def pause_over(monkeypatch):
    """Let the shop's clock be this much ahead."""

    def skip(seconds=31):
        real = time.time
        monkeypatch.setattr("time.time", lambda: real() + seconds)

    return skip


@pytest.mark.django_db
def test_a_render_project_waits_and_goes_on_after_the_sweeps_probe(hub, project, away, pause_over):
    asked = away()
    for _ in range(3):
        RenderJob.objects.update(due_at="2020-01-01T00:00Z")
        services.advance(project.pk)
    project.refresh_from_db()
    assert (project.status, project.job.attempts, len(hub.calls)) == ("creating", 0, asked)
    assert "left alone" in project.reason

    hub.clear()
    pause_over()
    tasks.sweep()
    assert hub_state().state == "closed"
    RenderJob.objects.update(due_at="2020-01-01T00:00Z")
    services.advance(project.pk)
    project.refresh_from_db()
    assert (project.status, project.reason) == ("rendering", "")
    assert hub.created_count(project.order_id, project.line_id) == 1


@pytest.mark.django_db
def test_while_it_is_open_the_sweep_wakes_nothing_that_would_wait_again(
    hub, project, away, pause_over, monkeypatch
):
    woken = []
    monkeypatch.setattr(outbox, "async_task", lambda function, *ids: woken.append(ids))
    away()
    RenderJob.objects.update(due_at="2020-01-01T00:00Z")
    PreviewJob.objects.create(design_id=project.design_id, due_at="2020-01-01T00:00Z")
    before = RenderJob.objects.values().get()
    tasks.sweep()
    assert woken == []
    assert RenderJob.objects.values().get() == before

    hub.clear()
    pause_over()
    tasks.sweep()
    assert woken == [(project.pk,), (str(project.design_id),)]


@pytest.mark.django_db
def test_the_sweep_survives_a_probe_that_fails(hub, away, pause_over, caplog):
    away()
    pause_over()
    tasks.sweep()
    assert "still away" in caplog.text
    assert hub_state().state == "open"


@pytest.mark.django_db
def test_telling_the_status_a_merge_and_a_preview_wait_as_well(hub, project, away):
    services.advance(project.pk)
    visitor = make_storefront_user(registered_at="2026-01-01T00:00Z")
    away()
    StatusJob.objects.update(due_at="2020-01-01T00:00Z", attempts=0)
    services.tell_hub(project.pk)
    merge = finish_merge(adopt_visitor(visitor=visitor, account_user=make_storefront_user()).pk)
    design = make_design(
        preview_urls=[f"{get_hub().config.base_url}/previews/x/0.png"], preview_due_at="2020-01-01T00:00Z"
    )
    for _ in range(6):
        previews.fetch_preview(design.pk)
    project.refresh_from_db()
    design.refresh_from_db()
    assert (project.status_job.attempts, merge.attempts, design.preview_job.attempts) == (0, 0, 0)
    assert is_status_owed(project)
    assert merge.status == merge.Status.WAITING
    assert design.preview_job.status == "waiting"
