"""What one worker does for a render project at a time."""

import logging
import uuid

from django.utils import timezone

from core.outbox import LeaseLost
from core.outbox.leases import release, renewed
from core.outbox.outcomes import words_for
from personalization.hub import (
    HubContractError,
    HubError,
    HubForbidden,
    HubNotAsked,
    HubUnavailable,
)
from personalization.models import RenderJob, RenderProject

from .creation import create
from .fetching import fetch
from .leases import RENDERS, claim
from .pauses import before_configuration_look, before_retry
from .polling import look
from .states import Status, move, note

logger = logging.getLogger(__name__)

# Of answers that waiting does not mend; an unavailable Hub is waited for without end.
MOST_FAILED_ATTEMPTS = 8


def advance(project_id: int) -> RenderProject | None:
    """Bring a render project as far as it goes now: create it in the Hub, look at it, fetch its files.

    Safe to call at any time, any number of times, by any number of workers. Trouble with the Hub is noted
    on the row, which is then due again after a pause. None when there was nothing to do for this worker.
    """
    job = claim(project_id)
    if job is None or job.lease is None:
        return None
    with renewed(job):
        try:
            return _take_steps(project_id, job.lease)
        except LeaseLost:
            logger.warning("Render project %s was taken over by another worker", project_id)
            return None
        finally:
            release(job)


def _take_steps(project_id: int, lease: uuid.UUID) -> RenderProject:
    project = RenderProject.objects.select_related("design__owner").get(pk=project_id)
    try:
        if project.status in (Status.WAITING, Status.CREATING):
            return create(project, lease)
        project, results = look(project, lease)
        return fetch(project, lease, results) if results else project
    except HubForbidden as refusal:
        return _wait_for_configuration(project_id, lease, refusal)
    except HubError as trouble:
        return _postpone(project_id, lease, trouble)
    except LeaseLost:
        raise
    except Exception as error:
        return _take_in(project_id, lease, error)


def _take_in(project_id: int, lease: uuid.UUID, error: Exception) -> RenderProject:
    """A defect of ours, or an answer of the Hub that nobody foresaw: tried a few times more, then failed."""
    note(project_id, lease=lease, reason=words_for(error))
    RENDERS.take_in(RenderJob.objects.get(pk=project_id), error)
    return RenderProject.objects.get(pk=project_id)


def _wait_for_configuration(project_id: int, lease: uuid.UUID, refusal: HubForbidden) -> RenderProject:
    """Credentials and permissions are mended by people, not by tries: flagged, and asked again until then."""
    project = RenderProject.objects.get(pk=project_id)
    log = logger.warning if project.waits_for_configuration else logger.error
    log("Render project %s waits for the configuration to be mended: %s", project.line_id, refusal)
    note(
        project_id,
        lease=lease,
        waits_for_configuration=True,
        reason=str(refusal),
        due_at=timezone.now() + before_configuration_look(),
    )
    project.refresh_from_db()
    return project


def _postpone(project_id: int, lease: uuid.UUID, trouble: HubError) -> RenderProject:
    project = RenderProject.objects.get(pk=project_id)
    if isinstance(trouble, HubNotAsked):
        return _wait_for_hub(project, lease, trouble)
    attempts = project.job.attempts + 1
    log = logger.warning if isinstance(trouble, HubUnavailable) else logger.error
    log(
        "Render project %s has to wait (%s, attempt %s): %s",
        project.line_id,
        project.status,
        attempts,
        trouble,
    )
    if _is_hopeless(project, trouble, attempts):
        return move(project_id, Status.FAILED, lease=lease, reason=str(trouble))
    return _pause(project_id, lease, reason=str(trouble), retry_after=getattr(trouble, "retry_after", None))


def _wait_for_hub(project: RenderProject, lease: uuid.UUID, trouble: HubNotAsked) -> RenderProject:
    """Nothing was asked, so this is no attempt, and the pause does not grow."""
    pause = before_retry(1, retry_after=trouble.retry_after)
    note(project.pk, lease=lease, reason=str(trouble), due_at=timezone.now() + pause)
    project.refresh_from_db()
    return project


def _is_hopeless(project: RenderProject, trouble: HubError, attempts: int) -> bool:
    """Files that cannot be used stay so, and so does an answer to a creation that nobody understands."""
    if isinstance(trouble, HubUnavailable) or attempts < MOST_FAILED_ATTEMPTS:
        return False
    return project.status == Status.FETCHING or isinstance(trouble, HubContractError)


def _pause(
    project_id: int, lease: uuid.UUID, *, reason: str, retry_after: float | None = None
) -> RenderProject:
    project = RenderProject.objects.get(pk=project_id)
    attempts = project.job.attempts + 1
    note(
        project_id,
        lease=lease,
        attempts=attempts,
        reason=reason,
        waits_for_configuration=False,
        due_at=timezone.now() + before_retry(attempts, retry_after=retry_after),
    )
    project.refresh_from_db()
    return project
