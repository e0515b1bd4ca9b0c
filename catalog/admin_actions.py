"""What the Wagtail admin says when a publication cannot happen."""

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.log_actions import LogFormatter

from .models import ProductGroupPage
from .models.products import CALLED_OFF
from .skus import SkuTaken, check_skus


def refuse_bulk_publication(request, action_type, objects, action_class_instance):
    """Stops a bulk publication that would give a SKU to two variants, and says which page to look at."""
    if action_type != "publish" or request.method != "POST":
        return None
    for group in _groups(objects, with_descendants="include_descendants" in request.POST):
        try:
            check_skus(group.get_latest_revision_as_object())
        except SkuTaken as clash:
            message = _("Nothing was published. “%(page)s” cannot be: %(reason)s")
            messages.error(request, message % {"page": group.title, "reason": clash.messages[0]})
            return redirect("wagtailadmin_explore", group.get_parent().pk)
    return None


def _groups(pages, *, with_descendants: bool):
    """The product groups that publishing these pages would publish."""
    yield from ProductGroupPage.objects.filter(pk__in=[page.pk for page in pages])
    if with_descendants:
        for page in pages:
            yield from ProductGroupPage.objects.not_live().descendant_of(page)


def register_called_off_publications(actions):
    """Lets a page's history tell why a scheduled publication did not happen."""

    @actions.register_action(CALLED_OFF)
    class CalledOffFormatter(LogFormatter):
        label = gettext_lazy("Call off scheduled publication")

        def format_message(self, log_entry):
            return _("The scheduled publication was called off. %s") % log_entry.data["reason"]
