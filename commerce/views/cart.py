"""The cart page and what can be done on it."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog import selectors as catalog
from catalog.mapping.selectors.hub_mapping import hub_mapping
from commerce.selectors.cart import CartContents, cart_contents, cart_line_count
from home.selectors.privacy import closed_paths
from personalization.designs.selectors import owned_design
from personalization.designs.services.retention import look_again
from personalization.models import StorefrontUser
from personalization.shoppers.services.visitors import (
    current_storefront_user,
    get_or_create_storefront_user,
    remember_visitor,
)

from ..forms import AddToCartForm, QuantityForm, RemovedLineForm
from ..models import CartItem
from ..services.cart import CartError, add_plain_item, set_quantity
from ..services.cart import remove_item as remove_cart_item
from .notices import DONE, REFUSED, redirect_telling, render_with_notices
from .personal import personal


@personal
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """What the visitor is about to order."""
    owner = current_storefront_user(request)
    cart = cart_contents(owner, closed=closed_paths(request))
    look_again(line.design for line in cart.lines if line.design)
    context = {"cart": cart, "removed": _removed_line(request, owner, cart)}
    return render_with_notices(request, "pages/commerce/cart.html", context)


@personal
@require_safe
def state(request: HttpRequest) -> JsonResponse:
    """What pages that are cached for everybody cannot say: the cart badge, and whether somebody is logged in.

    Every page asks, so that this sets no cookie.
    """
    count = cart_line_count(current_storefront_user(request))
    return JsonResponse({"count": count, "account": request.user.is_authenticated})


@personal
@require_safe
@ensure_csrf_cookie
def form_token(request: HttpRequest) -> JsonResponse:
    """The token of forms, with its cookie, for a page that is cached for everybody and sends a form."""
    return JsonResponse({"csrfToken": get_token(request)})


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Asks (GET) and puts a product without a design into the cart (POST)."""
    is_sent = request.method == "POST"
    form = AddToCartForm(request.POST) if is_sent else AddToCartForm(initial={"quantity": _quantity(request)})
    asked = request.POST if is_sent else request.GET
    closed = closed_paths(request)
    variant = catalog.sellable_variant(asked.get("sku", ""), closed=closed)
    if variant is None:
        return render(request, "pages/catalog/not_sold.html", status=HTTPStatus.NOT_FOUND)
    if hub_mapping(variant.page):
        query = {"quantity": asked["quantity"]} if "quantity" in asked else None
        return redirect(reverse("personalize", args=[variant.sku], query=query))
    if is_sent and form.is_valid():
        owner = get_or_create_storefront_user(request)
        try:
            quantity = form.cleaned_data["quantity"]
            add_plain_item(owner=owner, sku=variant.sku, quantity=quantity, closed=closed)
        except CartError as refusal:
            form.add_error("quantity", refusal.message)
        else:
            response = redirect("cart")
            remember_visitor(response, owner)
            return response
    context = {"form": form, "variant": variant, "prices": catalog.price_table(variant)}
    return render(request, "pages/commerce/add_to_cart.html", context, status=_status(form))


@personal
@require_POST
def update_item(request: HttpRequest, item_id: int) -> HttpResponse:
    """Changes the quantity of a line; a wrong one is explained next to the line."""
    owner = current_storefront_user(request)
    form = QuantityForm(request.POST)
    if owner is None or not CartItem.objects.filter(pk=item_id, cart__owner=owner).exists():
        return _tell_it_is_gone(request, REFUSED)
    if form.is_valid():
        try:
            set_quantity(owner=owner, item_id=item_id, quantity=form.cleaned_data["quantity"])
        except CartItem.DoesNotExist:
            return _tell_it_is_gone(request, REFUSED)
        return redirect("cart")
    context = {
        "cart": cart_contents(owner, closed=closed_paths(request)),
        "wrong_item": item_id,
        "form": form,
    }
    return render(request, "pages/commerce/cart.html", context, status=_status(form))


@personal
@require_POST
def remove_item(request: HttpRequest, item_id: int) -> HttpResponse:
    """Takes a line out of the cart, which then offers to put it back."""
    owner = current_storefront_user(request)
    if owner is None:
        return _tell_it_is_gone(request, DONE)
    try:
        item = remove_cart_item(owner=owner, item_id=item_id)
    except CartItem.DoesNotExist:
        return _tell_it_is_gone(request, DONE)
    removed = {"sku": item.sku, "quantity": item.quantity}
    if item.design:
        removed["design"] = item.design.pk
    return redirect(reverse("cart", query=removed))


def _tell_it_is_gone(request: HttpRequest, level: int) -> HttpResponse:
    """For a second click, and for a tab that shows a cart of the past: the cart as it is now."""
    return redirect_telling(request, "cart", (level, _("This product is not in your cart any more.")))


def _removed_line(
    request: HttpRequest, owner: StorefrontUser | None, cart: CartContents
) -> dict[str, object] | None:
    """The line that the address says was removed; None if it is in the cart again, or cannot be put back."""
    form = RemovedLineForm(request.GET)
    if owner is None or not form.is_valid():
        return None
    sku, design_id = form.cleaned_data["sku"], form.cleaned_data["design"]
    design = owned_design(owner, design_id) if design_id else None
    variant = catalog.sellable_variant(sku, closed=closed_paths(request))
    is_there = any(line.sku == sku and line.design == design for line in cart.lines)
    if variant is None or is_there or (design_id and design is None):
        return None
    address = reverse("design_put_in_cart", args=[design.pk]) if design else reverse("cart_add")
    title = design.display_name if design else variant.page.title
    return {"title": title, "sku": sku, "quantity": form.cleaned_data["quantity"], "address": address}


def _quantity(request: HttpRequest) -> str:
    return request.GET.get("quantity", "1")


def _status(form) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
