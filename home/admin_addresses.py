"""Addresses of Wagtail's admin that answer more people than they should, or fail for some requests."""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied
from wagtail.admin.urls import workflows
from wagtail.contrib.redirects import urls as redirects
from wagtail.contrib.redirects.permissions import permission_policy as redirects_policy
from wagtail.images import admin_urls as images
from wagtail.permissions import workflow_permission_policy
from wagtail.utils.urlpatterns import decorate_urlpatterns

from .stand_ins import stand_in_drawing

View = Callable[..., HttpResponse]
SECOND_STEP = "process_import"
# What the first step of an import hands to the second one.
HANDED_ON = ("import_file_name", "input_format")
TASK_CHOOSER = ("task_chooser", "task_chooser_results", "task_chooser_create", "task_chosen")


def mend_admin_addresses() -> None:
    """Puts what is missing in front of Wagtail's views; the addresses stay Wagtail's."""
    decorate_urlpatterns([it for it in redirects.urlpatterns if it.name == SECOND_STEP], after_first_step)
    decorate_urlpatterns([it for it in workflows.urlpatterns if it.name in TASK_CHOOSER], for_workflows)
    decorate_urlpatterns([it for it in images.urlpatterns if it.name == "preview"], or_stand_in)


def after_first_step(view: View) -> View:
    """An import of redirects that nobody began, or whose file is used up, leads to its first step."""

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not redirects_policy.user_has_permission(request.user, "add"):
            return view(request, *args, **kwargs)
        if _is_begun(request):
            # The same import may be sent twice.
            with suppress(FileNotFoundError):
                return view(request, *args, **kwargs)
        messages.warning(request, _("This import is not open any more. Please choose the file again."))
        return redirect("wagtailredirects:start_import")

    return answer


def _is_begun(request: HttpRequest) -> bool:
    """Whether everything that the first step signed is here."""
    try:
        return all(Signer().unsign(request.POST.get(name, "")) for name in HANDED_ON)
    except BadSignature:
        return False


def for_workflows(view: View) -> View:
    """Tasks are chosen and made within a workflow, by whoever may change workflows."""

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        user, policy = request.user, workflow_permission_policy
        if user.is_authenticated and not policy.user_has_any_permission(user, ["add", "change"]):
            return permission_denied(request)
        return view(request, *args, **kwargs)

    return answer


def or_stand_in(view: View) -> View:
    """A picture of which no copy can be made is a drawing that says so, here too."""

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (Http404, PermissionDenied):
            raise
        except ArithmeticError:  # A size that no picture has, like fill-0x0.
            return HttpResponseBadRequest(_("No picture can have this size."), content_type="text/plain")
        except Exception:  # Pillow's decoders let errors of many kinds through.
            return HttpResponse(stand_in_drawing(), content_type="image/svg+xml")

    return answer
