"""What the order desk does to several orders, or failed renders, at once."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.views.bulk_action import BulkAction

from commerce.models import Order
from commerce.services.orders import IllegalStatusChange, cancel_order, release_order
from personalization.hub import HubError
from personalization.models import RenderProject
from personalization.rendering.services import RepairNotPossible

from .exports import spreadsheet
from .forms import CancelForm, ExportForm
from .permissions import SEE_ORDERS, WORK_ON_ORDERS
from .services import retry


class DeskAction(BulkAction):
    """An action on each of the selected rows, one transaction for each: what cannot be done is counted, the
    rest is done.

    "All" is not a selection here: it would reach rows that the list's filters had hidden.
    """

    permission = WORK_ON_ORDERS
    template_name = "admin/desk/bulk_confirm.html"
    question = ""
    button = ""

    def check_perm(self, obj):
        return self.request.user.has_perm(self.permission)

    def get_all_objects_in_listing_query(self, parent_id):
        return []

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            header_title=self.display_name, question=self.question, button=self.button, **kwargs
        )

    def form_valid(self, form):
        """Not in one transaction, unlike Wagtail's: some of these ask the Hub."""
        objects, _without_access = self.get_actionable_objects()
        self.carry_out(objects, form.cleaned_data)
        return redirect(self.next_url)

    def carry_out(self, objects: list, values: dict) -> None:
        """Do it, and tell by messages what came of it."""
        raise NotImplementedError

    def tell(self, done: int, not_done: int, text: str) -> None:
        """Say how many rows it was done to, and how many it could not be done to."""
        if done:
            messages.success(self.request, text)
        if not_done:
            left = ngettext(
                "%(n)s was left as it is, because its status does not allow this.",
                "%(n)s were left as they are, because their status does not allow this.",
                not_done,
            )
            messages.warning(self.request, left % {"n": not_done})


class RetryFailed(DeskAction):
    """Renders again whatever failed."""

    display_name = _("Retry failed")
    action_type = "retry"
    aria_label = _("Retry the failed print files of the selected rows")
    action_priority = 10
    models = [Order, RenderProject]
    question = _("Let the Hub render their failed print files again?")
    button = _("Yes, retry")

    def carry_out(self, objects, values):
        projects = _failed_projects(objects)
        done, refused = 0, []
        for project in projects:
            try:
                retry(project, by=self.request.user)
                done += 1
            except RepairNotPossible as obstacle:
                refused.append(f"{project}: {obstacle.message}")
            except HubError:
                # The others would have to wait for it just as long.
                messages.error(
                    self.request,
                    _t("The Hub does not answer properly now. Try the rest again in a few minutes."),
                )
                break
        text = ngettext(
            "%(n)s print file is on its way again.", "%(n)s print files are on their way again.", done
        )
        self.tell(done, 0, text % {"n": done})
        for sentence in refused:
            messages.warning(self.request, sentence)
        if not projects:
            messages.info(self.request, _t("None of them has a failed print file."))


class Release(DeskAction):
    """Ends the hold."""

    display_name = _("Release")
    action_type = "release"
    aria_label = _("Release the selected orders for production")
    action_priority = 20
    models = [Order]
    question = _("End their hold and begin with their print files?")
    button = _("Yes, release")

    def carry_out(self, objects, values):
        done = sum(_works(release_order, order, by=self.request.user) for order in objects)
        text = ngettext("%(n)s order is released.", "%(n)s orders are released.", done) % {"n": done}
        self.tell(done, len(objects) - done, text)


class Export(DeskAction):
    """A spreadsheet of the lines."""

    display_name = _("Export")
    action_type = "export"
    aria_label = _("Export the lines of the selected orders")
    action_priority = 30
    models = [Order]
    permission = SEE_ORDERS
    form_class = ExportForm
    question = _("Download a spreadsheet with one row for each of their lines.")
    button = _("Download")

    def form_valid(self, form):
        objects, _without_access = self.get_actionable_objects()
        orders = Order.objects.filter(pk__in=[order.pk for order in objects])
        return spreadsheet(orders, form.cleaned_data["file_format"])


class Cancel(DeskAction):
    """Cancels the orders, one by one."""

    display_name = _("Cancel")
    action_type = "cancel"
    aria_label = _("Cancel the selected orders")
    action_priority = 40
    classes = {"serious"}
    models = [Order]
    form_class = CancelForm
    question = _("Cancel these orders? Their shoppers get an e-mail. This cannot be taken back.")
    button = _("Yes, cancel them")

    def carry_out(self, objects, values):
        by, reason = self.request.user, values["reason"]
        done = sum(_works(cancel_order, order=order, by=by, reason=reason) for order in objects)
        text = ngettext("%(n)s order is cancelled.", "%(n)s orders are cancelled.", done) % {"n": done}
        self.tell(done, len(objects) - done, text)


def _works(change, *args, **kwargs) -> bool:
    try:
        change(*args, **kwargs)
    except IllegalStatusChange:
        return False
    return True


def _failed_projects(objects: list) -> list[RenderProject]:
    failed = RenderProject.objects.filter(status=RenderProject.Status.FAILED)
    if objects and isinstance(objects[0], Order):
        return list(failed.filter(order_item__order__in=objects).order_by("pk"))
    return list(failed.filter(pk__in=[project.pk for project in objects]).order_by("pk"))
