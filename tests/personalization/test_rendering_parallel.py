"""Workers that wake up for the same project at the same moment: one of them works."""

import threading
import time

import pytest
from django.db import transaction

from core.outbox import service as outbox
from personalization.rendering import services
from personalization.rendering.services.leases import RENDERS
from tests.commerce.parallel import run_parallel
from tests.factories.personalization import make_design, make_render_project, make_storefront_user

pytestmark = pytest.mark.django_db(transaction=True)

WORKERS = 6
LONG_ENOUGH_TO_WAIT_FOR = 0.7


@pytest.fixture
def project(hub, monkeypatch):
    """A project that nobody has been woken up for: the queue of the test run would do the work at once."""
    monkeypatch.setattr(outbox, "async_task", lambda *args: None)
    owner = make_storefront_user()
    state = hub.add_design(owner.hub_id, "classic-business-cards")
    project = make_render_project(make_design(owner, state_ids=[state]))
    assert project.status == "waiting"
    return project


def test_one_worker_gets_the_lease(project, tmp_path):
    leased = run_parallel(lambda number: RENDERS.claim(project.pk), times=WORKERS, folder=tmp_path)
    assert len([lease for lease in leased if lease]) == 1


def test_who_waited_for_the_row_does_not_get_it_as_well(project, tmp_path):
    is_taken = threading.Event()

    def claim(number):
        if number == 1:
            is_taken.wait()
            return RENDERS.claim(project.pk)
        with transaction.atomic():
            lease = RENDERS.claim(project.pk)
            is_taken.set()
            time.sleep(LONG_ENOUGH_TO_WAIT_FOR)
        return lease

    first, second = run_parallel(claim, times=2, folder=tmp_path)
    assert first is not None
    assert second is None


def test_many_wake_up_calls_make_one_project_and_fetch_its_files_once(hub, project, tmp_path):
    run_parallel(lambda number: services.advance(project.pk), times=WORKERS, folder=tmp_path)
    assert hub.created_count(project.order_id, project.line_id) == 1
    project.refresh_from_db()
    assert project.status == "rendering"

    hub.complete_all()
    run_parallel(lambda number: services.advance(project.pk), times=WORKERS, folder=tmp_path)
    project.refresh_from_db()
    assert (project.status, project.files.count()) == ("ready", 1)
    assert len(hub.calls_to("artifacts")) == 1
