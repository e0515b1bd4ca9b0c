"""Print files for staff: download, and replace them by manual ones."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commerce.desk.forms import ReplaceFileForm
from commerce.desk.permissions import SEE_ORDERS, WORK_ON_ORDERS, needs
from commerce.desk.services import replace_print_file
from commerce.downloads import link_to
from commerce.selectors.orders import print_file_of
from personalization.rendering.services import RepairNotPossible

from .pages import back_to, desk_page, project_or_404


@require_safe
@needs(SEE_ORDERS)
def download(request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
    """Send staff on to a link that opens the file for some minutes."""
    print_file = print_file_of(pk, file_pk)
    if print_file is None:
        raise Http404
    return redirect(link_to(print_file, order_id=pk))


@require_http_methods(["GET", "POST"])
@needs(WORK_ON_ORDERS)
def replace(request: HttpRequest, pk: int, project_pk: int) -> HttpResponse:
    """Take a print file that somebody brought."""
    project = project_or_404(pk, project_pk)
    order = project.order_item.order
    form = ReplaceFileForm(request.POST or None, request.FILES or None, project=project)
    if form.is_valid():
        try:
            replace_print_file(order, project, by=request.user, **form.cleaned_data)
        except RepairNotPossible as obstacle:
            form.add_error("upload", obstacle.message)
        else:
            messages.success(request, _("The file is in place. The shopper can download it from now on."))
            return back_to(order)
    return desk_page(
        request, "replace_file", title=_("Manual print file"), order=order, project=project, form=form
    )
