"""Keeps what comparisons with the Hub have found, for the report and the tile in the admin."""

import logging

from django.db import transaction
from django.utils import timezone

from catalog.mapping.selectors.mapping_check import Found, ProductCheck, check_product
from catalog.models import MappingCheck, MappingIssue, ProductGroupPage
from personalization.hub import HubError, HubUnavailable, get_hub

logger = logging.getLogger(__name__)

DETAIL_LENGTH = MappingIssue._meta.get_field("detail").max_length


def check_page(page_id: int) -> None:
    """Compares a live page with the Hub and keeps the outcome. Raises HubError and then keeps what was."""
    group = ProductGroupPage.objects.live().filter(pk=page_id, alias_of=None).first()
    check = check_product(group, hub=get_hub()) if group else None
    if check is None:
        MappingCheck.objects.filter(page_id=page_id).delete()
    else:
        keep_check(group, check)


def check_all_pages() -> int:
    """Compares every live personalized page; returns how many. Ends early when the Hub goes away.

    A page that the Hub refuses to talk about does not keep the others from being checked.
    """
    live = ProductGroupPage.objects.live().filter(alias_of=None).exclude(personalization=[])
    page_ids = list(live.order_by("mapping_check__checked_at", "pk").values_list("pk", flat=True))
    MappingCheck.objects.exclude(page_id__in=page_ids).delete()
    checked = 0
    for page_id in page_ids:
        try:
            check_page(page_id)
        except HubError as trouble:
            logger.warning("The product page %s could not be compared with the Hub: %s", page_id, trouble)
            if isinstance(trouble, HubUnavailable):
                break
            continue
        checked += 1
    return checked


@transaction.atomic
def keep_check(group: ProductGroupPage, check: ProductCheck) -> MappingCheck:
    """Replaces what was known of the page; a difference that is still there keeps its first date."""
    kept, _created = MappingCheck.objects.update_or_create(
        page=group, defaults={"reference": check.known_as, "checked_at": timezone.now()}
    )
    found = {(finding.kind.value, finding.sku): finding for finding in check.findings}
    known = {(issue.kind, issue.sku): issue for issue in kept.issues.all()}
    kept.issues.filter(pk__in=[issue.pk for key, issue in known.items() if key not in found]).delete()
    for key, finding in found.items():
        _keep_issue(kept, known.get(key), finding)
    return kept


def _keep_issue(kept: MappingCheck, known: MappingIssue | None, finding: Found) -> None:
    issue = known or MappingIssue(check_run=kept, kind=finding.kind, sku=finding.sku)
    issue.detail = finding.detail[:DETAIL_LENGTH]
    issue.save()
