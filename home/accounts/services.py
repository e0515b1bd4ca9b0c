"""What is done to accounts."""

from allauth.account.models import EmailAddress
from django.db import transaction

from .selectors import is_staff


@transaction.atomic
def refuse_address(*, address: EmailAddress) -> bool:
    """The owner of an address says that somebody else used it; whether the account went with it.

    An account without any confirmed address goes. Otherwise, and of staff, the address alone goes.
    """
    user = address.user
    stays = is_staff(user) or EmailAddress.objects.filter(user=user, verified=True).exists()
    address.remove()
    if not stays:
        user.delete()
    return not stays
