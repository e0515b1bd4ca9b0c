"""What the order desk's pages have in common."""

from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from commerce.desk.permissions import View
from commerce.desk.selectors import project_of_order
from commerce.models import Order
from personalization.models import RenderProject


def button(view: View) -> View:
    """Decorator of what a button on an order does. Who comes to its address in another way, such as by the
    login after a session has ended, is led back to the order.
    """

    @wraps(view)
    def answer(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":
            return view(request, pk, **kwargs)
        messages.warning(request, _("Nothing has been done yet. Please press the button once more."))
        return redirect("order_desk:inspect", pk)

    return answer


def desk_page(
    request: HttpRequest,
    template: str,
    *,
    title: str,
    icon: str = "form",
    order: Order | None = None,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """A page of the Wagtail admin below the list of orders, or below one of them."""
    crumbs = [{"url": reverse("order_desk:index"), "label": _("Orders")}]
    if order:
        crumbs.append({"url": reverse("order_desk:inspect", args=[order.pk]), "label": order.code})
    context |= {
        "breadcrumbs_items": [*crumbs, {"url": "", "label": title}],
        "header_title": title,
        "header_icon": icon,
        "order": order,
    }
    return TemplateResponse(request, f"admin/desk/{template}.html", context, status=status)


def order_or_404(pk: int) -> Order:
    """An order by its row's id."""
    return get_object_or_404(Order, pk=pk)


def project_or_404(pk: int, project_pk: int) -> RenderProject:
    """A render project of this order, of no other."""
    project = project_of_order(pk, project_pk)
    if project is None:
        raise Http404
    return project


def back_to(order: Order) -> HttpResponse:
    """To the order, after something was done to it."""
    return redirect("order_desk:inspect", order.pk)
