"""What the admin says when a page cannot go where an editor wants it."""

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

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
