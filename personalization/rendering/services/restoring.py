"""Putting right what the doctor finds about a render project."""

from django.db import transaction
from django.utils.translation import gettext as _

from core.audit.actors import Actor
from personalization.hub import OutputFile, get_hub
from personalization.models import PrintFile, RenderProject

from .fetching import artifact_key, fetch_file
from .repair import RepairNotPossible, recreate_project
from .states import Status, move
from .stored_files import is_stored


def restore_files(project: RenderProject) -> None:
    """Fetch the files of a ready project once more, those that the storage has lost, or all if it has none.

    Links to them stay as they are. Raises HubError, RepairNotPossible and PrintFileUnfit.
    """
    if project.status != Status.READY:
        raise RepairNotPossible(_("Only the files of a ready project can be fetched again."))
    kept = {row.artifact_id: row for row in PrintFile.objects.filter(project=project)}
    lost = {key for key, row in kept.items() if not is_stored(row)}
    for number, output in enumerate(_rendered(project), start=1):
        key = artifact_key(output)
        if key in lost or not kept:
            fetch_file(project, None, output, number, replaces=kept.get(key))
            lost.discard(key)
    if lost or not PrintFile.objects.filter(project=project).exists():
        raise RepairNotPossible(_("The Hub does not have the file any more. Bring a manual file."))


def _rendered(project: RenderProject) -> tuple[OutputFile, ...]:
    if project.hub_project_id is None:
        return ()
    return get_hub().processing_results(project.hub_project_id).files


@transaction.atomic
def give_up_missing(project: RenderProject, *, by: Actor) -> RenderProject:
    """Make a new project for a row whose project is gone from the Hub.

    Raises LeaseLost when a worker is at it, and then nothing has changed.
    """
    reason = _("The project no longer exists in the Hub.")
    return recreate_project(move(project.pk, Status.FAILED, lease=None, by=by, reason=reason), by=by)


@transaction.atomic
def note_surplus(project: RenderProject, hub_project_id: int) -> None:
    """Keep in mind that the Hub has one project more for this line."""
    row = RenderProject.objects.select_for_update().get(pk=project.pk)
    if hub_project_id not in row.surplus_hub_projects:
        row.surplus_hub_projects = [*row.surplus_hub_projects, hub_project_id]
        row.save(update_fields=["surplus_hub_projects"])
