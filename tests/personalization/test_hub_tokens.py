"""The shop's access token: fetched once, shared, replaced in time, never shown."""

import threading
from datetime import UTC, datetime

import pytest
import requests
from django.core.cache import cache

from personalization.hub import HubContractError, HubForbidden, HubUnavailable
from personalization.hub.tokens import AccessTokens

TOKEN_URL = "https://hub.example/connect/token"
PROJECT_URL = "https://api.hub.example/api/storefront/v1/projects/7"


@pytest.fixture
def now(monkeypatch):
    """A clock for tokens: `now.seconds` is the time since the epoch."""

    class Clock:
        seconds = datetime(2026, 3, 1, tzinfo=UTC).timestamp()

        def __call__(self):
            return self.seconds

    clock = Clock()
    monkeypatch.setattr("personalization.hub.tokens.time.time", clock)
    return clock


@pytest.fixture
def project_answers(answers):
    answers.get(PROJECT_URL, json={"id": 7})
    return answers


def token_calls(answers) -> int:
    return sum(call.request.url == TOKEN_URL for call in answers.calls)


def tokens_used(answers) -> list[str]:
    return [
        call.request.headers["Authorization"] for call in answers.calls if call.request.url == PROJECT_URL
    ]


def test_the_token_is_asked_for_with_a_form_and_without_a_scope(far_hub, project_answers):
    far_hub.project(7)
    request = project_answers.calls[0].request
    assert request.url == TOKEN_URL
    assert request.body == (
        "grant_type=client_credentials&client_id=the-client-id&client_secret=the-client-secret"
    )
    assert request.headers["Content-Type"] == "application/x-www-form-urlencoded"


def test_one_token_serves_many_calls(far_hub, project_answers):
    far_hub.project(7)
    far_hub.project(7)
    assert token_calls(project_answers) == 1
    assert tokens_used(project_answers) == ["Bearer token-1", "Bearer token-1"]


@pytest.mark.parametrize(
    ("lifetime", "still_used_after", "replaced_after"),
    [(3600, 3539, 3541), (120, 95, 97), ("nonsense", 239, 241)],
)
def test_a_token_is_replaced_a_minute_or_a_fifth_before_it_ends(
    far_hub, project_answers, now, lifetime, still_used_after, replaced_after
):
    answer = {"access_token": "token-1", "expires_in": lifetime}
    project_answers.replace("POST", TOKEN_URL, json=answer)
    started = now.seconds
    far_hub.project(7)
    now.seconds = started + still_used_after
    far_hub.project(7)
    assert token_calls(project_answers) == 1
    now.seconds = started + replaced_after
    far_hub.project(7)
    assert token_calls(project_answers) == 2


def test_a_token_about_to_end_still_serves_when_no_new_one_can_be_had(far_hub, answers, now, pauses):
    answers.get(PROJECT_URL, json={"id": 7})
    far_hub.project(7)
    answers.remove("POST", TOKEN_URL)
    answers.post(TOKEN_URL, status=503)
    now.seconds += 3550
    far_hub.project(7)
    assert tokens_used(answers) == ["Bearer token-1", "Bearer token-1"]


def test_a_refused_token_is_replaced_once_and_the_call_repeated(far_hub, answers):
    answers.get(PROJECT_URL, status=401)
    answers.get(PROJECT_URL, json={"id": 7})
    assert far_hub.project(7).id == 7
    assert tokens_used(answers) == ["Bearer token-1", "Bearer token-2"]


def test_a_second_refusal_is_a_matter_of_configuration(far_hub, answers):
    answers.get(PROJECT_URL, status=401)
    with pytest.raises(HubForbidden, match="CCHUB_CLIENTID") as failure:
        far_hub.project(7)
    assert failure.value.status == 401
    assert tokens_used(answers) == ["Bearer token-1", "Bearer token-2"]


def test_a_missing_permission_does_not_cost_a_new_token(far_hub, answers):
    answers.get(PROJECT_URL, status=403)
    with pytest.raises(HubForbidden) as failure:
        far_hub.project(7)
    assert failure.value.status == 403
    assert token_calls(answers) == 1


