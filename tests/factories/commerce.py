"""Small makers of what tests about carts and orders start from."""

import itertools
import uuid
from datetime import timedelta
from decimal import Decimal

from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Locale, Page, Site

from catalog.models import PriceBreak, ProductGroupPage, ProductVariant
from commerce.models import Cart, Order, OrderItem
from home.models import SiteImage
from personalization.models import Design, StorefrontUser
from personalization.shoppers.services.visitors import remember_visitor
from tests.factories.personalization import make_design, make_storefront_user

numbers = itertools.count(1)


def make_variant(
    sku: str = "OW-PENCIL",
    *,
    price: str = "4.00",
    breaks: tuple[tuple[int, str], ...] = (),
    is_personalized: bool = False,
    mapping: dict | None = None,
    **values,
) -> ProductVariant:
    """A variant on sale, on a page of its own; `breaks` are pairs of a quantity and percent off.

    `mapping` holds what the block of a personalized page says.
    """
    page = ProductGroupPage(title=values.pop("page_title", f"Product {sku}"), slug=f"product-{next(numbers)}")
    if is_personalized:
        page.personalization = [("customers_canvas", mapping or {"making": "pipeline", "pipeline_id": 31})]
    shop_root().add_child(instance=page)
    for quantity, percent in breaks:
        PriceBreak.objects.create(page=page, minimum_quantity=quantity, discount_percent=Decimal(percent))
    defaults = {"title": f"Variant {sku}"}
    return ProductVariant.objects.create(page=page, sku=sku, price=Decimal(price), **defaults | values)


def shop_root() -> Page:
    """The page below which the shop's pages are; made anew after a test that emptied the database."""
    if site := Site.objects.filter(is_default_site=True).first():
        return site.root_page
    Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    home = root.add_child(instance=Page(title="Home", slug="home"))
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    return home


def make_picture() -> SiteImage:
    """A picture with a real file."""
    collection = Collection.get_first_root_node() or Collection.add_root(name="Root")
    return SiteImage.objects.create(title="Picture", file=get_test_image_file(), collection=collection)


def make_cart_design(owner: StorefrontUser, sku: str = "OW-CARD", **values) -> Design:
    """A design of a variant that is on sale, made on first use."""
    if not ProductVariant.objects.filter(sku=sku).exists():
        make_variant(sku, price="19.00", is_personalized=True)
    return make_design(owner, sku=sku, **values)


def make_order(*, owner: StorefrontUser | None = None, designs: list[Design] = (), **values) -> Order:
    """An order as checkout leaves it before production starts: a plain item if there are no designs."""
    defaults = {
        "owner": owner or make_storefront_user(),
        "checkout_key": uuid.uuid4(),
        "email": "anna@example.com",
        "currency": "EUR",
        "total": Decimal("19.00"),
    }
    if values.get("status") == Order.Status.COMPLETED:
        defaults["completed_at"] = timezone.now()
    if values.get("status") == Order.Status.ON_HOLD:
        defaults["held_until"] = timezone.now() + timedelta(minutes=30)
    order = Order.objects.create(**defaults | values)
    for position, design in enumerate(designs or [None], start=1):
        OrderItem.objects.create(
            order=order,
            position=position,
            sku=design.sku if design else "OW-PENCIL",
            title=design.title if design else "Pencils",
            variant_title="Matt, 50 cards" if design else "Box of 12",
            unit_price=Decimal("19.00"),
            quantity=1,
            line_total=Decimal("19.00"),
            design=design,
        )
    return order


def checkout_key_of(owner: StorefrontUser) -> uuid.UUID:
    """The key that the visitor's checkout page would carry now."""
    return Cart.objects.get(owner=owner).checkout_key


def client_of(owner: StorefrontUser, **options) -> Client:
    """A browser that carries the visitor's cookie."""
    response = HttpResponse()
    remember_visitor(response, owner)
    client = Client(**options)
    client.cookies = response.cookies
    return client


def start_designing(client: Client, address: str) -> HttpResponse:
    """The editor page as a browser comes to it: for somebody new, by the form of the page before it."""
    answer = client.get(address)
    if "pages/commerce/personalize_start.html" not in [used.name for used in answer.templates]:
        return answer
    path, _, query = address.partition("?")
    return client.post(f"{path}start/?{query}", follow=True)
