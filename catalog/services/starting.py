"""The beginning of a shop of one's own: front page, catalog, brand, menu and an administrator."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.http.request import validate_host
from wagtail.models import Page

from catalog.models import CatalogPage
from core.addresses import normal_form
from home.models import BrandSettings, HomePage, NavigationSettings
from home.services.front_page import (
    default_site,
    front_page,
    has_address,
    is_welcome_page,
    make_front_page,
    place_site,
)


class CannotStart(Exception):
    """What was asked for would overwrite something; the text says what, and where to change it."""


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """What a shop begins with; what is empty is left as it is. The address is scheme and host alone."""

    address: str
    name: str = ""
    title: str = ""
    email: str = ""
    password: str = ""


def has_administrator() -> bool:
    return get_user_model().objects.filter(is_superuser=True, is_active=True).exists()


@transaction.atomic
def start_shop(beginning: Beginning) -> list[str]:
    """Make what is missing, and say what was made. Raises `CannotStart` before anything is changed."""
    refuse_to_overwrite(beginning)
    return [*_make_pages(beginning), *_make_administrator(beginning)]


def refuse_to_overwrite(beginning: Beginning) -> None:
    _refuse_another_address(beginning.address)
    _refuse_other_pages(beginning)
    _refuse_another_administrator(beginning.email)


def _refuse_another_address(address: str) -> None:
    parts = urlsplit(address)
    host = parts.hostname
    if parts.scheme not in ("http", "https") or not host or parts.path or parts.query:
        raise CannotStart(f"{address} is no address of a shop; one looks like https://shop.example.com.")
    if not validate_host(host, settings.ALLOWED_HOSTS):
        raise CannotStart(f"{host} is not in ALLOWED_HOSTS. Add it there, or give the shop another address.")
    site = default_site()
    if site and has_address(site) and site.hostname != host:
        raise CannotStart(
            f"The shop is at {site.hostname} already. Change it in the admin: Settings > Sites."
        )


def _refuse_other_pages(beginning: Beginning) -> None:
    home = front_page()
    if home is None:
        in_the_way = [page for page in Page.get_first_root_node().get_children() if not is_welcome_page(page)]
        if in_the_way:
            raise CannotStart(
                f"There is a page already, “{in_the_way[0].title}”, and it is no front page of this shop. "
                "Move or delete it in the admin, or choose the front page under Settings > Sites."
            )
        return
    if beginning.title not in ("", home.title):
        raise CannotStart(f"The front page is “{home.title}” already. Change its title in the admin.")
    brand = BrandSettings.objects.filter(site=default_site()).first()
    if brand and beginning.name not in ("", brand.name):
        raise CannotStart(
            f"The shop is called {brand.name} already. Change it in the admin: Settings > Brand."
        )


def _refuse_another_administrator(email: str) -> None:
    users = get_user_model().objects
    email = normal_form(email)
    if not email or users.filter(is_superuser=True, is_active=True, email=email).exists():
        return
    if has_administrator():
        raise CannotStart("There is an administrator already. Add people in the admin: Settings > Users.")
    if users.filter(Q(email=email) | Q(username=email)).exists():
        raise CannotStart(f"{email} has an account already, which is a shopper's. Use another address.")


def _make_pages(beginning: Beginning) -> list[str]:
    made = []
    home = front_page()
    if home is None:
        title = beginning.title or beginning.name
        home = make_front_page(
            HomePage(title=title, body=[("hero", {"title": title, "text": "", "links": []})])
        )
        home.save_revision().publish()
        made.append(f"the front page “{title}”")
    site = default_site()
    if site is None or not has_address(site):
        site = place_site(home, address=beginning.address, name=beginning.name or home.title)
        made.append(f"the site at {beginning.address}")
    catalog = CatalogPage.objects.child_of(home).first()
    if catalog is None:
        catalog = home.add_child(instance=CatalogPage(title="Shop", slug="shop"))
        catalog.save_revision().publish()
        made.append("the catalog “Shop”")
    if not BrandSettings.objects.filter(site=site).exists():
        BrandSettings.objects.create(site=site, name=beginning.name or home.title)
        made.append("the brand")
    if not NavigationSettings.objects.filter(site=site).exists():
        entry = {"page": catalog, "address": "", "text": "", "children": []}
        NavigationSettings.objects.create(site=site, menu=[("item", entry)])
        made.append("the main menu")
    return made


def _make_administrator(beginning: Beginning) -> list[str]:
    if not beginning.email or has_administrator():
        return []
    email = normal_form(beginning.email)
    get_user_model().objects.create_superuser(email, email, beginning.password)
    return [f"the administrator {email}"]
