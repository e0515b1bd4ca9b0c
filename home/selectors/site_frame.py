"""What surrounds every page: brand, main menu and footer, for all sites in one cache entry.

Reading it costs one look into the cache and no query. Whoever saves a setting, publishes, moves or
deletes a page, or replaces a picture calls `forget_site_frame` (see home.receivers).
"""

from dataclasses import dataclass, field
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.http.request import split_domain_port
from wagtail.models import Site

from home.blocks.links import LinkValue
from home.colours import GREEN, PAPER
from home.models.settings import BrandSettings, FooterSettings, NavigationSettings

from .forgetting import forget

CACHE_KEY = "home.site-frame.2"
CACHE_SECONDS = 3600


@dataclass(frozen=True)
class Link:
    """A link of the menu or the footer."""

    text: str
    url: str
    children: tuple["Link", ...] = ()


@dataclass(frozen=True)
class Picture:
    """A picture that needs no further query."""

    url: str
    full_url: str
    width: int
    height: int


@dataclass(frozen=True)
class SiteFrame:
    """One site's brand, menu and footer."""

    name: str
    hostname: str = ""
    port: int = 80
    root_path: str = ""
    tagline: str = ""
    colour: str = GREEN
    background: str = PAPER
    introduction: str = ""
    contact_email: str = ""
    phone: str = ""
    address: str = ""
    logo: Picture | None = None
    social_image: Picture | None = None
    menu: tuple[Link, ...] = ()
    footer_columns: tuple[tuple[str, tuple[Link, ...]], ...] = ()
    social_links: tuple[Link, ...] = ()
    legal_text: str = ""
    is_default: bool = field(default=False, repr=False)

    @property
    def sender(self) -> str:
        """Who e-mails come from: the brand's name with the address of DEFAULT_FROM_EMAIL, unless that names
        somebody itself.
        """
        name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
        return formataddr((name or " ".join(self.name.split()), address))


def site_frame(request: HttpRequest | None) -> SiteFrame:
    """The frame of the site that a request asks for; of the default site without a request."""
    every = cache.get(CACHE_KEY)
    if every is None:
        every = [
            _build(site)
            for site in Site.objects.select_related("root_page").order_by("-is_default_site", "pk")
        ]
        cache.set(CACHE_KEY, every, CACHE_SECONDS)
    return _of_host(every, request) or SiteFrame(name=settings.WAGTAIL_SITE_NAME)


def forget_site_frame() -> None:
    """Makes the next page read the settings again."""
    forget(CACHE_KEY)


def _of_host(every: list[SiteFrame], request: HttpRequest | None) -> SiteFrame | None:
    """The site as Wagtail finds it: host and port, else host, else the default site."""
    default = next((site for site in every if site.is_default), None)
    if request is None:
        return default
    host = split_domain_port(request.get_host())[0]
    port = int(request.get_port())
    of_host = [site for site in every if site.hostname == host]
    exact = next((site for site in of_host if site.port == port), None)
    return exact or (of_host[0] if len(of_host) == 1 else None) or default


def _build(site: Site) -> SiteFrame:
    brand = BrandSettings.for_site(site)
    footer = FooterSettings.for_site(site)
    return SiteFrame(
        name=brand.name,
        hostname=site.hostname,
        port=site.port,
        root_path=site.root_page.path,
        tagline=brand.tagline,
        colour=brand.colour,
        background=brand.background,
        introduction=brand.introduction,
        contact_email=brand.contact_email,
        phone=brand.phone,
        address=brand.address,
        logo=_picture(brand.logo, "max-400x72"),
        social_image=_picture(brand.social_image, "fill-1200x630|format-jpeg"),
        menu=_links(block.value for block in NavigationSettings.for_site(site).menu),
        footer_columns=tuple(
            (block.value["title"], _links(block.value["links"])) for block in footer.columns
        ),
        social_links=_links(block.value for block in footer.social_links),
        legal_text=footer.legal_text,
        is_default=site.is_default_site,
    )


def _links(values) -> tuple[Link, ...]:
    links = (_link(value) for value in values)
    return tuple(link for link in links if link.url and link.text)


def _link(value: LinkValue) -> Link:
    return Link(text=value.text, url=value.url, children=_links(value.get("children") or ()))


def _picture(image, spec: str) -> Picture | None:
    if image is None:
        return None
    rendition = image.rendition_or_none(spec)
    if rendition is None:
        return None
    return Picture(rendition.url, rendition.full_url, rendition.width, rendition.height)
