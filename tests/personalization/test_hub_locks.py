"""What one process at a time does: many that start together fetch one token, and one of them probes."""

import multiprocessing
import os
import signal
import time
from dataclasses import replace

import pytest
from django.conf import settings as project_settings
from django.core.cache import cache

from personalization.hub import HubUnavailable, get_hub
from personalization.hub.locks import try_lock

CROWD = 50
# The default, and what the run was configured with, such as Redis.
CACHES = ["files", *(["configured"] if os.environ.get("CACHE_URL") else [])]
FORK = multiprocessing.get_context("fork")


@pytest.fixture(params=CACHES, autouse=True)
def shared_cache(request, settings, tmp_path):
    """A cache that processes share."""
    settings.VAR_DIR = tmp_path
    if request.param == "files":
        files = "django.core.cache.backends.filebased.FileBasedCache"
        settings.CACHES = {"default": {"BACKEND": files, "LOCATION": str(tmp_path / "cache")}}
    cache.clear()
    yield
    cache.clear()


def crowd(job, count=CROWD) -> list:
    """What `count` processes that do the job at the same time return."""
    everybody_is_here = FORK.Barrier(count)
    said = FORK.SimpleQueue()

    def take_part():
        everybody_is_here.wait(60)
        try:
            said.put(job())
        except Exception as trouble:
            said.put(repr(trouble))
        os._exit(0)

    members = [FORK.Process(target=take_part, daemon=True) for _ in range(count)]
    for member in members:
        member.start()
    heard = [said.get() for _ in members]
    for member in members:
        member.join(10)
    return heard


def current_token() -> str:
    return get_hub()._transport._tokens.current()


def test_fifty_processes_that_start_together_fetch_one_token(sandbox):
    sandbox.control.fail("token", "late", seconds=0.3)
    tokens = crowd(current_token)
    assert len(sandbox.control.calls_to("token")) == 1
    assert tokens == [tokens[0]] * CROWD
    assert tokens[0].count(".") == 2


def test_fifty_processes_whose_token_ends_soon_replace_it_once(sandbox):
    current_token()
    key = get_hub()._transport._tokens._key
    cache.set(key, replace(cache.get(key), refresh_at=time.time() - 1), 600)
    sandbox.control.fail("token", "late", seconds=0.3)
    crowd(current_token)
    assert len(sandbox.control.calls_to("token")) == 2


def test_fifty_processes_whose_token_was_revoked_replace_it_once(sandbox):
    revoked = current_token()
    sandbox.control.revoke_tokens()
    tokens = crowd(lambda: get_hub()._transport._tokens.replace(revoked))
    assert len(sandbox.control.calls_to("token")) == 2
    assert revoked not in tokens
    assert len(set(tokens)) == 1


def test_of_fifty_processes_one_probes(sandbox, settings):
    settings.CCHUB = {**settings.CCHUB, "BREAKER_FAILURES": 1}
    sandbox.control.fail("projects.restart", "status", status=503)
    with pytest.raises(HubUnavailable):
        get_hub().restart_processing(1)
    breaker = get_hub()._transport.breaker
    breaker._write(replace(breaker._read(), probe_at=time.time() - 1))
    sandbox.control.fail("tenant-info", "late", seconds=0.3)
    crowd(lambda: get_hub().probe())
    assert len(sandbox.control.calls_to("tenant-info")) == 1
    assert get_hub().state().state == "closed"


def test_a_lock_is_given_to_one_until_it_is_released():
    with try_lock("tests:lock", seconds=5) as first, try_lock("tests:lock", seconds=5) as second:
        assert (first, second) == (True, False)
        with try_lock("tests:another", seconds=5) as other:
            assert other
    with try_lock("tests:lock", seconds=5) as again:
        assert again


def test_a_lock_is_released_with_an_error():
    with pytest.raises(ValueError, match="oops"), try_lock("tests:lock", seconds=5):
        raise ValueError("oops")
    with try_lock("tests:lock", seconds=5) as again:
        assert again


def test_the_lock_of_a_killed_process_is_released():
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        with try_lock("tests:lock", seconds=1) as is_ours:
            os.write(writer, b"y" if is_ours else b"n")
            time.sleep(60)
        os._exit(0)
    assert os.read(reader, 1) == b"y"
    with try_lock("tests:lock", seconds=1) as mine:
        assert not mine
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(reader)
    os.close(writer)
    if "FileBasedCache" not in project_settings.CACHES["default"]["BACKEND"]:
        time.sleep(1.1)
    with try_lock("tests:lock", seconds=1) as mine:
        assert mine
