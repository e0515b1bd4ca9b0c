"""Tokens of the Design Editor: from the application's address, with its key, which goes nowhere else."""

import pytest
from django.core.cache import cache

from personalization.hub import Hub, HubContractError, HubForbidden, HubUnavailable

APPLICATIONS_URL = "https://api.hub.example/api/storefront/v1/tenant-info/applications"
EDITOR = "https://editor.example/stable"
TOKENS_URL = f"{EDITOR}/api/Auth/Users/visitor-1/Tokens"
KEY = "the-secret-key"


@pytest.fixture
def hub(far_hub):
    """A facade that has asked for no key yet; the one of the process keeps it in its memory."""
    return Hub(far_hub.config)


@pytest.fixture
def tenant(answers):
    """Answers of a tenant with a Design Editor."""
    answers.get(APPLICATIONS_URL, json={"designEditorUrl": f"{EDITOR}/", "designEditorApiKey": KEY})
    return answers


def calls_to(answers, url):
    return [call.request for call in answers.calls if call.request.url.startswith(url)]


def test_the_key_goes_to_the_editor_and_the_access_token_does_not(hub, tenant):
    tenant.post(TOKENS_URL, json={"tokenId": "5d2e1b86"})
    assert hub.design_editor_token("visitor-1") == "5d2e1b86"
    (request,) = calls_to(tenant, EDITOR)
    assert request.headers["X-CustomersCanvasAPIKey"] == KEY
    assert "Authorization" not in request.headers
    assert request.params == {"seconds": "14400", "updateOnCall": "true"}


def test_the_hub_is_asked_for_the_key_once_an_hour(hub, tenant, monkeypatch):
    tenant.post(TOKENS_URL, json={"tokenId": "5d2e1b86"})
    now = 1000.0
    monkeypatch.setattr("personalization.hub.design_editor.monotonic", lambda: now)
    hub.design_editor_token("visitor-1")
    now += 3599
    hub.design_editor_token("visitor-1")
    assert len(calls_to(tenant, APPLICATIONS_URL)) == 1
    now += 2
    hub.design_editor_token("visitor-1")
    assert len(calls_to(tenant, APPLICATIONS_URL)) == 2


def test_the_users_id_cannot_leave_its_place_in_the_address(hub, tenant):
    tenant.post(f"{EDITOR}/api/Auth/Users/..%2F..%2Fx%3Fy/Tokens", json={"tokenId": "5d2e1b86"})
    assert hub.design_editor_token("../../x?y") == "5d2e1b86"


@pytest.mark.parametrize(
    "applications",
    [
        {"designEditorUrl": None, "designEditorApiKey": KEY},
        {"designEditorUrl": EDITOR, "designEditorApiKey": None},
        {"designEditorUrl": "http://editor.example", "designEditorApiKey": KEY},
    ],
)
def test_without_a_key_and_a_secure_address_nothing_is_sent(hub, answers, applications):
    answers.get(APPLICATIONS_URL, json=applications)
    with pytest.raises(HubContractError):
        hub.design_editor_token("visitor-1")
    assert calls_to(answers, "https://editor.example") == []


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_key_is_a_matter_of_configuration(hub, tenant, status):
    tenant.post(TOKENS_URL, status=status, json={"detail": f"{KEY} is wrong"})
    with pytest.raises(HubForbidden) as trouble:
        hub.design_editor_token("visitor-1")
    assert "Design Editor" in str(trouble.value)
    assert KEY not in repr(trouble.value) + trouble.value.detail
    assert trouble.value.__cause__ is None


def test_a_busy_editor_is_asked_again(hub, tenant, pauses):
    tenant.post(TOKENS_URL, status=503)
    with pytest.raises(HubUnavailable):
        hub.design_editor_token("visitor-1")
    assert len(calls_to(tenant, EDITOR)) == 3


@pytest.mark.parametrize("answer", ["null", "{}", "[]", '{"tokenId": 7}', '{"tokenId": " "}', "<html>", ""])
def test_an_answer_without_a_token_is_none(hub, tenant, answer):
    tenant.post(TOKENS_URL, body=answer)
    with pytest.raises(HubContractError):
        hub.design_editor_token("visitor-1")


def test_the_key_is_in_no_log_and_no_cache(hub, tenant, caplog, monkeypatch):
    kept = []
    keep = cache.set
    monkeypatch.setattr(
        cache, "set", lambda key, value, *args, **options: kept.append(value) or keep(key, value)
    )
    caplog.set_level("DEBUG")
    tenant.post(TOKENS_URL, json={"tokenId": "5d2e1b86"})
    hub.design_editor_token("visitor-1")
    assert kept
    assert KEY not in caplog.text + repr(kept)
    assert "5d2e1b86" not in caplog.text
