"""How often somebody may try; several at once as well."""

import pytest

from core import limits
from core.file_cache import FileCache
from tests.commerce.parallel import run_together


@pytest.fixture(autouse=True)
def still_clock(monkeypatch):
    monkeypatch.setattr(limits.time, "time", lambda: 1_800_000_000.0)


@pytest.fixture
def three(settings):
    settings.LIMITS = {"three": (3, 60), "hour": (2, 3600)}


def test_a_limit_counts_for_each_alone(three):
    assert [limits.take("three", "anna") for _ in range(5)] == [True, True, True, False, False]
    assert limits.is_reached("three", "anna")
    assert not limits.is_reached("three", "bob")
    assert limits.take("three", "bob")


def test_the_next_span_begins_anew(three, monkeypatch):
    for _ in range(3):
        limits.take("three", "anna")
    monkeypatch.setattr(limits.time, "time", lambda: 1_800_000_060.0)
    assert not limits.is_reached("three", "anna")
    assert limits.take("three", "anna")


def test_of_many_at_once_as_many_pass_as_the_limit_says(settings, tmp_path, monkeypatch):
    """On the cache of files, which web processes share; 23 of 10 passed on Django's own."""
    settings.LIMITS = {"ten": (10, 60)}
    monkeypatch.setattr(limits, "cache", FileCache(str(tmp_path), {}))
    for who in ("anna", "bob", "carol"):
        passed = run_together(lambda _number, who=who: limits.take("ten", who), times=40)
        assert passed.count(True) == 10


def test_of_many_at_once_one_adds_a_key(tmp_path):
    for number in range(5):
        added = run_together(lambda _n, key=number: FileCache(str(tmp_path), {}).add(key, 1), times=20)
        assert added.count(True) == 1
