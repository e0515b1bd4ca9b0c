"""What the order desk does to an order apart from moving it: notes, e-mails sent again, manual files."""

from django.core.files.base import File
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from commerce.models import Order, OrderNote, OutgoingEmail
from commerce.services.emails import EMAILS
from core.audit.actors import Actor, name_of
from personalization.models import PrintFile, RenderProject
from personalization.rendering.services import recreate_project, restart_processing
from personalization.rendering.services.manual_files import replace_file


class StillOnItsWay(Exception):
    """The worker is still trying to send the e-mail."""


def add_note(order: Order, *, text: str, by: Actor) -> OrderNote:
    """Write down something about an order, for staff only."""
    return OrderNote.objects.create(order=order, actor=name_of(by), text=text)


def retry(project: RenderProject, *, by: Actor) -> RenderProject:
    """The usual way to mend a failed render: render again what the Hub has, or make it anew there.

    Raises RepairNotPossible or HubUnavailable.
    """
    if project.hub_project_id is None:
        return recreate_project(project, by=by)
    return restart_processing(project, by=by)


def is_over(email: OutgoingEmail) -> bool:
    """Whether the worker is through with an e-mail: it is sent, or was tried too often."""
    return email.status != email.Status.WAITING


@transaction.atomic
def resend_email(email: OutgoingEmail, *, by: Actor) -> None:
    """Let the worker send an e-mail once more, as it would read now. Raises StillOnItsWay."""
    over = OutgoingEmail.objects.filter(pk=email.pk).exclude(status=email.Status.WAITING)
    if not over.update(sent_at=None, resent=F("resent") + 1):
        raise StillOnItsWay
    EMAILS.wake(email.pk)
    text = _("Sent the e-mail “%(kind)s” again.") % {"kind": email.get_kind_display()}
    add_note(Order.objects.get(emails=email), text=text, by=by)


def replace_print_file(
    order: Order,
    project: RenderProject,
    *,
    upload: File[bytes],
    replaces: PrintFile | None,
    reason: str,
    by: Actor,
) -> PrintFile:
    """Take an uploaded print file for a line of the order, and note who brought it and why.

    Raises RepairNotPossible, and then nothing has changed.
    """
    why = _("Manual file: %(reason)s") % {"reason": reason}
    print_file = replace_file(project, upload=upload, replaces=replaces, by=by, why=why)
    values = {"new": print_file.name, "old": replaces.name if replaces else "", "reason": reason}
    text = _("Added the manual print file %(new)s: %(reason)s")
    if replaces:
        text = _("Replaced the print file %(old)s by %(new)s: %(reason)s")
    add_note(order, text=text % values, by=by)
    return print_file
