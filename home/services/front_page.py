"""The first page of a site, in the place of Wagtail's welcome page, and the address at which the site is."""

from urllib.parse import urlsplit

from wagtail.models import Page, Site

from home.models import HomePage

# What Wagtail's own migration calls the host of the site that it makes.
LOOPBACK = ("", "localhost", "127.0.0.1", "::1")


def default_site() -> Site | None:
    return Site.objects.filter(is_default_site=True).select_related("root_page").first()


def front_page() -> HomePage | None:
    """The home page with which the default site begins, if it has one."""
    site = default_site()
    return HomePage.objects.filter(pk=site.root_page_id).first() if site else None


def is_welcome_page(page: Page) -> bool:
    """Whether this is the page that Wagtail's migration makes, and nobody has built on it."""
    return page.specific_class is Page and page.slug == "home" and not page.numchild


def make_front_page(home: HomePage) -> HomePage:
    """Add the home page to an empty tree. The welcome page goes, and takes its site along."""
    root = Page.get_first_root_node()
    for page in root.get_children():
        if is_welcome_page(page):
            page.delete()
            root.refresh_from_db()
    home.slug = "home"
    root.add_child(instance=home)
    return home


def place_site(home: HomePage, *, address: str, name: str) -> Site:
    """Let the default site begin with `home`, at `address` unless somebody has given it one of its own."""
    site = default_site() or Site(is_default_site=True)
    if not has_address(site):
        parts = urlsplit(address)
        site.hostname = parts.hostname
        site.port = parts.port or (443 if parts.scheme == "https" else 80)
    site.site_name = site.site_name or name
    site.root_page = home
    site.save()
    return site


def has_address(site: Site) -> bool:
    return site.hostname not in LOOPBACK
