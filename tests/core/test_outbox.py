"""The outbox: one worker at a row, which goes on when that dies, and never fails for ever or in silence."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.outbox import GiveUp, Later, Outbox, leases, service
from personalization.models import RemoteCleanUp
from tests.factories.personalization import make_storefront_user

pytestmark = pytest.mark.django_db

ROWS = Outbox(
    RemoteCleanUp, task="ours.task", first_pause=timedelta(seconds=10), longest_pause=timedelta(minutes=15)
)
KEPT = Outbox(RemoteCleanUp, task="ours.task", keeps_done=True, most_errors=3)
Status = RemoteCleanUp.Status


@pytest.fixture
def queued(monkeypatch):
    """What was put into the queue."""
    calls = []
    monkeypatch.setattr(service, "async_task", lambda *call: calls.append(call))
    return calls


def make_row(**values) -> RemoteCleanUp:
    return RemoteCleanUp.objects.create(owner=make_storefront_user(), ending="delete", **values)


def fresh(row) -> RemoteCleanUp:
    return RemoteCleanUp.objects.get(pk=row.pk)


def well(row):
    return None


def raising(error):
    def work(row):
        raise error

    return work


def make_due(row, **values):
    RemoteCleanUp.objects.filter(pk=row.pk).update(due_at=timezone.now(), **values)


# ——— Who may work at it ———


def test_a_row_that_is_due_is_one_workers():
    row = make_row()
    assert ROWS.claim(row.pk) is not None
    assert ROWS.claim(row.pk) is None


def test_a_row_that_is_not_due_is_nobodys_unless_it_may_be_looked_at_early():
    row = make_row(due_at=timezone.now() + timedelta(minutes=1))
    assert ROWS.claim(row.pk) is None
    assert ROWS.claim(row.pk, early=service.Q(pk=row.pk)) is not None


def test_what_is_done_or_given_up_is_nobodys():
    for status in (Status.DONE, Status.GIVEN_UP):
        assert ROWS.claim(make_row(status=status).pk) is None


def test_the_row_of_a_worker_that_died_goes_on_after_twenty_seconds():
    row = ROWS.claim(make_row().pk)
    assert row.leased_until <= timezone.now() + timedelta(seconds=20)
    RemoteCleanUp.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert list(ROWS.due()) == [row]
    assert ROWS.claim(row.pk).lease != row.lease


def test_a_lease_taken_by_a_clock_far_ahead_holds_nothing_up():
    row = make_row()
    assert ROWS.claim(row.pk) is not None
    RemoteCleanUp.objects.update(leased_until=timezone.now() + timedelta(minutes=5))
    assert ROWS.claim(row.pk) is None
    RemoteCleanUp.objects.update(leased_until=timezone.now() + timedelta(hours=1))
    assert ROWS.claim(row.pk) is not None


def test_who_has_lost_the_lease_writes_nothing():
    row = ROWS.claim(make_row().pk)
    RemoteCleanUp.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    other = ROWS.claim(row.pk)
    ROWS.give_up(row, "too late")
    ROWS.finish(row)
    kept = fresh(row)
    assert (kept.status, kept.reason, kept.lease) == (Status.WAITING, "", other.lease)


def test_while_a_worker_is_at_it_the_lease_is_renewed(monkeypatch):
    row = ROWS.claim(make_row().pk)
    RemoteCleanUp.objects.update(leased_until=timezone.now() + timedelta(seconds=1))
    assert leases.renew(row)
    assert fresh(row).leased_until > timezone.now() + timedelta(seconds=15)


def test_a_lease_that_is_somebody_elses_is_not_renewed():
    row = ROWS.claim(make_row().pk)
    RemoteCleanUp.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    ROWS.claim(row.pk)
    assert not leases.renew(row)


# ——— How it goes on ———


def test_done_is_gone_or_kept_as_the_outbox_says():
    gone, kept = make_row(), make_row(attempts=2, errors=1, reason="away")
    assert ROWS.run(gone.pk, well)
    assert KEPT.run(kept.pk, well)
    assert not RemoteCleanUp.objects.filter(pk=gone.pk).exists()
    kept = fresh(kept)
    assert (kept.status, kept.attempts, kept.errors, kept.reason, kept.lease) == (Status.DONE, 2, 0, "", None)


def test_work_may_ask_to_go_on_after_a_pause():
    row = make_row(attempts=2, errors=1)
    assert ROWS.run(row.pk, lambda row: timedelta(days=1))
    again = fresh(row)
    assert (again.status, again.attempts, again.errors, again.lease) == (Status.WAITING, 0, 0, None)
    assert again.due_at > timezone.now() + timedelta(hours=23)


@pytest.mark.parametrize("outbox", [ROWS, KEPT])
@pytest.mark.parametrize("ends", [well, raising(Later("away")), raising(GiveUp("refused"))])
def test_a_row_that_is_woken_while_somebody_is_at_it_stays_due(outbox, ends, queued):
    row = make_row()

    def work(row):
        outbox.wake(row.pk)
        return ends(row)

    outbox.run(row.pk, work)
    assert list(outbox.due()) == [row]


def test_trouble_that_passes_is_tried_again_without_end_after_growing_pauses():
    row = make_row()
    for attempt in (1, 2, 3):
        assert not ROWS.run(row.pk, raising(Later("The Hub is away")))
        tried = fresh(row)
        assert (tried.status, tried.attempts, tried.errors) == (Status.WAITING, attempt, 0)
        assert (tried.reason, tried.lease) == ("The Hub is away", None)
        make_due(row)
    make_due(row, attempts=5000)
    ROWS.run(row.pk, raising(Later("The Hub is away")))
    assert fresh(row).status == Status.WAITING
    assert fresh(row).due_at < timezone.now() + timedelta(minutes=19)


def test_the_pause_doubles_with_jitter_between_its_limits():
    seconds = {attempt: {ROWS.pause(attempt).total_seconds() for _ in range(50)} for attempt in (1, 3, 5000)}
    assert all(10 <= pause <= 12.5 for pause in seconds[1])
    assert all(32 <= pause <= 50 for pause in seconds[3])
    assert all(720 <= pause <= 1125 for pause in seconds[5000])
    assert len(seconds[3]) > 1


def test_what_was_not_tried_is_no_attempt_and_waits_as_long_as_it_is_told():
    row = make_row(attempts=4)
    ROWS.run(row.pk, raising(Later("left alone", after=30, is_attempt=False)))
    waiting = fresh(row)
    assert waiting.attempts == 4
    assert timedelta(seconds=25) < waiting.due_at - timezone.now() <= timedelta(seconds=30)


def test_whoever_asks_for_a_longer_pause_gets_it():
    row = make_row()
    ROWS.run(row.pk, raising(Later("too many", after=600)))
    assert fresh(row).due_at > timezone.now() + timedelta(seconds=590)


@pytest.mark.parametrize("seconds", [99_999_999_999, 3e11, 1e20, float("inf")])
def test_nobody_sends_a_row_to_sleep_for_more_than_an_hour(seconds):
    row = make_row()
    ROWS.run(row.pk, raising(Later("too many", after=seconds)))
    waiting = fresh(row)
    assert (waiting.attempts, waiting.errors, waiting.reason) == (1, 0, "too many")
    assert waiting.due_at - timezone.now() <= timedelta(hours=1)


def test_trouble_that_does_not_pass_ends_at_once_with_its_reason():
    row = make_row()
    assert not ROWS.run(row.pk, raising(GiveUp("No such status")))
    assert (fresh(row).status, fresh(row).reason) == (Status.GIVEN_UP, "No such status")
    assert list(ROWS.due()) == []


# ——— Defects of ours ———


@pytest.mark.parametrize("error", [TypeError("key=s3cr3t"), RecursionError(), MemoryError()])
def test_a_defect_ends_after_some_tries_and_says_its_class_and_no_more(error, caplog):
    row = make_row()
    for tries in (1, 2):
        KEPT.run(row.pk, raising(error))
        assert (fresh(row).status, fresh(row).errors) == (Status.WAITING, tries)
        make_due(row)
    KEPT.run(row.pk, raising(error))
    ended = fresh(row)
    assert (ended.status, ended.lease) == (Status.GIVEN_UP, None)
    assert type(error).__name__ in ended.reason
    assert "s3cr3t" not in ended.reason
    assert len([record for record in caplog.records if record.levelname == "ERROR"]) == 3


def test_defects_count_although_trouble_comes_in_between():
    row = make_row()
    for error in (ValueError(), Later("away"), ValueError(), Later("away"), ValueError()):
        make_due(row)
        KEPT.run(row.pk, raising(error))
    assert fresh(row).status == Status.GIVEN_UP


def test_an_answer_that_no_work_may_give_is_a_defect_as_well(caplog):
    row = make_row()
    for _times in range(3):
        KEPT.run(row.pk, lambda row: "tomorrow")
        make_due(row)
    ended = fresh(row)
    assert (ended.status, ended.errors, ended.lease) == (Status.GIVEN_UP, 3, None)
    assert "TypeError" in ended.reason


def test_nothing_is_given_up_without_a_word():
    row = make_row()
    ROWS.run(row.pk, raising(GiveUp("")))
    assert fresh(row).reason == "It was given up without a reason."


def test_an_endless_recursion_does_not_fill_the_log(caplog):
    def even(number):
        return odd(number)

    def odd(number):
        return even(number)

    ROWS.run(make_row().pk, even)
    [record] = caplog.records
    assert "RecursionError" in record.getMessage()
    assert len(record.getMessage()) < 5000


def test_a_row_at_which_workers_die_again_and_again_is_given_up():
    row = make_row()
    for _death in range(3):
        assert KEPT.claim(row.pk) is not None
        RemoteCleanUp.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert KEPT.claim(row.pk) is None
    assert (fresh(row).status, fresh(row).lease) == (Status.GIVEN_UP, None)
    assert fresh(row).reason == "The worker died at this 3 times."


# ——— Waking ———


def test_waking_makes_a_row_due_whatever_became_of_it(queued, django_capture_on_commit_callbacks):
    row = make_row(status=Status.GIVEN_UP, errors=8, attempts=3, due_at=timezone.now() + timedelta(days=1))
    with django_capture_on_commit_callbacks(execute=True):
        assert ROWS.wake(row.pk)
    assert queued == [("ours.task", row.pk)]
    assert (fresh(row).status, fresh(row).errors, fresh(row).attempts) == (Status.WAITING, 0, 0)
    assert list(ROWS.due()) == [row]
    assert not ROWS.wake(row.pk + 1)


def test_the_sweep_queues_what_is_due_the_longest_due_first(queued):
    late = make_row(due_at=timezone.now() - timedelta(minutes=1))
    later = make_row(due_at=timezone.now() - timedelta(minutes=2))
    make_row(due_at=timezone.now() + timedelta(minutes=1))
    ROWS.claim(make_row().pk)
    ROWS.wake_due(limit=10)
    assert queued == [("ours.task", later.pk), ("ours.task", late.pk)]


def test_the_sweep_lets_the_queue_grow_no_longer_than_its_limit(queued, monkeypatch):
    for _number in range(3):
        make_row()
    ROWS.wake_due(limit=1)
    assert len(queued) == 1
    monkeypatch.setattr(service, "get_broker", lambda: type("Full", (), {"queue_size": lambda self: 198})())
    ROWS.wake_due(limit=10)
    assert len(queued) == 3
    monkeypatch.setattr(service, "LONGEST_QUEUE", 198)
    ROWS.wake_due(limit=10)
    assert len(queued) == 3
