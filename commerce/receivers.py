"""What the shop does when it hears from the rooms below, and when somebody logs in or out."""

import logging

from allauth.account.signals import email_confirmed
from django.contrib import messages
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.utils.translation import ngettext

from personalization.models import RenderProject
from personalization.shoppers.services.visitors import forget_visitor, visitor_of
from personalization.signals import render_project_finished

from .services.account_merge import join_guest_orders, merge_into_account
from .services.emails import tell_desk_of_failure
from .services.orders import complete_when_ready

logger = logging.getLogger(__name__)


@receiver(render_project_finished, dispatch_uid="commerce.follow_project")
def follow_project(sender, project: RenderProject, **kwargs) -> None:
    """Runs inside the transaction that finished the project: both become true together."""
    if project.status == RenderProject.Status.FAILED:
        tell_desk_of_failure(project)
        return
    complete_when_ready(project.order_id)


@receiver(user_logged_in, dispatch_uid="commerce.bring_along")
def bring_along(sender, request, user, **kwargs) -> None:
    """What the visitor has is merged into the account. A sign-up logs in too, so this is the only place."""
    visitor = visitor_of(request)
    if visitor is None:
        return
    try:
        merge_into_account(visitor=visitor, account=user)
    except Exception:
        # Never in the way of a login: the visitor keeps the cookie, and the next login tries again.
        logger.exception("The visitor's cart and designs could not be merged into the account")
        return
    forget_visitor(request)


@receiver(user_logged_out, dispatch_uid="commerce.leave_nothing")
def leave_nothing(sender, request, **kwargs) -> None:
    """On a shared computer the next person begins as a new visitor."""
    forget_visitor(request)


@receiver(email_confirmed, dispatch_uid="commerce.find_guest_orders")
def find_guest_orders(sender, request, email_address, **kwargs) -> None:
    """Orders placed without an account join it once its owner, logged in, has proven to read that address."""
    if request.user != email_address.user:
        return
    joined = join_guest_orders(email=email_address.email, account=email_address.user)
    if joined:
        text = ngettext(
            "One order that you placed as a guest is in your account now.",
            "%(count)s orders that you placed as a guest are in your account now.",
            joined,
        )
        messages.success(request, text % {"count": joined})
