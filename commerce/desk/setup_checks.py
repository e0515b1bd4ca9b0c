"""Whether this shop and its Hub are connected, point by point. Reads settings and the database only."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from personalization.checks import check_hub_settings
from personalization.hub import HubState, hub_state
from personalization.hub.addresses import is_loopback
from personalization.hub.health import last_look
from personalization.models import HubEvent

from .selectors import worker_state

LOOK_IS_OLD = timedelta(minutes=10)


@dataclass(frozen=True)
class Point:
    """One line of the checklist: what should be, whether it is, and what to do when it is not."""

    title: str
    tone: str
    detail: str


def ago(moment: datetime) -> str:
    """How long ago, in the largest unit alone."""
    if timezone.now() - moment < timedelta(minutes=1):
        return _("just now")
    return _("%(time)s ago") % {"time": timesince(moment, depth=1)}


def left_alone(state: HubState) -> str:
    """What staff read while the circuit breaker is open."""
    return _("It failed (%(error)s). Orders wait and go on by themselves.") % {"error": state.last_error}


def setup_points() -> list[Point]:
    """The checklist, in the order in which a shop is set up."""
    return [*_settings(), _hub(), _address(), _call_backs(), _worker()]


def _settings() -> list[Point]:
    found = check_hub_settings()
    if not found:
        return [Point(_("The Hub's settings"), "good", _("They are complete."))]
    return [
        Point(message.msg, "bad" if message.is_serious() else "warning", message.hint or "")
        for message in found
    ]


def _hub() -> Point:
    title, look, state = _("The Hub answers"), last_look(), hub_state()
    if not state.is_closed:
        return Point(title, "bad", left_alone(state))
    if look is None or look.at < timezone.now() - LOOK_IS_OLD:
        return Point(title, "warning", _("Not known: the worker has not looked lately."))
    if not look.answers:
        return Point(title, "bad", _("It did not at the last look: %(trouble)s") % {"trouble": look.trouble})
    return Point(title, "good", _("It did, %(ago)s.") % {"ago": ago(look.at)})


def _address() -> Point:
    title, url = _("The Hub can reach this shop"), settings.SHOP_BASE_URL
    if is_loopback(url) and not is_loopback(settings.CCHUB.get("BASEURL") or ""):
        return Point(
            title,
            "warning",
            _("SHOP_BASE_URL is %(url)s, which only this computer can open. Set it to the public address.")
            % {"url": url},
        )
    if urlsplit(url).scheme != "https" and not is_loopback(url):
        return Point(title, "warning", _("SHOP_BASE_URL is not https: the secret would travel unencrypted."))
    return Point(title, "good", _("Call-backs go to %(url)s.") % {"url": url})


def _call_backs() -> Point:
    title = _("Call-backs arrive")
    latest = HubEvent.objects.order_by("-received_at").values_list("received_at", flat=True).first()
    if latest is None:
        detail = _("None in the last 30 days. Orders are still completed, by looking every half minute.")
        return Point(title, "warning", detail)
    return Point(title, "good", _("The latest came %(ago)s.") % {"ago": ago(latest)})


def _worker() -> Point:
    title, state = _("The worker runs"), worker_state()
    if state.late_since:
        detail = _("A job has been due for %(age)s. Start `python manage.py work`.")
        return Point(title, "bad", detail % {"age": timesince(state.late_since, depth=1)})
    return Point(title, "good", _("It keeps up with its schedule."))
