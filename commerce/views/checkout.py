"""The checkout page."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from personalization.models import StorefrontUser
from personalization.services.visitors import current_storefront_user

from ..forms import CheckoutForm
from ..selectors import cart_contents
from ..services.checkout import CartBlocked, CartChanged, CartEmpty, NotEnoughLeft, place_order
from .personal import personal


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def checkout(request: HttpRequest) -> HttpResponse:
    """Shows the order before it is placed, and places it."""
    owner = current_storefront_user(request)
    if owner is None:
        return redirect("cart")
    if request.method != "POST":
        return _page(request, owner, CheckoutForm(initial={"email": _known_email(request)}))
    form = CheckoutForm(request.POST)
    if not form.is_valid():
        return _page(request, owner, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        order = place_order(owner=owner, **form.cleaned_data)
    except NotEnoughLeft:
        context = {"cart": cart_contents(owner), "is_refused": True}
        return render(request, "pages/cart.html", context, status=HTTPStatus.CONFLICT)
    except (CartEmpty, CartBlocked):
        return redirect("cart")
    except CartChanged:
        return _page(request, owner, form, status=HTTPStatus.CONFLICT, has_changed=True)
    return redirect(order)


def _page(
    request: HttpRequest,
    owner: StorefrontUser,
    form: CheckoutForm,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    has_changed: bool = False,
) -> HttpResponse:
    cart = cart_contents(owner)
    if not cart.lines or cart.is_blocked:
        return redirect("cart")
    context = {"cart": cart, "form": form, "has_changed": has_changed}
    return render(request, "pages/checkout.html", context, status=status)


def _known_email(request: HttpRequest) -> str:
    return request.user.email if request.user.is_authenticated else ""
