"""What has happened to an order, as the order desk tells it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from commerce.models import Consent, Order
from core.audit.actors import display_names
from core.audit.models import StatusEvent
from personalization.models import ProjectEvent, RenderProject

from .selectors import consents_of


@dataclass(frozen=True)
class TimelineEntry:
    """A move of the order (`line` is empty) or of one of its render projects, a consent of the shopper
    (`reason` is what they agreed to), or a note of staff (`status` is empty, `reason` is what they wrote).

    `status` and `status_before` are labels; the order's beginning has no status before it. `who` is fit for
    display.
    """

    at: datetime
    who: str
    status: str
    status_before: str = ""
    line: str = ""
    reason: str = ""


def order_timeline(order: Order) -> list[TimelineEntry]:
    """The moves of an order and of its render projects, consents and notes, oldest first; five queries."""
    order_events = list(order.events.all())
    project_events = list(
        ProjectEvent.objects.filter(project__order_item__order=order).select_related("project")
    )
    notes = list(order.notes.all())
    consents = consents_of(order)
    names = display_names(event.actor for event in [*order_events, *project_events, *notes, *consents])
    entries = [_beginning(order, order_events)]
    entries += [_entry(event, Order.Status, names) for event in order_events]
    entries += [
        _entry(event, RenderProject.Status, names, line=event.project.line_id) for event in project_events
    ]
    entries += [_consent(consent, order, names) for consent in consents]
    entries += [
        TimelineEntry(at=note.at, who=names[note.actor], status="", reason=note.text) for note in notes
    ]
    return sorted(entries, key=lambda entry: entry.at)


def _beginning(order: Order, events: list[StatusEvent]) -> TimelineEntry:
    status = events[0].from_status if events else order.status
    return TimelineEntry(at=order.created_at, who=_("Shopper"), status=Order.Status(status).label)


def _consent(consent: Consent, order: Order, names: dict[str, str]) -> TimelineEntry:
    return TimelineEntry(
        at=consent.at,
        who=names[consent.actor],
        status=consent.get_kind_display(),
        line=f"{order.code}-{consent.order_item.position}",
        reason="\n".join([*consent.warnings, consent.text]),
    )


def _entry(event: StatusEvent, statuses, names: dict[str, str], *, line: str = "") -> TimelineEntry:
    return TimelineEntry(
        at=event.at,
        who=names[event.actor],
        status=statuses(event.to_status).label,
        status_before=statuses(event.from_status).label,
        line=line,
        reason=event.reason,
    )
