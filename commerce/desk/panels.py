"""The order desk on the admin's home page: what waits for a human, and whether the machinery runs."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.ui.components import Component

from personalization.hub import hub_state
from personalization.hub.health import last_look

from .permissions import SEE_ORDERS
from .selectors import Attention, attention, latest_doctor_report, worker_state
from .setup_checks import LOOK_IS_OLD, ago, left_alone

logger = logging.getLogger(__name__)

QUEUE_IS_SLOW = timedelta(minutes=5)
LEFT_ALONE = {"open": gettext_lazy("Left alone"), "half-open": gettext_lazy("Being tried")}


@dataclass(frozen=True)
class Tile:
    """A figure with what it means, and where to act."""

    title: str
    figure: str
    detail: str
    tone: str
    url: str


class OrderDeskPanel(Component):
    """Tiles for those who may see orders; every figure comes from the database or the cache, none from the
    Hub.
    """

    name = "order_desk"
    order = 50
    template_name = "admin/desk/tiles.html"

    def render_html(self, parent_context=None):
        if not parent_context["request"].user.has_perm(SEE_ORDERS):
            return ""
        return super().render_html(parent_context)

    def get_context_data(self, parent_context):
        return {"tiles": [tile for make in TILES for tile in _tiles(make)]}


def _tiles(make: Callable[[], list[Tile]]) -> list[Tile]:
    try:
        return make()
    except Exception:
        # The home page of the admin opens whatever is broken: it is where staff look for what is.
        logger.exception("A tile of the order desk could not be made")
        return []


def orders_tiles() -> list[Tile]:
    """What needs attention, and the age of the oldest open project."""
    now = attention()
    waiting = now.failed + now.slow + now.unconfigured
    parts = []
    if now.failed:
        parts.append(ngettext("%(n)s failed", "%(n)s failed", now.failed) % {"n": now.failed})
    if now.slow:
        parts.append(ngettext("%(n)s takes long", "%(n)s take long", now.slow) % {"n": now.slow})
    if now.unconfigured:
        parts.append(
            ngettext("%(n)s waits for a setting", "%(n)s wait for a setting", now.unconfigured)
            % {"n": now.unconfigured}
        )
    first = Tile(
        title=_("Needs attention"),
        figure=str(waiting),
        detail=", ".join(parts) if waiting else _("No print file waits for you."),
        tone=_tone(now),
        url=_where_to_act(now),
    )
    oldest = now.oldest_open
    if oldest is None:
        return [first, _oldest(_("None"), _("Every print file is finished."), "good", "")]
    item = getattr(oldest, "order_item", None)
    url = reverse("order_desk:inspect", args=[item.order_id]) if item else ""
    detail = _("%(line)s, %(status)s") % {"line": oldest, "status": oldest.get_status_display().lower()}
    return [
        first,
        _oldest(timesince(oldest.opened_at, depth=1), detail, "warning" if now.slow else "good", url),
    ]


def _tone(now: Attention) -> str:
    if now.failed or now.unconfigured:
        return "bad"
    return "warning" if now.slow else "good"


def _where_to_act(now: Attention) -> str:
    if now.failed:
        return reverse("failed_renders:index")
    if now.unconfigured:
        return reverse("order_desk:connect")
    return reverse("order_desk:index") + "?status=processing"


def hub_tiles() -> list[Tile]:
    """Whether the shop asks the Hub at present, and whether it answered when the worker looked."""
    state = hub_state()
    look, title, url = last_look(), _("Customer's Canvas Hub"), reverse("order_desk:connect")
    if state.state in LEFT_ALONE:
        return [Tile(title, str(LEFT_ALONE[state.state]), left_alone(state), "bad", url)]
    if look is None or look.at < timezone.now() - LOOK_IS_OLD:
        return [Tile(title, _("Not known"), _("The worker has not looked lately."), "warning", url)]
    if not look.answers:
        return [Tile(title, _("No answer"), _("Orders wait and go on by themselves."), "bad", url)]
    detail = _("Looked %(ago)s.") % {"ago": ago(look.at)}
    return [Tile(title, _("Answers"), detail, "good", url)]


def worker_tiles() -> list[Tile]:
    """How long the oldest task waits, and whether the worker is there to do it."""
    state, title, url = worker_state(), _("Background jobs"), reverse("order_desk:connect")
    if state.late_since:
        late = _("Stopped?")
        detail = _("A job is due for %(time)s. Start the worker.")
        return [Tile(title, late, detail % {"time": timesince(state.late_since, depth=1)}, "bad", url)]
    if state.oldest_task is None:
        return [Tile(title, _("No queue"), _("The worker keeps up."), "good", url)]
    tone = "warning" if state.oldest_task < timezone.now() - QUEUE_IS_SLOW else "good"
    age = timesince(state.oldest_task, depth=1)
    return [Tile(title, age, _("The oldest job waits this long."), tone, url)]


def doctor_tiles() -> list[Tile]:
    """What last night's examination has left to mend."""
    report, title, url = latest_doctor_report(), _("Doctor"), reverse("order_desk:doctor")
    if report is None:
        return [Tile(title, _("Not yet"), _("The first examination is at night."), "warning", url)]
    looked = _("Looked %(ago)s.") % {"ago": ago(report.finished_at)}
    if report.remaining:
        figure = ngettext("%(n)s finding", "%(n)s findings", report.remaining) % {"n": report.remaining}
        return [Tile(title, figure, looked, "bad", url)]
    if report.hub_trouble:
        return [Tile(title, _("Half done"), _("The Hub could not be compared."), "warning", url)]
    return [Tile(title, _("All well"), looked, "good", url)]


def _oldest(figure: str, detail: str, tone: str, url: str) -> Tile:
    return Tile(_("Oldest open print file"), figure, detail, tone, url or reverse("order_desk:index"))


TILES = (orders_tiles, hub_tiles, worker_tiles, doctor_tiles)
