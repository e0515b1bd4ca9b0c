"""Buttons of the order desk. Each does one thing, says what came of it and goes back to the order."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from commerce.desk.forms import CancelForm, NoteForm
from commerce.desk.permissions import WORK_ON_ORDERS, needs
from commerce.desk.services import StillOnItsWay, add_note, resend_email
from commerce.models import Order
from commerce.services.emails import NoProblem, tell_shopper_of_problem
from commerce.services.orders import (
    IllegalStatusChange,
    cancel_order,
    may_cancel,
    release_all_held,
    release_order,
)
from personalization.hub import HubError
from personalization.rendering.services import (
    RepairNotPossible,
    recreate_project,
    restart_processing,
    resume_processing,
)

from .pages import back_to, button, desk_page, order_or_404, project_or_404

REPAIRS = {
    "restart": restart_processing,
    "resume": resume_processing,
    "recreate": recreate_project,
}


@button
@needs(WORK_ON_ORDERS)
def repair(request: HttpRequest, pk: int, project_pk: int, repair: str) -> HttpResponse:
    """Restart, resume or recreate a failed render project."""
    if repair not in REPAIRS:
        raise Http404
    project = project_or_404(pk, project_pk)
    try:
        REPAIRS[repair](project, by=request.user)
    except RepairNotPossible as obstacle:
        messages.error(request, obstacle.message)
    except HubError:
        messages.error(
            request,
            _("The Hub does not answer properly now. Try again in a few minutes."),
        )
    else:
        messages.success(
            request, _("%(line)s is on its way again. This page shows how far it is.") % {"line": project}
        )
    return back_to(project.order_item.order)


@button
@needs(WORK_ON_ORDERS)
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Write an internal note."""
    order = order_or_404(pk)
    form = NoteForm(request.POST)
    if form.is_valid():
        add_note(order, text=form.cleaned_data["text"], by=request.user)
        messages.success(request, _("The note is saved. Only staff can read it."))
    else:
        messages.error(request, _("The note was not saved: write something, up to 2,000 characters."))
    return back_to(order)


@button
@needs(WORK_ON_ORDERS)
def send_again(request: HttpRequest, pk: int, email_pk: int) -> HttpResponse:
    """Send one of the order's e-mails once more."""
    order = order_or_404(pk)
    email = get_object_or_404(order.emails.all(), pk=email_pk)
    try:
        resend_email(email, by=request.user)
    except StillOnItsWay:
        messages.warning(request, _("This e-mail has not been sent yet; the worker is still trying."))
    else:
        messages.success(request, _("The e-mail goes out again within a minute."))
    return back_to(order)


@button
@needs(WORK_ON_ORDERS)
def tell_shopper(request: HttpRequest, pk: int) -> HttpResponse:
    """Write to the shopper that a file takes longer; once per failure, however often this is pressed."""
    order = order_or_404(pk)
    try:
        tell_shopper_of_problem(order)
    except NoProblem:
        messages.error(request, _("No print file of this order has failed, so there is nothing to tell."))
    else:
        messages.success(request, _("The shopper gets one e-mail about this failure."))
    return back_to(order)


@require_http_methods(["GET", "POST"])
@needs(WORK_ON_ORDERS)
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more, then end the order's hold."""
    order = order_or_404(pk)
    if request.method == "GET":
        return desk_page(request, "release", title=_("Release for production"), icon="check", order=order)
    try:
        release_order(order, by=request.user)
    except IllegalStatusChange:
        messages.error(request, _("This order is not on hold any more. Nothing has changed."))
    else:
        messages.success(request, _("The order is released; its print files are being made."))
    return back_to(order)


@require_http_methods(["GET", "POST"])
@needs(WORK_ON_ORDERS)
def release_all(request: HttpRequest) -> HttpResponse:
    """Ask once more, then end the hold of every order."""
    if request.method == "GET":
        held = Order.objects.filter(status=Order.Status.ON_HOLD).count()
        return desk_page(
            request, "release_all", title=_("Release all orders on hold"), icon="check", held=held
        )
    count = release_all_held(by=request.user)
    text = ngettext("%(n)s order is released.", "%(n)s orders are released.", count) % {"n": count}
    messages.success(request, text)
    return redirect("order_desk:index")


@require_http_methods(["GET", "POST"])
@needs(WORK_ON_ORDERS)
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a reason, then cancel the order and its render projects."""
    order = order_or_404(pk)
    if not may_cancel(order, by=request.user):
        messages.error(request, _("This order cannot be cancelled any more. Nothing has changed."))
        return back_to(order)
    form = CancelForm(request.POST or None)
    if not form.is_valid():
        return desk_page(request, "cancel", title=_("Cancel order"), icon="cross", order=order, form=form)
    try:
        cancel_order(order=order, by=request.user, reason=form.cleaned_data["reason"])
    except IllegalStatusChange:
        messages.error(request, _("This order cannot be cancelled any more. Nothing has changed."))
    else:
        messages.success(request, _("The order is cancelled. The shopper gets an e-mail."))
    return back_to(order)
