"""What the shop knows of an account."""

from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest


def is_staff(user: AbstractBaseUser) -> bool:
    """Whether somebody may enter the admin at all."""
    return user.has_perm("wagtailadmin.access_admin")


def needs_second_factor(user: AbstractBaseUser) -> bool:
    """Whether this person may enter the admin only after setting up a second factor."""
    return settings.STAFF_SECOND_FACTOR_REQUIRED and is_staff(user) and not is_mfa_enabled(user)


def has_proven_second_factor(request: HttpRequest) -> bool:
    """Whether this session has proven a factor that its account still has."""
    records = get_authentication_records(request, request.user)
    proven = [record.get("id") for record in records if record["method"] == "mfa"]
    return bool(proven) and Authenticator.objects.filter(user=request.user, pk__in=proven).exists()


def owes_second_factor(request: HttpRequest) -> bool:
    """Whether the account has a second factor that this session has not proven."""
    return is_mfa_enabled(request.user) and not has_proven_second_factor(request)


def may_use_admin(request: HttpRequest) -> bool:
    """Whether the admin is open for this session: staff, with every factor that is asked of them."""
    return (
        is_staff(request.user) and not needs_second_factor(request.user) and not owes_second_factor(request)
    )


def unconfirmed_address(user: AbstractBaseUser) -> str:
    """The account's address if it has not been confirmed yet, else an empty string."""
    address = EmailAddress.objects.filter(user=user, verified=False).order_by("-primary").first()
    return address.email if address else ""


def display_name(user: AbstractBaseUser) -> str:
    """How an account is called on pages and in e-mails: by its address; user names are not for shoppers."""
    return user.email or user.get_username()
