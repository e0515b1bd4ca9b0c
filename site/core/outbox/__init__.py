"""Work that must happen, whatever crashes: a row says what is due, the queue is only a wake-up call.

A model of such rows is an `OutboxRow`. Whoever works at one claims it by a lease, which is short and renewed
by the process that works, so that the row of a killed worker goes on within a minute. A loop is an `Outbox`:

    MERGES = Outbox(AccountMerge, task="personalization.tasks.merge_account")

    def finish_merge(merge_id: int) -> None:
        MERGES.run(merge_id, _ask_hub)

What `_ask_hub` returns or raises says how the row goes on: nothing (done), a pause (again after it), `Later`
(trouble that passes) or `GiveUp` (trouble that does not). Any other exception is a defect: the row is tried a
few times more, then given up with the exception's class as its reason.
"""

from .outcomes import GiveUp, Later, LeaseLost
from .service import Outbox

__all__ = ["GiveUp", "Later", "LeaseLost", "Outbox"]
