"""What the shop knows of an account."""

from allauth.account.models import EmailAddress
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser


def needs_second_factor(user: AbstractBaseUser) -> bool:
    """Whether this person may enter the admin only after setting up a second factor."""
    if not settings.STAFF_SECOND_FACTOR_REQUIRED or not user.has_perm("wagtailadmin.access_admin"):
        return False
    return not is_mfa_enabled(user)


def unconfirmed_address(user: AbstractBaseUser) -> str:
    """The account's address if it has not been confirmed yet, else an empty string."""
    address = EmailAddress.objects.filter(user=user, verified=False).order_by("-primary").first()
    return address.email if address else ""


def display_name(user: AbstractBaseUser) -> str:
    """How an account is called on pages and in e-mails: by its address; user names are not for shoppers."""
    return user.email or user.get_username()
