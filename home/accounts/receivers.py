"""What follows from what django-allauth tells."""

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.dispatch import receiver


@receiver(authenticator_added, dispatch_uid="accounts.proven_at_once")
def proven_at_once(sender, request, user, authenticator, **kwargs) -> None:
    """Who sets up an app types one of its codes: this session has proven it."""
    if authenticator.type == Authenticator.Type.TOTP:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
