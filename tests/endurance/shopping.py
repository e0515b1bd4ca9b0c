"""Shoppers who fill their carts and check out over HTTP, and press the button again when no answer comes."""

import itertools
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlsplit

import requests
from django.db import connection
from django.http import HttpResponse
from django.middleware.csrf import CSRF_SECRET_LENGTH

from .shop import Shop

REFERENCE, SKU = "classic-business-cards", "OW-BC-MATT-50"
SHOPPERS = 4
PATIENCE_SECONDS = 300
numbers = itertools.count(1)


@dataclass(frozen=True)
class Placed:
    """An order that the shop has confirmed to its shopper. `email` belongs to no other order."""

    code: str
    email: str
    lines: int


class Shopper:
    """A visitor with one saved design, which goes into every line of their carts."""

    def __init__(self, shop: Shop):
        from personalization.models import StorefrontUser
        from personalization.shoppers.services.visitors import remember_visitor, storefront_user_token

        self._shop = shop
        self._owner = StorefrontUser.objects.create()
        self._design_id = _save_design(shop, storefront_user_token(self._owner))
        response = HttpResponse()
        remember_visitor(response, self._owner)
        self._cookies = {name: morsel.value for name, morsel in response.cookies.items()}

    def order(self, *, lines: int) -> Placed:
        """Fill the cart and check out; sent again with the same key until there is an answer."""
        form = self.fill_cart(lines)
        return Placed(code=self._check_out(form), email=form["email"], lines=lines)

    def fill_cart(self, lines: int) -> dict:
        """What the checkout page of the filled cart would send."""
        from commerce.models import Cart, CartItem
        from commerce.selectors.cart import cart_contents
        from personalization.models import Design

        cart, _created = Cart.objects.get_or_create(owner=self._owner)
        designs = Design.objects.bulk_create(
            Design(
                owner=self._owner,
                sku=SKU,
                product_reference=REFERENCE,
                title="Business cards",
                state_ids=[self._design_id],
            )
            for _ in range(lines)
        )
        CartItem.objects.bulk_create(CartItem(cart=cart, sku=SKU, design=design) for design in designs)
        contents = cart_contents(self._owner)
        email = f"shopper-{next(numbers)}@example.com"
        return {"email": email, "checkout_key": contents.checkout_key, "shown": contents.fingerprint}

    def post(self, form: dict) -> requests.Response:
        token = "x" * CSRF_SECRET_LENGTH
        return requests.post(
            f"{self._shop.url}/checkout/",
            data={**form, "csrfmiddlewaretoken": token},
            cookies={**self._cookies, "csrftoken": token},
            allow_redirects=False,
            timeout=60,
        )

    def _check_out(self, form: dict) -> str:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                answer = self.post(form)
            except requests.RequestException:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)
                continue
            if answer.status_code != 302:
                raise SystemExit(f"The checkout answered {answer.status_code}: {answer.text[:2000]}")
            return urlsplit(answer.headers["Location"]).path.split("/")[2]


class Street:
    """Several shoppers who order at the same time; remembers what they have ordered."""

    def __init__(self, shop: Shop):
        sell_cards()
        self._shoppers = [Shopper(shop) for _ in range(SHOPPERS)]
        self.placed: list[Placed] = []

    def order(self, orders: int, *, lines: int = 1) -> list[Placed]:
        """So many orders with so many lines each, confirmed."""
        shares = [len(range(number, orders, SHOPPERS)) for number in range(SHOPPERS)]
        with ThreadPoolExecutor(SHOPPERS) as pool:
            rounds = pool.map(_order_in_turn, self._shoppers, shares, itertools.repeat(lines))
            confirmed = [placed for some in rounds for placed in some]
        self.placed += confirmed
        return confirmed


def _order_in_turn(shopper: Shopper, orders: int, lines: int) -> list[Placed]:
    try:
        return [shopper.order(lines=lines) for _ in range(orders)]
    finally:
        connection.close()


def sell_cards() -> None:
    """Put the one product of the drills on sale."""
    from wagtail.models import Site

    from catalog.models import ProductGroupPage, ProductVariant

    root = Site.objects.get(is_default_site=True).root_page
    page = ProductGroupPage(title="Business cards", slug="business-cards")
    page.personalization = [("customers_canvas", {"making": "product"})]
    root.add_child(instance=page)
    ProductVariant.objects.create(page=page, sku=SKU, title="Matt, 50 cards", price=Decimal("19.00"))


def _save_design(shop: Shop, token: str) -> str:
    """Save the product's template as the shopper's own design, as an editor does."""
    editor = f"{shop.sandbox_url}/api/editor/v1"
    session = requests.Session()
    session.trust_env = False
    session.headers["Authorization"] = f"Bearer {token}"
    product = session.get(f"{editor}/products", params={"reference": REFERENCE}, timeout=60).json()
    body = {"productId": product["productId"], "sku": product["selectedSku"], "model": product["model"]}
    answer = session.post(f"{editor}/designs", json=body, timeout=60)
    answer.raise_for_status()
    return answer.json()["id"]
