"""What has happened to an order, as the order desk tells it."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from personalization import actors
from personalization.models import ProjectEvent, RenderProject, StatusEvent

from .models import Order, OrderNote


@dataclass(frozen=True)
class TimelineEntry:
    """A move of the order (`line` is empty) or of one of its render projects, or a note of staff (`status` is
    empty, `reason` is what they wrote).

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
    """The moves of an order and of its render projects, and notes, oldest first; four queries."""
    order_events = list(order.events.all())
    project_events = list(
        ProjectEvent.objects.filter(project__order_item__order=order).select_related("project")
    )
    notes = list(order.notes.all())
    names = _names(order_events + project_events + notes)
    entries = [_beginning(order, order_events)]
    entries += [_entry(event, Order.Status, names) for event in order_events]
    entries += [
        _entry(event, RenderProject.Status, names, line=event.project.line_id) for event in project_events
    ]
    entries += [
        TimelineEntry(at=note.at, who=names[note.actor], status="", reason=note.text) for note in notes
    ]
    return sorted(entries, key=lambda entry: entry.at)


def _beginning(order: Order, events: list[StatusEvent]) -> TimelineEntry:
    status = events[0].from_status if events else order.status
    return TimelineEntry(at=order.created_at, who=_("Shopper"), status=Order.Status(status).label)


def _entry(event: StatusEvent, statuses, names: dict[str, str], *, line: str = "") -> TimelineEntry:
    return TimelineEntry(
        at=event.at,
        who=names[event.actor],
        status=statuses(event.to_status).label,
        status_before=statuses(event.from_status).label,
        line=line,
        reason=event.reason,
    )


def _names(events: list[StatusEvent | OrderNote]) -> dict[str, str]:
    """How actors are called; a user who is gone keeps the number."""
    names = {
        actors.SHOPPER: _("Shopper"),
        actors.CHECKOUT: _("Checkout"),
        actors.WORKER: _("Worker"),
        actors.HOLD: _("End of the hold"),
        actors.DOCTOR: _("Doctor"),
    }
    found = {event.actor for event in events}
    ids = {actor: actors.user_id_of(actor) for actor in found}
    users = get_user_model().objects.in_bulk([key for key in ids.values() if key])
    for actor, key in ids.items():
        if key in users:
            names[actor] = users[key].get_full_name() or users[key].get_username()
    return {actor: names.get(actor, actor) for actor in found}
