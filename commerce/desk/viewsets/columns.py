"""Cells of the order desk's lists."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.ui.tables import Column

from commerce.models import Order


class ToneColumn(Column):
    """A status tag in the colour of its tone; the tones are in order-desk.css."""

    cell_template_name = "admin/desk/tone_cell.html"

    def __init__(self, name, *, tone, **kwargs):
        super().__init__(name, **kwargs)
        self.tone = tone

    def get_cell_context_data(self, instance, parent_context):
        return super().get_cell_context_data(instance, parent_context) | {"tone": self.tone(instance)}


class PictureColumn(Column):
    """The design that was to be printed."""

    cell_template_name = "admin/desk/picture_cell.html"


def print_state(order) -> str:
    """How far the print files of an order from `with_print_state` are."""
    if not order.designs:
        return _("None needed")
    if order.status == Order.Status.CANCELLED:
        return _("Given up")
    if order.failed:
        return ngettext("%(n)s failed", "%(n)s failed", order.failed) % {"n": order.failed}
    if order.ready == order.designs:
        return _("Ready")
    return _("%(ready)s of %(all)s ready") % {"ready": order.ready, "all": order.designs}


def warnings_state(order) -> str:
    """How many lines of an order from `with_print_state` were ordered despite warnings; empty for none."""
    return (
        ngettext("%(n)s warned", "%(n)s warned", order.warned) % {"n": order.warned} if order.warned else ""
    )


def print_tone(order) -> str:
    """The tone that goes with `print_state`."""
    if not order.designs or order.status == Order.Status.CANCELLED:
        return "quiet"
    if order.failed:
        return "failed"
    return "completed" if order.ready == order.designs else "processing"
