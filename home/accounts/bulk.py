"""Bulk actions on users keep within the rights of whoever asks for them."""

from django.contrib.auth import get_user_model
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from .rights import rights_of, rights_of_group


def refuse_bulk_action_on_users(request, action_type, objects, action_class_instance):
    """Stops an action on somebody with more rights, or one that gives more; says so on the list of users."""
    if action_class_instance.model is not get_user_model() or request.method != "POST":
        return None
    own = rights_of(request.user)
    beyond = [user for user in objects if not own.cover(rights_of(user))]
    role = action_class_instance.cleaned_form.cleaned_data.get("role")
    if not beyond and (role is None or own.cover(rights_of_group(role))):
        return None
    if beyond:
        message = _("Nothing was changed: %(user)s has rights that you do not have.") % {"user": beyond[0]}
    else:
        message = _("Nothing was changed: you can give others only the rights that you have yourself.")
    messages.error(request, message)
    return redirect("wagtailusers_users:index")
