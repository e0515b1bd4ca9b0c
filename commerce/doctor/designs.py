"""Designs of which the Hub cannot be told what becomes of them."""

from collections.abc import Iterator
from functools import partial

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from personalization.designs.services.remote_clean_up import CLEAN_UPS
from personalization.designs.services.retention import RETENTIONS
from personalization.models import RemoteCleanUp, RetentionJob

from .findings import Finding, Kind

# By then hours have passed: this is no outage that ends by itself.
ATTEMPTS = 8
STUCK = Q(attempts__gte=ATTEMPTS) | Q(status=RemoteCleanUp.Status.GIVEN_UP)


def untold_designs() -> Iterator[Finding]:
    """One finding for all designs that the Hub should keep, one for all that it should forget."""
    unkept = RetentionJob.objects.filter(STUCK)
    if count := unkept.count():
        detail = ngettext(
            "%(count)s design could not be kept in the Hub for hours.",
            "%(count)s designs could not be kept in the Hub for hours.",
            count,
        )
        yield _finding(detail % {"count": count}, partial(RETENTIONS.make_due, unkept))
    unended = RemoteCleanUp.objects.filter(STUCK)
    if count := unended.count():
        detail = ngettext(
            "%(count)s deleted or expired design could not be removed from the Hub for hours.",
            "%(count)s deleted or expired designs could not be removed from the Hub for hours.",
            count,
        )
        yield _finding(detail % {"count": count}, partial(CLEAN_UPS.make_due, unended))


def _finding(detail: str, mend) -> Finding:
    advice = _(
        "Does the external app have the permission Private assets? Are CCHUB_PRIVATE_DESIGNS_PATH and the "
        "names of the policies right? The log says what the Hub answered."
    )
    return Finding(Kind.DESIGN_NOT_TOLD, _("designs"), f"{detail} {advice}", mend)
