"""What one worker does for a render project at a time."""

import logging
from datetime import timedelta

from core.outbox import GiveUp, Later
from personalization.hub import (
    HubContractError,
    HubError,
    HubForbidden,
    HubNotAsked,
    HubUnavailable,
)
from personalization.hub.types import ProcessingResults
from personalization.models import RenderJob, RenderProject
from personalization.trouble import later

from .creation import create
from .fetching import fetch
from .leases import RENDERS
from .pauses import before_configuration_look
from .polling import look
from .states import Status, note

logger = logging.getLogger(__name__)

# Of answers that waiting does not mend; an unavailable Hub is waited for without end.
MOST_FAILED_ATTEMPTS = 8


def advance(project_id: int) -> bool:
    """Bring a render project as far as it goes now: create it in the Hub, look at it, fetch its files.
    Whether this call did, and without trouble.

    Safe to call at any time, any number of times, by any number of workers. Trouble with the Hub is noted
    on the project, which is then due again after a pause.
    """
    return RENDERS.run(project_id, _work)


def _work(job: RenderJob) -> timedelta | None:
    try:
        return _take_steps(job)
    except HubError as trouble:
        raise _outcome(job, trouble) from trouble


def _take_steps(job: RenderJob) -> timedelta | None:
    project = RenderProject.objects.select_related("design__owner").get(pk=job.pk)
    if project.status in (Status.WAITING, Status.CREATING):
        return create(project, job.lease)
    found = look(project, job.lease)
    if not isinstance(found, ProcessingResults):
        return found
    # If it has just moved on to fetching, attempts are counted anew.
    job.refresh_from_db(fields=["attempts", "errors"])
    fetch(project, job.lease, found)
    return None


def _outcome(job: RenderJob, trouble: HubError) -> Later | GiveUp:
    project = RenderProject.objects.get(pk=job.pk)
    if isinstance(trouble, HubForbidden):
        return _until_it_is_configured(project, job, trouble)
    if _is_hopeless(project, trouble, job.attempts + 1):
        logger.error("Render project %s is given up: %s", project.line_id, trouble)
        return GiveUp(str(trouble))
    outcome = later(f"Render project {project.line_id} ({project.status})", trouble)
    # Where nothing was asked, nobody knows whether the Hub would let the shop in by now.
    waits = project.waits_for_configuration and isinstance(trouble, HubNotAsked)
    note(project.pk, lease=job.lease, reason=outcome.reason, waits_for_configuration=waits)
    return outcome


def _until_it_is_configured(project: RenderProject, job: RenderJob, refusal: HubForbidden) -> Later:
    """Credentials and permissions are mended by people, not by tries: flagged, and asked again until then."""
    log = logger.warning if project.waits_for_configuration else logger.error
    log("Render project %s waits for the configuration to be mended: %s", project.line_id, refusal)
    note(project.pk, lease=job.lease, reason=str(refusal), waits_for_configuration=True)
    return Later(str(refusal), after=before_configuration_look().total_seconds(), is_attempt=False)


def _is_hopeless(project: RenderProject, trouble: HubError, attempts: int) -> bool:
    """Files that cannot be used stay so, and so does an answer to a creation that nobody understands."""
    if isinstance(trouble, HubUnavailable) or attempts < MOST_FAILED_ATTEMPTS:
        return False
    return project.status == Status.FETCHING or isinstance(trouble, HubContractError)
