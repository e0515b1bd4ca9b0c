"""My designs: what a shopper has made, and what can be done with it. Every view asks who owns a design."""

import logging
from functools import wraps
from http import HTTPStatus
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog import selectors as catalog
from commerce.selectors.designs import DesignCard, design_cards, designs_of
from core.pagination import nearest_page_of
from core.templatetags.money import money
from core.templatetags.packs import counted, per_unit
from home.selectors.privacy import closed_paths
from personalization.designs.selectors import owned_design
from personalization.designs.services.copying import DesignGone, copy_design
from personalization.designs.services.retention import DesignInUse, delete_design, rename_design
from personalization.hub import HubError
from personalization.models import Design, StorefrontUser
from personalization.shoppers.services.visitors import current_storefront_user

from ..forms import DesignNameForm, QuantityForm
from ..services.cart import CartError, put_design
from .notices import DONE, REFUSED, redirect_telling, render_with_notices
from .personal import personal

logger = logging.getLogger(__name__)

DESIGNS_PER_PAGE = 12


def of_own_design(view):
    """Hands the view the visitor and their design.

    A design of somebody else and one that was deleted meanwhile lead to the list, which says so.
    """

    @personal
    @wraps(view)
    def answer(request: HttpRequest, design_id: UUID) -> HttpResponse:
        owner = current_storefront_user(request)
        design = owned_design(owner, design_id)
        if design is None or design.is_untouched:
            return tell_it_is_gone(request)
        try:
            return view(request, owner, design)
        except Design.DoesNotExist:
            return tell_it_is_gone(request)

    return answer


@personal
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The visitor's designs, or the account's, the newest change first."""
    return _show(request, current_storefront_user(request))


@of_own_design
@require_POST
def duplicate(request: HttpRequest, owner: StorefrontUser, design: Design) -> HttpResponse:
    """A second design that begins as this one."""
    try:
        copy_design(design=design, owner=owner)
    except DesignGone as gone:
        return redirect_telling(request, _back_to_list(request), (REFUSED, gone.message))
    except HubError as trouble:
        logger.warning("Design %s cannot be duplicated: %s", design.pk, trouble)
        sentence = _(
            "Our design studio is taking a short break. Your design is safe: please try again in a minute."
        )
        return redirect_telling(request, _back_to_list(request), (REFUSED, sentence))
    sentence = _("“%(name)s” is here twice now. Change either of them: the other one stays as it is.")
    return redirect_telling(request, _back_to_list(request), (DONE, sentence % {"name": design.display_name}))


@of_own_design
@require_POST
def rename(request: HttpRequest, owner: StorefrontUser, design: Design) -> HttpResponse:
    """Gives the design a name of the shopper's own; without one it is called after its product."""
    form = DesignNameForm(request.POST)
    if not form.is_valid():
        return _show(request, owner, wrong_name=design, form=form)
    design = rename_design(owner=owner, design=design, name=form.cleaned_data["name"])
    sentence = _("It is called “%(name)s” now.") % {"name": design.display_name}
    return redirect_telling(request, _back_to_list(request), (DONE, sentence))


@of_own_design
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, owner: StorefrontUser, design: Design) -> HttpResponse:
    """Asks once more, then deletes. A design in the cart or in an order stays, and the page says why."""
    status = HTTPStatus.OK
    if request.method == "POST":
        try:
            delete_design(owner=owner, design=design)
        except DesignInUse:
            status = HTTPStatus.CONFLICT
        else:
            sentence = _("“%(name)s” is deleted.") % {"name": design.display_name}
            return redirect_telling(request, "designs", (DONE, sentence))
    [card] = design_cards([design], closed=closed_paths(request))
    return render(request, "pages/commerce/design_delete.html", {"card": card}, status=status)


@of_own_design
@require_POST
def put_in_cart(request: HttpRequest, owner: StorefrontUser, design: Design) -> HttpResponse:
    """A line of the cart with this design, at the price of today; goes on to the cart."""
    [card] = design_cards([design], closed=closed_paths(request))
    form = QuantityForm(request.POST)
    if card.obstacle:
        return redirect_telling(
            request, _back_to_list(request), (REFUSED, f"{design.display_name}: {card.obstacle.reason}")
        )
    if not form.is_valid():
        return _show(request, owner, wrong_quantity=design, form=form)
    quantity = form.cleaned_data["quantity"]
    try:
        put_design(owner=owner, design=design, quantity=quantity, closed=closed_paths(request))
    except CartError as refusal:
        form.add_error("quantity", refusal.message)
        return _show(request, owner, wrong_quantity=design, form=form)
    return redirect_telling(request, "cart", (DONE, _put_sentence(card, quantity)))


def _show(
    request: HttpRequest,
    owner: StorefrontUser | None,
    *,
    form: Form | None = None,
    wrong_name: Design | None = None,
    wrong_quantity: Design | None = None,
) -> HttpResponse:
    """The list; with a refused form, the design it was sent for says what is wrong with it."""
    page = nearest_page_of(designs_of(owner), request.GET.get("page"), per_page=DESIGNS_PER_PAGE)
    context = {
        "designs": page,
        "cards": design_cards(page.object_list, closed=closed_paths(request)),
        "form": form,
        "wrong_name": wrong_name,
        "wrong_quantity": wrong_quantity,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form else HTTPStatus.OK
    return render_with_notices(request, "pages/commerce/designs.html", context, status=status)


def tell_it_is_gone(request: HttpRequest) -> HttpResponse:
    """For a second click, and for a tab that shows designs of the past: the list as it is now."""
    sentence = _(
        "This design is not here any more. It was deleted, or it belongs to an account: log in to see it."
    )
    return redirect_telling(request, _back_to_list(request), (REFUSED, sentence))


def _back_to_list(request: HttpRequest) -> str:
    """The page of the list that the form was on."""
    page = request.GET.get("page", "")
    return reverse("designs", query={"page": page} if page.isdecimal() and page != "1" else None)


def _put_sentence(card: DesignCard, quantity: int) -> str:
    return _("Now in your cart: %(quantity)s × “%(name)s”, at %(price)s %(unit)s.") % {
        "quantity": counted(quantity, card.variant.pack_size),
        "unit": per_unit(card.variant.pack_size),
        "name": card.design.display_name,
        "price": money(catalog.unit_price(card.variant, quantity=quantity)),
    }
