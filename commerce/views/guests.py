"""Who may see an order without an account: whoever has its address. And how guests get it again."""

from functools import wraps
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from commerce.selectors.orders import order_by_secret
from core import limits
from core.addresses import normal_form

from ..forms import OrderLinksForm
from ..services.order_links import request_links
from .personal import personal, too_many

WRONG_LINKS = "wrong_order_links"
PER_CLIENT, PER_ADDRESS = "order_links_per_client", "order_links_per_address"


def of_order(view):
    """Hands the view the order that code and secret open.

    A wrong code and a wrong secret give the same 404; who tries too many of them gets no answer for a while.
    """

    @personal
    @wraps(view)
    def answer(request: HttpRequest, code: str, secret: str, **kwargs) -> HttpResponse:
        client = limits.client_of(request)
        if limits.is_reached(WRONG_LINKS, client):
            return too_many(request, WRONG_LINKS)
        order = order_by_secret(code=code, secret=secret)
        if order is None:
            if not limits.take(WRONG_LINKS, client):
                return too_many(request, WRONG_LINKS)
            raise Http404
        return view(request, order, **kwargs)

    return answer


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def send_links(request: HttpRequest) -> HttpResponse:
    """Asks for an address and has the links of its orders sent there.

    The answer is the same for every address, also for one that has asked too often.
    """
    if request.method != "POST":
        return render(request, "pages/commerce/order_links.html", {"form": OrderLinksForm()})
    form = OrderLinksForm(request.POST)
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return render(request, "pages/commerce/order_links.html", {"form": form}, status=status)
    client = limits.client_of(request)
    if not limits.take(PER_CLIENT, client):
        return too_many(request, PER_CLIENT)
    email = form.cleaned_data["email"]
    if limits.take(PER_ADDRESS, normal_form(email)):
        request_links(email=email)
    return redirect("order_links_sent")


@personal
@require_safe
def links_sent(request: HttpRequest) -> HttpResponse:
    """What to do now, for whoever asked."""
    return render(request, "pages/commerce/order_links_sent.html")
