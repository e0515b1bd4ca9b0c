"""The doctor finds designs of which the Hub cannot be told what becomes of them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from commerce.doctor.designs import untold_designs
from personalization.models import RemoteCleanUp, RetentionJob
from tests.factories.personalization import make_design

pytestmark = pytest.mark.django_db


def clean_up(**values):
    due = timezone.now() + timedelta(hours=6)
    return RemoteCleanUp.objects.create(
        owner=make_design().owner, state_ids=["5f0"], ending="delete", due_at=due, **values
    )


def test_a_few_failed_attempts_are_no_finding():
    make_design(retention_attempts=7)
    clean_up(attempts=7)
    assert list(untold_designs()) == []


def test_designs_that_cannot_be_kept_are_one_finding_and_due_again_when_mended():
    later = timezone.now() + timedelta(hours=6)
    for _ in range(2):
        make_design(retention_attempts=8, retention_due_at=later)
    (finding,) = untold_designs()
    assert finding.kind == "design-not-told"
    assert finding.detail.startswith(
        "2 designs could not be kept in the Hub for hours. Does the external app"
    )
    finding.mend()
    assert not RetentionJob.objects.filter(due_at__gt=timezone.now()).exists()
    assert list(untold_designs()) == []


def test_designs_that_cannot_be_removed_are_one_finding_and_due_again_when_mended():
    stuck = clean_up(attempts=9, errors=3, status="given_up")
    (finding,) = untold_designs()
    assert finding.detail.startswith("1 deleted or expired design could not be removed from the Hub")
    finding.mend()
    stuck.refresh_from_db()
    assert stuck.due_at <= timezone.now()
    assert (stuck.status, stuck.attempts, stuck.errors) == ("waiting", 0, 0)
