"""Who may work at a render project now."""

from django.db.models import Q

from core.outbox import Outbox
from personalization.models import RenderJob

from .states import Status, move

ADVANCE = "personalization.tasks.advance_render_project"


class RenderOutbox(Outbox[RenderJob]):
    """Ends a project that cannot be worked at, so that staff see it among the failed ones."""

    def give_up(self, row: RenderJob, reason: str) -> None:
        move(row.pk, Status.FAILED, lease=row.lease, reason=reason)


RENDERS = RenderOutbox(RenderJob, task=ADVANCE)


def claim(project_id: int) -> RenderJob | None:
    """Take the lease of an open project; None when another worker has it, it is finished, or it may not be
    tried yet.

    A project that is about to be created keeps its pause: if an earlier attempt has an unknown outcome, the
    Hub's list needs that time to show what came of it. The others may be looked at early, because a hint
    came.
    """
    return RENDERS.claim(project_id, early=Q(project__status__in=[Status.RENDERING, Status.FETCHING]))
