"""What the view of one order shows."""

from collections import defaultdict
from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commerce.desk.forms import NoteForm
from commerce.desk.permissions import WORK_ON_ORDERS
from commerce.desk.selectors import consents_of, hub_project_url
from commerce.desk.services import is_over
from commerce.desk.timeline import order_timeline
from commerce.models import Consent, Order, OrderItem
from commerce.selectors.orders import order_items
from commerce.services.orders import may_cancel
from core.audit.actors import display_names
from personalization.models import PrintFile, RenderProject
from personalization.rendering.services import states

Status = RenderProject.Status
REPLACEABLE = frozenset({Status.READY, Status.FAILED})


@dataclass(frozen=True)
class Line:
    """An item with what its shopper agreed to, and what staff may see and do about its print files."""

    item: OrderItem
    project: RenderProject | None
    files: list[PrintFile]
    hub_url: str
    consents: list[tuple[Consent, str]]

    @property
    def has_failed(self) -> bool:
        return self.project is not None and self.project.status == Status.FAILED

    @property
    def is_in_hub(self) -> bool:
        """Whether the Hub has a project of this line that could be asked for or restarted."""
        return self.project is not None and self.project.hub_project_id is not None

    @property
    def is_replaceable(self) -> bool:
        return self.project is not None and self.project.status in REPLACEABLE

    @property
    def is_waiting_again(self) -> bool:
        """Whether an attempt went wrong and another one follows by itself."""
        project = self.project
        return project is not None and project.status not in states.FINISHED and bool(project.reason)


def moves_of(order: Order, *, by: AbstractBaseUser) -> list[tuple[str, Promise, str]]:
    """What can be done to the whole order now: name of the address, label, icon."""
    moves = []
    if order.status == Order.Status.ON_HOLD:
        moves.append(("release", _("Release for production"), "check"))
    if may_cancel(order, by=by):
        moves.append(("cancel", _("Cancel order"), "cross"))
    return moves


def order_context(order: Order, user: AbstractBaseUser) -> dict:
    """Everything on the page of an order; the number of queries does not grow with its lines."""
    consents = _consents_by_item(order)
    lines = [_line(item, consents.get(item.pk, [])) for item in order_items(order)]
    return {
        "order": order,
        "lines": lines,
        "emails": [(email, is_over(email)) for email in order.emails.all()],
        "timeline": order_timeline(order),
        "may_work": user.has_perm(WORK_ON_ORDERS),
        "has_failed": any(line.has_failed for line in lines),
        "note_form": NoteForm(),
    }


def _consents_by_item(order: Order) -> dict[int, list[tuple[Consent, str]]]:
    """Each consent with how the person is called."""
    consents = consents_of(order)
    names = display_names(consent.actor for consent in consents)
    by_item = defaultdict(list)
    for consent in consents:
        by_item[consent.order_item_id].append((consent, names[consent.actor]))
    return by_item


def _line(item: OrderItem, consents: list[tuple[Consent, str]]) -> Line:
    project = item.render_project
    return Line(
        item=item,
        project=project,
        files=item.print_files,
        hub_url=hub_project_url(project.hub_project_id) if project else "",
        consents=consents,
    )
