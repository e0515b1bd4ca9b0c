"""The step between cart and checkout in which shoppers approve the proofs of their designs."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commerce.selectors.cart import CartContents, cart_contents
from core.csp import csp_origins
from home.selectors.privacy import closed_paths
from personalization.shoppers.services.visitors import current_storefront_user

from ..services.consents import approve_proofs
from .notices import REFUSED, redirect_telling
from .personal import personal, shopper_of


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def proofs(request: HttpRequest) -> HttpResponse:
    """Shows every proof that has to be approved, large, and takes the shopper's word on it."""
    owner = current_storefront_user(request)
    if owner is None:
        return redirect("cart")
    closed = closed_paths(request)
    if request.method != "POST":
        return _page(request, cart_contents(owner, closed=closed))
    versions = request.POST.getlist("approved")
    cart = approve_proofs(owner=owner, versions=versions, closed=closed, by=shopper_of(request))
    if not cart.proof_lines:
        gone = _("What you approved is not in your cart any more.")
        return redirect_telling(request, "cart", (REFUSED, gone))
    if not cart.unapproved_lines:
        return redirect("checkout")
    return _page(request, cart, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _page(request: HttpRequest, cart: CartContents, *, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    if not cart.lines or cart.is_blocked:
        return redirect("cart")
    if not cart.proof_lines:
        return redirect("checkout")
    context = {"cart": cart, "is_sent": request.method == "POST"}
    response = render(request, "pages/commerce/proofs.html", context, status=status)
    # Until the shop has its own copies, the pictures come from the Hub.
    pictures = [url for line in cart.proof_lines for url in line.design.picture_urls]
    response._csp_update = {"img-src": list(csp_origins(pictures))}
    return response
