"""The checkout page."""

from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commerce.selectors.cart import CartContents, CartLine, cart_contents
from core import limits
from core.addresses import normal_form
from home.selectors.privacy import closed_paths
from personalization.models import StorefrontUser
from personalization.shoppers.services.visitors import current_storefront_user

from ..forms import CheckoutForm
from ..services.checkout import (
    CartBlocked,
    CartChanged,
    CartEmpty,
    ConsentMissing,
    NotEnoughLeft,
    ProofMissing,
    place_order,
)
from ..services.consents import consent_text
from .notices import REFUSED, redirect_telling
from .personal import personal, shopper_of

PER_CLIENT, PER_ADDRESS = "orders_per_client", "orders_per_address"
COUNTED_SECONDS = 3600


@dataclass(frozen=True)
class Consent:
    """A line with warnings and the sentence that the shopper ticks to have it printed as it is."""

    line: CartLine
    text: str
    is_given: bool
    is_missing: bool


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def checkout(request: HttpRequest) -> HttpResponse:
    """Shows the order before it is placed, and places it. Proofs have to be approved before."""
    owner = current_storefront_user(request)
    if owner is None:
        return redirect("cart")
    if request.method != "POST":
        return _page(request, owner, CheckoutForm(initial={"email": _known_email(request)}))
    form = CheckoutForm(request.POST)
    if not form.is_valid():
        return _page(request, owner, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    _spend_a_try(request, **form.cleaned_data)
    try:
        order = place_order(
            owner=owner,
            agreed=request.POST.getlist("agreed"),
            closed=closed_paths(request),
            by=shopper_of(request),
            **form.cleaned_data,
        )
    except NotEnoughLeft:
        context = {"cart": cart_contents(owner, closed=closed_paths(request)), "is_refused": True}
        return render(request, "pages/commerce/cart.html", context, status=HTTPStatus.CONFLICT)
    except CartEmpty:
        empty = _("Nothing was ordered: there is nothing in your cart any more.")
        return redirect_telling(request, "cart", (REFUSED, empty))
    except CartBlocked:
        return redirect("cart")
    except CartChanged:
        return _page(request, owner, form, status=HTTPStatus.CONFLICT, has_changed=True)
    except ProofMissing:
        return _page(request, owner, form, status=HTTPStatus.CONFLICT)
    except ConsentMissing:
        return _page(request, owner, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return redirect(order)


def _spend_a_try(request: HttpRequest, *, email: str, checkout_key: UUID, **others: object) -> None:
    """Count each cart once, however often its form is sent. Raises LimitReached."""
    counted = f"checkout-counted:{checkout_key}"
    if cache.get(counted):
        return
    limits.spend(PER_CLIENT, limits.client_of(request))
    limits.spend(PER_ADDRESS, normal_form(email))
    cache.set(counted, True, COUNTED_SECONDS)


def _page(
    request: HttpRequest,
    owner: StorefrontUser,
    form: CheckoutForm,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    has_changed: bool = False,
) -> HttpResponse:
    cart = cart_contents(owner, closed=closed_paths(request))
    if not cart.lines or cart.is_blocked:
        return redirect("cart")
    if request.method != "POST" and cart.unapproved_lines:
        return redirect("proofs")
    consents = _consents(request, cart)
    context = {
        "cart": cart,
        "form": form,
        "has_changed": has_changed,
        "consents": consents,
        "is_consent_missing": any(consent.is_missing for consent in consents),
    }
    return render(request, "pages/commerce/checkout.html", context, status=status)


def _consents(request: HttpRequest, cart: CartContents) -> list[Consent]:
    """What has to be agreed to on the page, with the ticks that the shopper has set."""
    agreed = request.POST.getlist("agreed")
    is_sent = request.method == "POST"
    return [
        Consent(
            line=line,
            text=consent_text(line),
            is_given=line.version in agreed,
            is_missing=is_sent and line.version not in agreed,
        )
        for line in cart.warned_lines
    ]


def _known_email(request: HttpRequest) -> str:
    return request.user.email if request.user.is_authenticated else ""
