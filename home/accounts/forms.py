"""The forms of django-allauth in the shop's words: labels instead of placeholders."""

from allauth.account import forms
from django.forms import EmailField
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.addresses import normal_form, validate_address


class Plain:
    """A form whose fields are named by their labels; what is typed hides nothing."""

    labels: dict[str, str] = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            if isinstance(field, EmailField):
                # Before django-allauth makes lower case of what only looks like a letter.
                field.validators = [*field.validators, validate_address]
        if "password1" in self.fields:
            self.fields["password1"].help_text = _("At least 8 characters, and not easy to guess.")


class LoginForm(Plain, forms.LoginForm):
    labels = {"login": _("Email"), "password": _("Password"), "remember": _("Stay logged in on this device")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autocapitalize": "none"}
        self.fields["password"].help_text = ""
        if self._leads_to_the_admin():
            self.fields["login"].label = _("Email or username")

    def clean_login(self) -> str:
        login = super().clean_login()
        return normal_form(login) if "@" in login else login

    def _leads_to_the_admin(self) -> bool:
        if self.request is None:
            return False
        address = self.request.POST.get("next") or self.request.GET.get("next", "")
        return address.startswith(reverse("wagtailadmin_home"))


class SignupForm(Plain, forms.SignupForm):
    labels = {"email": _("Email"), "password1": _("Password")}


class ResetPasswordForm(Plain, forms.ResetPasswordForm):
    labels = {"email": _("Email")}

    def clean_email(self) -> str:
        """Mail goes to the address as the account has it, not as it was typed."""
        return normal_form(super().clean_email())


class ResetPasswordKeyForm(Plain, forms.ResetPasswordKeyForm):
    labels = {"password1": _("New password"), "password2": _("New password once more")}


class ChangePasswordForm(Plain, forms.ChangePasswordForm):
    labels = {
        "oldpassword": _("Your password now"),
        "password1": _("New password"),
        "password2": _("New password once more"),
    }


class SetPasswordForm(Plain, forms.SetPasswordForm):
    labels = {"password1": _("Password"), "password2": _("Password once more")}


class AddEmailForm(Plain, forms.AddEmailForm):
    labels = {"email": _("New email address")}


class ReauthenticateForm(Plain, forms.ReauthenticateForm):
    labels = {"password": _("Password")}
