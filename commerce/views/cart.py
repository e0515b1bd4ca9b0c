"""The cart page and what can be done on it."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog import selectors as catalog
from personalization.services.keeping import look_again
from personalization.services.visitors import (
    current_storefront_user,
    get_or_create_storefront_user,
    remember_visitor,
)

from ..forms import AddToCartForm, QuantityForm
from ..models import CartItem
from ..selectors import cart_contents, cart_line_count
from ..services.cart import CartError, add_plain_item, set_quantity
from ..services.cart import remove_item as remove_cart_item
from .notices import render_with_notices
from .personal import personal


@personal
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """What the visitor is about to order."""
    cart = cart_contents(current_storefront_user(request))
    look_again(line.design for line in cart.lines if line.design)
    return render_with_notices(request, "pages/cart.html", {"cart": cart})


@personal
@require_safe
@ensure_csrf_cookie
def state(request: HttpRequest) -> JsonResponse:
    """What pages that are cached for everybody cannot say: the cart badge, whether somebody is logged in, and
    the token for forms.
    """
    count = cart_line_count(current_storefront_user(request))
    account = request.user.is_authenticated
    return JsonResponse({"count": count, "account": account, "csrfToken": get_token(request)})


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Asks (GET) and puts a product without a design into the cart (POST)."""
    is_sent = request.method == "POST"
    form = AddToCartForm(request.POST) if is_sent else AddToCartForm(initial={"quantity": _quantity(request)})
    asked = request.POST if is_sent else request.GET
    variant = catalog.sellable_variant(asked.get("sku", ""))
    if variant is None:
        return render(request, "pages/not_sold.html", status=HTTPStatus.NOT_FOUND)
    if catalog.mapping(variant.page):
        query = {"quantity": asked["quantity"]} if "quantity" in asked else None
        return redirect(reverse("personalize", args=[variant.sku], query=query))
    if is_sent and form.is_valid():
        owner = get_or_create_storefront_user(request)
        try:
            add_plain_item(owner=owner, sku=variant.sku, quantity=form.cleaned_data["quantity"])
        except CartError as refusal:
            form.add_error("quantity", refusal.message)
        else:
            response = redirect("cart")
            remember_visitor(response, owner)
            return response
    context = {"form": form, "variant": variant, "prices": catalog.price_table(variant)}
    return render(request, "pages/add_to_cart.html", context, status=_status(form))


@personal
@require_POST
def update_item(request: HttpRequest, item_id: int) -> HttpResponse:
    """Changes the quantity of a line; a wrong one is explained next to the line."""
    owner = current_storefront_user(request)
    form = QuantityForm(request.POST)
    if owner is None or not CartItem.objects.filter(pk=item_id, cart__owner=owner).exists():
        raise Http404
    if form.is_valid():
        try:
            set_quantity(owner=owner, item_id=item_id, quantity=form.cleaned_data["quantity"])
        except CartItem.DoesNotExist:
            raise Http404 from None
        return redirect("cart")
    context = {"cart": cart_contents(owner), "wrong_item": item_id, "form": form}
    return render(request, "pages/cart.html", context, status=_status(form))


@personal
@require_POST
def remove_item(request: HttpRequest, item_id: int) -> HttpResponse:
    """Takes a line out of the cart."""
    owner = current_storefront_user(request)
    if owner is None:
        raise Http404
    try:
        remove_cart_item(owner=owner, item_id=item_id)
    except CartItem.DoesNotExist:
        raise Http404 from None
    return redirect("cart")


def _quantity(request: HttpRequest) -> str:
    return request.GET.get("quantity", "1")


def _status(form) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
