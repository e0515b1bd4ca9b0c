"""One examination, with or without repair, and the report that is kept of it."""

import logging
from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from personalization.hub import HubError
from personalization.rendering.services import IllegalMove, LeaseLost, RepairNotPossible

from ..models import DoctorReport
from ..services.orders import IllegalStatusChange
from . import designs, hub, orders, schedules, stock, storage
from .findings import Finding, NotMended

logger = logging.getLogger(__name__)

DAYS = 30
REPORTS_KEPT = 60
EXPECTED = (HubError, IllegalMove, IllegalStatusChange, LeaseLost, NotMended, RepairNotPossible)


def examine(*, repair: bool, days: int = DAYS) -> DoctorReport:
    """Look at everything of the last `days`, mend what can be mended if asked to, and keep a report.

    Outside of any transaction: it asks the Hub and the storage. What it mends by setting the pipeline in
    motion is found once more until the worker is through with it.
    """
    started = timezone.now()
    findings, hub_trouble = _findings(started - timedelta(days=days))
    entries = [_entry(finding, repair=repair) for finding in findings]
    report = DoctorReport.objects.create(
        started_at=started,
        finished_at=timezone.now(),
        findings=entries,
        remaining=sum(not entry["mended"] for entry in entries),
        hub_trouble=hub_trouble,
    )
    kept = DoctorReport.objects.order_by("-pk").values_list("pk", flat=True)[:REPORTS_KEPT]
    DoctorReport.objects.exclude(pk__in=list(kept)).delete()
    return report


def _findings(since) -> tuple[list[Finding], str]:
    """All findings, and why the Hub could not be compared; an empty text if it was."""
    found = list(_own(since))
    try:
        return found + list(hub.differences(since)), ""
    except HubError as trouble:
        logger.error("The doctor could not compare with the Hub: %s", trouble)
        return found, str(trouble)


def _own(since) -> Iterator[Finding]:
    yield from schedules.schedule_differences()
    yield from orders.orders_without_project(since)
    yield from orders.stalled_projects(since)
    yield from orders.orders_completed_too_late(since)
    yield from orders.orders_completed_too_early(since)
    yield from orders.missing_emails(since)
    yield from storage.missing_files(since)
    yield from storage.stray_files(since)
    yield from stock.stock_differences(since)
    yield from designs.untold_designs()


def _entry(finding: Finding, *, repair: bool) -> dict:
    mended, why_not = _mend(finding) if repair else (False, "")
    level = logging.WARNING if mended else logging.ERROR
    logger.log(
        level, "%s, %s: %s%s", finding.kind, finding.subject, finding.detail, " Mended." if mended else ""
    )
    return {
        "kind": str(finding.kind),
        "subject": finding.subject,
        "detail": finding.detail,
        "mended": mended,
        "why_not": why_not,
    }


def _mend(finding: Finding) -> tuple[bool, str]:
    if finding.mend is None:
        return False, ""
    try:
        finding.mend()
    except EXPECTED as trouble:
        return False, str(trouble)
    return True, ""
