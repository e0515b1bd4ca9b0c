"""Private designs in the Hub that the shop needs no more: deleted there, or left to the Hub's clean-up.

A shopper never waits for that: what is to be done is a row, and the worker keeps asking until the Hub has
followed.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django_q.tasks import async_task

from personalization.hub import (
    HubContractError,
    HubError,
    HubNotAsked,
    HubNotFound,
    HubRejected,
    get_hub,
)
from personalization.models import Design, DesignLeftover
from personalization.shoppers.services.account_merge import hub_owner_id

logger = logging.getLogger(__name__)

FINISH = "personalization.tasks.finish_leftover"
Ending = DesignLeftover.Ending
# Longer than the queue lets any task run: a lease that has run out belongs to a worker that is gone.
LEASE = timedelta(seconds=150)
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
MOST_WAKE_UPS = 50


def leave_behind(design: Design, *, ending: str) -> DesignLeftover | None:
    """Note what becomes of the private designs of a design that has just been deleted; None when other
    designs of the owner use all of them.

    Called inside the transaction that deletes it.
    """
    needed = _needed_states(design)
    states = [state for state in design.state_ids if state not in needed]
    if not states:
        return None
    leftover = DesignLeftover.objects.create(
        owner=design.owner,
        made_as=design.made_as,
        state_ids=states,
        ending=ending,
        due_at=timezone.now(),
    )
    transaction.on_commit(lambda: async_task(FINISH, leftover.pk), robust=True)
    return leftover


def finish_leftover(leftover_id: int) -> bool:
    """Let the Hub delete or let go, if that is due; whether nothing is left to do.

    Safe to call at any time, any number of times, by any number of workers. What the Hub does not know is
    done already. Trouble is noted on the row, which is due again after a pause; a call that was not made,
    because the Hub is left alone, is no attempt.
    """
    lease = timezone.now() + LEASE
    due = DesignLeftover.objects.filter(pk=leftover_id, due_at__lte=timezone.now())
    if not due.update(due_at=lease):
        return not DesignLeftover.objects.filter(pk=leftover_id).exists()
    leftover = DesignLeftover.objects.select_related("owner").get(pk=leftover_id)
    try:
        _ask_hub(leftover)
    except HubError as trouble:
        _postpone(leftover, trouble, lease)
        return False
    DesignLeftover.objects.filter(pk=leftover_id, due_at=lease).delete()
    return True


def wake_due_leftovers() -> None:
    """For the sweep: what the queue has lost, and what has to be tried again."""
    due = DesignLeftover.objects.filter(due_at__lte=timezone.now()).order_by("due_at")
    for leftover_id in due.values_list("pk", flat=True)[:MOST_WAKE_UPS]:
        async_task(FINISH, leftover_id)


def pause_before_attempt(attempts: int, trouble: HubError) -> timedelta:
    """Doubling with every failed attempt, and at least what the Hub asks for."""
    asked = timedelta(seconds=getattr(trouble, "retry_after", None) or 0)
    if isinstance(trouble, HubNotAsked):
        return asked
    return max(min(FIRST_PAUSE * 2 ** min(attempts, 10), LONGEST_PAUSE), asked)


def log_trouble(what: str, trouble: HubError) -> None:
    """A warning for what passes by itself, an error for what somebody has to look at."""
    needs_somebody = isinstance(trouble, HubRejected | HubContractError)
    logger.log(logging.ERROR if needs_somebody else logging.WARNING, "%s has to wait: %s", what, trouble)


def _ask_hub(leftover: DesignLeftover) -> None:
    # Somebody may have saved over one of them in the meantime.
    needed = _needed_states(leftover)
    states = [state for state in leftover.state_ids if state not in needed]
    if not states:
        return
    hub, owner_id = get_hub(), hub_owner_id(leftover)
    end = hub.delete_private_design if leftover.ending == Ending.DELETE else hub.let_private_design_go
    for state in states:
        try:
            end(state, owner_id=owner_id)
        except HubNotFound:
            continue


def _needed_states(item: Design | DesignLeftover) -> set[str]:
    others = Design.objects.filter(owner_id=item.owner_id).values_list("state_ids", flat=True)
    return {state for states in others for state in states}


def _postpone(leftover: DesignLeftover, trouble: HubError, lease: datetime) -> None:
    log_trouble(f"Leftover {leftover.pk}", trouble)
    DesignLeftover.objects.filter(pk=leftover.pk, due_at=lease).update(
        attempts=leftover.attempts + (0 if isinstance(trouble, HubNotAsked) else 1),
        due_at=timezone.now() + pause_before_attempt(leftover.attempts, trouble),
        reason=str(trouble),
    )
