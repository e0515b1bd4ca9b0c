"""What the worker runs. Every task takes ids, may be run twice, and reads the truth from the database."""

import logging
from datetime import timedelta

from django.utils import timezone

from personalization.hub import HubUnavailable, get_hub, hub_state

from .designs.services import previews, remote_clean_up, retention
from .hub import health
from .models import HubEvent
from .rendering import services
from .shoppers.services import account_merge, old_visitors

logger = logging.getLogger(__name__)

HUB_EVENTS_KEPT = timedelta(days=30)
MOST_WAKE_UPS = 50


def advance_render_project(project_id: int) -> None:
    """One worker brings a render project on, see `services.advance`."""
    services.advance(project_id)


def tell_hub_status(project_id: int) -> None:
    """The Hub hears how a project stands, see `services.tell_hub`."""
    services.tell_hub(project_id)


def process_hub_event(event_id: int) -> None:
    """Follow a call-back of a pipeline that the webhook has stored."""
    event = HubEvent.objects.filter(pk=event_id).first()
    if event and event.processed_at is None:
        services.follow_hint(event)


def fetch_preview(design_id: str) -> None:
    """Copy a design's preview into the shop's media; the sweep tries again if it does not work."""
    previews.fetch_preview(design_id)


def keep_design(design_id: str) -> None:
    """The Hub hears that a design is kept, see `retention.keep_in_hub`."""
    retention.keep_in_hub(design_id)


def clean_up_hub(clean_up_id: int) -> None:
    """Remove in the Hub what the shop needs no more, see `remote_clean_up.finish_clean_up`."""
    remote_clean_up.finish_clean_up(clean_up_id)


def merge_account(merge_id: int) -> None:
    """The Hub hears that a visitor has an account now, see `account_merge.finish_merge`."""
    account_merge.finish_merge(merge_id)


def look_at_hub() -> None:
    """Scheduled every minute: find out whether the Hub answers, for the pages that tell staff."""
    health.look_at_hub()


def sweep() -> None:
    """Scheduled twice a minute: wake up whatever is due and was not woken by an event.

    While the Hub is left alone nothing is woken that would only find that out, and wait again.
    """
    _see_whether_the_hub_is_back()
    services.sweep_projects()
    retention.let_expired_go()
    if hub_state().is_closed:
        account_merge.MERGES.wake_due(limit=MOST_WAKE_UPS)
        retention.RETENTIONS.wake_due(limit=MOST_WAKE_UPS)
        remote_clean_up.CLEAN_UPS.wake_due(limit=MOST_WAKE_UPS)
        previews.PREVIEWS.wake_due(limit=MOST_WAKE_UPS)
    _wake_lost_events()


def clear_hub_events() -> int:
    """Nightly: call-backs that nobody will ask for any more; how many went."""
    return HubEvent.objects.filter(received_at__lt=timezone.now() - HUB_EVENTS_KEPT).delete()[0]


def clear_visitors() -> int:
    """Nightly, see `old_visitors.clear_visitors`."""
    return old_visitors.clear_visitors()


def _see_whether_the_hub_is_back() -> None:
    try:
        get_hub().probe()
    except HubUnavailable as trouble:
        logger.warning("The Hub is still away: %s", trouble)


def _wake_lost_events() -> None:
    """Call-backs whose task was lost with the queue. Polling has seen to their projects; they are only
    closed.
    """
    lost = timezone.now() - timedelta(minutes=10)
    HubEvent.objects.filter(processed_at=None, received_at__lt=lost).update(processed_at=timezone.now())
