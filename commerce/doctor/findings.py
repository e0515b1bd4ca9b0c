"""What the doctor finds."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class NotMended(Exception):
    """The finding stays; the text says why, for staff."""


class Kind(models.TextChoices):
    ORDER_WITHOUT_PROJECT = "order-without-project", _("Order without a render project")
    PROJECT_NOT_IN_HUB = "project-not-in-hub", _("Render project that the Hub does not have")
    STALLED_PROJECT = "stalled-project", _("Render project that nobody would look at again")
    SURPLUS_PROJECT = "surplus-project", _("Second project for a line in the Hub")
    PROJECT_WITHOUT_ORDER = "project-without-order", _("Project in the Hub without an order")
    HUB_STATUS_DIFFERS = "hub-status-differs", _("Status in the Hub differs")
    MISSING_FILE = "missing-file", _("Print file without its content")
    STRAY_FILE = "stray-file", _("Stored file that belongs to no order")
    MISSING_EMAIL = "missing-email", _("E-mail that nobody owes or sends")
    COMPLETED_TOO_EARLY = "completed-too-early", _("Completed order with a print file that is not ready")
    COMPLETED_TOO_LATE = "completed-too-late", _("Order in processing although all its files are ready")
    DESIGN_NOT_TOLD = "design-not-told", _("Design that the Hub does not keep or forget as it should")
    STOCK_DIFFERS = "stock-differs", _("Stock differs from its ledger or from the orders")
    MISSING_SCHEDULE = "missing-schedule", _("Schedule missing, doubled or ended")
    SCHEDULE_DIFFERS = "schedule-differs", _("Schedule that is not as the shop registers it")
    STRAY_SCHEDULE = "stray-schedule", _("Schedule of the shop that it does not register")


@dataclass(frozen=True)
class Finding:
    """One drift. `subject` names the order, line, project or schedule; `mend` puts it right or sets in motion
    what will, and raises NotMended, HubError or an error of the service it calls; None: people have to.
    """

    kind: Kind
    subject: str
    detail: str
    mend: Callable[[], object] | None = None
