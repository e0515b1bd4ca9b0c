"""What the site as a whole registers in the Wagtail admin."""

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views.account import AvatarSettingsPanel

from .accounts.bulk import refuse_bulk_action_on_users
from .admin_actions import (
    refuse_bulk_move_to_address_of_the_shop,
    refuse_bulk_publication,
    refuse_move_to_address_of_the_shop,
    register_called_off_publications,
)
from .forms.pictures import AvatarForm
from .panels import PicturesTile
from .small_pictures import tell_of_small_pictures

hooks.register("before_bulk_action", refuse_bulk_action_on_users)
hooks.register("before_move_page", refuse_move_to_address_of_the_shop)
hooks.register("before_bulk_action", refuse_bulk_move_to_address_of_the_shop)
hooks.register("before_bulk_action", refuse_bulk_publication)
hooks.register("register_log_actions", register_called_off_publications)
hooks.register("after_create_page", tell_of_small_pictures)
hooks.register("after_edit_page", tell_of_small_pictures)
# Wagtail has a hook for more panels, and neither hook nor setting for the form of its own.
AvatarSettingsPanel.form_class = AvatarForm


@hooks.register("construct_homepage_panels")
def pictures_tile(request, panels):
    panels.append(PicturesTile())


@hooks.register("insert_global_admin_css")
def admin_colours():
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


@hooks.register("insert_editor_js")
def saves_in_turn():
    return format_html('<script src="{}"></script>', static("js/admin/save-in-turn.js"))


def _account_page(name: str, label: str, help_text: str):
    def item(request):
        return {"url": reverse(name), "label": label, "help_text": help_text}

    hooks.register("register_account_menu_item", item)


_account_page("account_change_password", _("Password"), _("Choose a new password."))
_account_page("account_email", _("Email address"), _("Change the address that you log in with."))
_account_page("mfa_index", _("Second factor"), _("Set up or change your authenticator app."))
