"""What follows from what django-allauth tells."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.contrib.auth import get_user_model
from django.db.models.signals import pre_save
from django.dispatch import receiver

from core.addresses import normal_form


@receiver(authenticator_added, dispatch_uid="accounts.proven_at_once")
def proven_at_once(sender, request, user, authenticator, **kwargs) -> None:
    """Who sets up an app types one of its codes: this session has proven it."""
    if authenticator.type == Authenticator.Type.TOTP:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)


@receiver(pre_save, sender=EmailAddress, dispatch_uid="accounts.normal_address")
@receiver(pre_save, sender=get_user_model(), dispatch_uid="accounts.normal_address_of_user")
def keep_normal_form(sender, instance, **kwargs) -> None:
    """Accounts are looked up by their address, exactly, whoever wrote it: a form, the admin, a command."""
    instance.email = normal_form(instance.email)
