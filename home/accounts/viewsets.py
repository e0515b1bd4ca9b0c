"""Users and groups in the admin: nobody gives rights, or takes over an account, beyond their own rights."""

from django.core.exceptions import PermissionDenied
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.users.views import groups, users

from core.addresses import validate_address

from .rights import groups_within, rights_of, rights_of_group


class BeyondOwnRights(Exception):
    """What was to be saved gives rights that the person who saves it lacks."""


class WithinOwnRights:
    """For views that change a user or a group: all rights that it has before, and after, are one's own."""

    def dispatch(self, request, *args, **kwargs):
        if "pk" in self.kwargs and not self.own_rights.cover(self.rights_of(self.get_object())):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def own_rights(self):
        """As they were when the request came: somebody may be changing their own."""
        return rights_of(self.request.user)


class GivesWithinOwnRights(WithinOwnRights):
    """For views with a form."""

    def post(self, request, *args, **kwargs):
        self.own_rights  # noqa: B018 - before anything is saved
        try:
            return super().post(request, *args, **kwargs)
        except BeyondOwnRights:
            if "pk" not in self.kwargs:
                self.form.instance.pk = None
            self.form.add_error(None, _("You can give others only the rights that you have yourself."))
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(self.form)

    def save_instance(self):
        """Inside the transaction that is taken back when this raises."""
        instance = self.save_rights()
        if not self.own_rights.cover(self.rights_of(instance)):
            raise BeyondOwnRights
        return instance


class _OfUser:
    def rights_of(self, instance):
        return rights_of(instance)

    def get_form(self, *args, **kwargs):
        form = super().get_form(*args, **kwargs)
        if "email" not in form.fields:
            # Wagtail asks before it deletes with a form of no fields.
            return form
        form.fields["email"].validators = [*form.fields["email"].validators, validate_address]
        if not self.own_rights.everything:
            form.fields.pop("is_superuser", None)
            within = [group.pk for group in groups_within(self.own_rights)]
            form.fields["groups"].queryset = form.fields["groups"].queryset.filter(pk__in=within)
        if "is_superuser" in form.fields:
            # Wagtail's own word, Administrator, is too near to the group Administrators.
            form.fields["is_superuser"].label = _("Superuser")
            form.fields["is_superuser"].help_text = _(
                "May do everything, whatever groups are ticked, and make others superusers. Members of the "
                "group Administrators do not need it."
            )
        return form

    def save_rights(self):
        return super().save_instance()


class _OfGroup:
    def rights_of(self, instance):
        return rights_of_group(instance)

    def get_form(self, *args, **kwargs):
        form = super().get_form(*args, **kwargs)
        if not self.own_rights.everything and "permissions" in form.fields:
            permissions = form.fields["permissions"]
            permissions.queryset = permissions.queryset.filter(pk__in=self.own_rights.models)
        return form

    def save_rights(self):
        group = super().save_instance()
        for panel in self.permission_panel_forms:
            panel.save()
        return group


class CreateUser(GivesWithinOwnRights, _OfUser, users.CreateView):
    pass


class EditUser(GivesWithinOwnRights, _OfUser, users.EditView):
    pass


class DeleteUser(WithinOwnRights, _OfUser, users.DeleteView):
    pass


class UserViewSet(users.UserViewSet):
    add_view_class = CreateUser
    edit_view_class = EditUser
    delete_view_class = DeleteUser


class CreateGroup(GivesWithinOwnRights, _OfGroup, groups.CreateView):
    pass


class EditGroup(GivesWithinOwnRights, _OfGroup, groups.EditView):
    pass


class DeleteGroup(WithinOwnRights, _OfGroup, groups.DeleteView):
    pass


class GroupViewSet(groups.GroupViewSet):
    add_view_class = CreateGroup
    edit_view_class = EditGroup
    delete_view_class = DeleteGroup