def test_a_token_that_another_process_has_replaced_is_not_fetched_again(far_hub, project_answers):
    far_hub.project(7)
    tokens = far_hub._transport._tokens
    assert tokens.replace("token-0, refused a moment ago") == "token-1"
    assert token_calls(project_answers) == 1


@pytest.mark.parametrize("error", ["invalid_client", "unauthorized_client"])
def test_refused_credentials_name_the_variables_and_show_no_value(far_hub, answers, error):
    answers.replace("POST", TOKEN_URL, status=400, json={"error": error})
    with pytest.raises(HubForbidden) as failure:
        far_hub.project(7)
    text = str(failure.value)
    assert "CCHUB_CLIENTID" in text
    assert "CCHUB_CLIENTSECRET" in text
    assert "the-client" not in text
    assert failure.value.detail == error


@pytest.mark.parametrize("missing", ["BASEURL", "CLIENTID", "CLIENTSECRET"])
def test_missing_settings_are_told_without_asking_the_hub(settings, answers, missing):
    from personalization.hub import get_hub

    settings.CCHUB = {**settings.CCHUB, missing: ""}
    with pytest.raises(HubForbidden, match="CCHUB_CLIENTSECRET is not set"):
        get_hub().project(7)
    assert len(answers.calls) == 0


@pytest.mark.parametrize(
    "answer",
    [
        {"body": "<html>Welcome</html>", "content_type": "text/html"},
        {"body": "{", "content_type": "application/json"},
        {"json": {"token_type": "Bearer"}},
        {"json": {"access_token": None}},
        {"json": {"access_token": ""}},
        {"json": {"access_token": "two\nlines"}},
        {"json": ["access_token"]},
        {"status": 404, "body": "<html>Not here</html>"},
        {"status": 302, "headers": {"Location": "https://hub.example/login"}},
    ],
)
def test_an_answer_without_a_token_points_at_the_base_url(far_hub, answers, answer):
    answers.replace("POST", TOKEN_URL, **answer)
    with pytest.raises(HubContractError):
        far_hub.project(7)
    assert token_calls(answers) == 1


def test_fetching_a_token_is_repeated_while_the_hub_is_unavailable(far_hub, answers, pauses):
    answers.remove("POST", TOKEN_URL)
    answers.post(TOKEN_URL, status=503)
    answers.post(TOKEN_URL, body=requests.ConnectionError("client_secret=the-client-secret"))
    answers.post(TOKEN_URL, json={"access_token": "token-1", "expires_in": 60})
    answers.get(PROJECT_URL, json={"id": 7})
    assert far_hub.project(7).id == 7
    assert len(pauses) == 2


def test_the_cache_key_reveals_neither_client_nor_secret(local_cache, far_hub, project_answers):
    far_hub.project(7)
    keys = " ".join(cache._cache)
    assert "token" in keys
    assert "the-client" not in keys
    assert "hub.example" not in keys


def test_a_crowd_without_a_token_fetches_one(far_hub):
    fetched = []
    everybody_is_here = threading.Barrier(8)

    def exchange(*_, **__):
        fetched.append(1)
        answer = requests.Response()
        answer.status_code, answer._content = 200, b'{"access_token": "token-1", "expires_in": 600}'
        threading.Event().wait(0.1)
        return answer

    def take_one():
        everybody_is_here.wait()
        received.append(AccessTokens(far_hub.config, exchange).current())

    received = []
    crowd = [threading.Thread(target=take_one) for _ in range(8)]
    for thread in crowd:
        thread.start()
    for thread in crowd:
        thread.join()
    assert received == ["token-1"] * 8
    assert len(fetched) == 1


def test_a_fetch_that_fails_does_not_lock_out_the_next(far_hub, answers, pauses):
    answers.remove("POST", TOKEN_URL)
    answers.post(TOKEN_URL, status=500)
    with pytest.raises(HubUnavailable):
        far_hub.project(7)
    answers.replace("POST", TOKEN_URL, json={"access_token": "token-1", "expires_in": 60})
    answers.get(PROJECT_URL, json={"id": 7})
    assert far_hub.project(7).id == 7
