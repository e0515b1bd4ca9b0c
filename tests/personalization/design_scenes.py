"""Scenes of the failure table about retention, copying and ending designs; see test_failures.py."""

import html

from django.urls import reverse
from django.utils import timezone

from personalization.designs.services import remote_clean_up, retention
from personalization.models import Design, RemoteCleanUp, RetentionJob
from personalization.shoppers.services import visitors
from tests.factories.commerce import client_of
from tests.factories.personalization import make_design, make_render_project, make_storefront_user

from .stages import REFERENCE, SKU


def a_known_design(control) -> Design:
    """A design that the Hub has been told to keep."""
    owner = make_storefront_user()
    visitors.storefront_user_token(owner)
    state = control.add_design(owner.hub_id, REFERENCE)
    design = make_design(owner, sku=SKU, state_ids=[state], retention_due_at=timezone.now())
    assert retention.keep_in_hub(str(design.pk))
    return design


def retaining_it(control, row):
    design = a_known_design(control)
    RetentionJob.objects.update(due_at=timezone.now())
    yield
    retention.keep_in_hub(str(design.pk))
    design.refresh_from_db()
    assert design.retention_job.due_at > timezone.now()
    yield {"gone": design.gone_at is not None, "attempts": design.retention_job.attempts}


def looking_for_it(control, row):
    design = a_known_design(control)
    yield
    found = retention.design_is_in_hub(design)
    design.refresh_from_db()
    yield {"found": found, "gone": design.gone_at is not None}


def copying_it(control, row):
    design = a_known_design(control)
    make_render_project(design)
    yield
    response = client_of(design.owner).get(f"{reverse('personalize', args=[SKU])}?design={design.pk}")
    yield {
        "status": response.status_code,
        "text": html.unescape(response.text),
        "designs": Design.objects.count(),
    }


def deleting_it(control, row):
    design = a_known_design(control)
    retention.delete_design(owner=design.owner, design=design)
    yield from ending_it()


def letting_it_go(control, row):
    a_known_design(control)
    Design.objects.update(kept_until=timezone.now())
    assert retention.let_expired_go() == 1
    yield from ending_it()


def ending_it():
    clean_up = RemoteCleanUp.objects.get()
    yield
    remote_clean_up.finish_clean_up(clean_up.pk)
    assert not Design.objects.exists()
    left = RemoteCleanUp.objects.all()
    yield {"left": len(left), "attempts": left[0].attempts if left else 0}


DESIGN_SCENES = {
    "keep": retaining_it,
    "look-for": looking_for_it,
    "copy": copying_it,
    "delete-design": deleting_it,
    "let-go": letting_it_go,
}
