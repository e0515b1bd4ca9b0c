"""Fixtures for render projects in the sandbox Hub, and for a Hub that answers what a test tells it to."""

import pytest
import responses
from django.db import connection

from personalization.hub import get_hub
from personalization.rendering import services
from personalization.signals import render_project_finished
from tests.factories.personalization import make_design, make_render_project, make_storefront_user

REFERENCE = "classic-business-cards"


@pytest.fixture
def hub(sandbox):
    """The sandbox with a rendering clock that stands still until a test moves it."""
    sandbox.control.set_speed(0)
    return sandbox.control


@pytest.fixture
def project(hub):
    """A fresh render project of a design that the Hub has."""
    owner = make_storefront_user()
    state = hub.add_design(owner.hub_id, REFERENCE)
    return make_render_project(make_design(owner, state_ids=[state]))


@pytest.fixture
def finished():
    """The projects that were announced as finished, with whether a transaction was open."""
    heard = []

    def listen(sender, project, **kwargs):
        heard.append((project.pk, project.status, connection.in_atomic_block))

    render_project_finished.connect(listen)
    yield heard
    render_project_finished.disconnect(listen)


@pytest.fixture
def failed(hub, project):
    hub.trouble("fail")
    services.advance(project.pk)
    hub.complete_all()
    services.advance(project.pk)
    project.refresh_from_db()
    assert project.status == "failed"
    return project


@pytest.fixture
def far_hub(settings):
    """The facade of a Hub on the internet; what it answers is up to `answers`."""
    settings.CCHUB = {
        **settings.CCHUB,
        "BASEURL": "https://hub.example",
        "API_URL": "",
        "CLIENTID": "the-client-id",
        "CLIENTSECRET": "the-client-secret",
    }
    return get_hub()


@pytest.fixture
def answers():
    """Every request of the shop ends here; the token endpoint hands out "token-1", "token-2", ..."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        for number in (1, 2, 3):
            token = {"access_token": f"token-{number}", "expires_in": 3600, "token_type": "Bearer"}
            mock.post("https://hub.example/connect/token", json=token)
        yield mock


@pytest.fixture
def pauses(monkeypatch):
    """The seconds for which the Hub's transport would have slept."""
    seconds = []
    monkeypatch.setattr("personalization.hub.transport.sleep", seconds.append)
    return seconds


@pytest.fixture
def local_cache(settings):
    """A cache inside this process, whatever the run uses: its clock can be moved and its keys can be read."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
