"""Whether a draft may be published: what the form lets wait is asked for wherever no form is looked at."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modelcluster.models import get_all_child_relations
from wagtail.log_actions import log
from wagtail.models import Page

SCHEDULED = "wagtail.publish.scheduled"
# The name under which histories have it.
CALLED_OFF = "catalog.publication_called_off"


class Unpublishable(ValidationError):
    """A draft cannot go live as it is."""

    # What to do about it.
    advice = gettext_lazy("Nothing is lost: put it right, then try again.")


def check_complete(draft: Page) -> None:
    """Raises Unpublishable with the first thing that the form would refuse to publish."""
    _check(draft, _("the page"), exclude=[])
    for relation in get_all_child_relations(type(draft)):
        if relation.related_model.__module__.startswith("wagtail."):
            continue
        for number, row in enumerate(getattr(draft, relation.get_accessor_name()).all(), start=1):
            _check(row, f"{row._meta.verbose_name} {number}", exclude=[relation.field.name])


def call_off(page: Page, revision, *, reason: str) -> None:
    """Takes back scheduled publications of a page; its history says why."""
    page.revisions.update(approved_go_live_at=None)
    log(page, CALLED_OFF, revision=revision, data={"reason": reason})


def _check(thing: Model, name: str, *, exclude: list[str]) -> None:
    try:
        thing.full_clean(exclude=exclude, validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        if field == NON_FIELD_ERRORS:
            raise Unpublishable(f"{name}: {messages[0]}") from error
        label = thing._meta.get_field(field).verbose_name
        raise Unpublishable(
            _("%(thing)s, field “%(field)s”: %(message)s")
            % {"thing": name, "field": label, "message": messages[0]}
        ) from error
