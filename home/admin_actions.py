"""What the admin says when pages cannot be moved or published as an editor wants it."""

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.log_actions import LogFormatter
from wagtail.models import Page

from .publishing import CALLED_OFF, Unpublishable
from .shop_addresses import is_the_shops


def refuse_move_to_address_of_the_shop(request, page, destination):
    """Stops a move to where the shop answers itself."""
    if is_the_shops(page.slug, destination):
        _say(request, page)
        return redirect("wagtailadmin_pages:move", page.pk)
    return None


def refuse_bulk_move_to_address_of_the_shop(request, action_type, objects, action_class_instance):
    """As for one page; of several, none is moved."""
    if action_type != "move" or request.method != "POST":
        return None
    destination = action_class_instance.cleaned_form.cleaned_data["chooser"]
    for page in objects:
        if is_the_shops(page.slug, destination):
            _say(request, page)
            return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


def _say(request, page):
    message = _(
        "Nothing was moved. “%(page)s” has the slug “%(slug)s”, and the shop itself uses that address there. "
        "Change the slug first."
    )
    messages.error(request, message % {"page": page.get_admin_display_title(), "slug": page.slug})


def refuse_bulk_publication(request, action_type, objects, action_class_instance):
    """Stops a publication of several pages of which one cannot go live, and says which."""
    if action_type != "publish" or request.method != "POST":
        return None
    for page in _to_be_published(objects, with_descendants="include_descendants" in request.POST):
        try:
            page.check_publication(page.get_latest_revision_as_object())
        except Unpublishable as trouble:
            message = _("Nothing was published. “%(page)s” cannot be: %(reason)s")
            messages.error(request, message % {"page": page.title, "reason": trouble.messages[0]})
            return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


def _to_be_published(pages, *, with_descendants: bool):
    every = Page.objects.filter(pk__in=[page.pk for page in pages])
    if with_descendants:
        for page in pages:
            every |= Page.objects.not_live().descendant_of(page)
    return (page for page in every.specific() if hasattr(page, "check_publication"))


def register_called_off_publications(actions):
    """Lets a page's history tell why a scheduled publication did not happen."""

    @actions.register_action(CALLED_OFF)
    class CalledOffFormatter(LogFormatter):
        label = gettext_lazy("Call off scheduled publication")

        def format_message(self, log_entry):
            return _("The scheduled publication was called off. %s") % log_entry.data["reason"]
