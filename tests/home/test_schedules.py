"""What the worker does for pages: scheduled publication and expiry, and versions that nobody needs."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Revision, Site

from home import tasks
from home.models import StandardPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def sale():
    root = Site.objects.get(is_default_site=True).root_page
    return root.add_child(instance=StandardPage(title="Spring sale", live=False))


def test_a_page_whose_time_has_come_is_published(sale):
    sale.go_live_at = timezone.now() - timedelta(seconds=1)
    sale.save_revision(approved_go_live_at=sale.go_live_at)

    tasks.publish_scheduled()

    sale.refresh_from_db()
    assert sale.live


def test_a_page_that_is_due_later_is_not(sale):
    sale.go_live_at = timezone.now() + timedelta(hours=1)
    sale.save_revision().publish()

    tasks.publish_scheduled()

    sale.refresh_from_db()
    assert not sale.live


def test_an_expired_page_is_taken_off_the_site(sale):
    sale.save_revision().publish()
    StandardPage.objects.update(expire_at=timezone.now() - timedelta(seconds=1))

    tasks.publish_scheduled()

    sale.refresh_from_db()
    assert (sale.live, sale.expired) == (False, True)


def test_old_versions_go_but_not_a_scheduled_one_nor_thelatest_however_old(sale, settings):
    settings.REVISIONS_KEPT_DAYS = 10
    old, scheduled, young, latest = (sale.save_revision() for _number in range(4))
    for days, revision in ((13, old), (12, scheduled), (9, young), (8, latest)):
        Revision.objects.filter(pk=revision.pk).update(created_at=timezone.now() - timedelta(days=days))
    Revision.objects.filter(pk=scheduled.pk).update(approved_go_live_at=timezone.now() + timedelta(days=1))
    tasks.purge_revisions()
    assert Revision.objects.count() == 3
    assert not Revision.objects.filter(pk=old.pk).exists()

    settings.REVISIONS_KEPT_DAYS = 1
    tasks.purge_revisions()
    assert set(Revision.objects.values_list("pk", flat=True)) == {scheduled.pk, latest.pk}
