"""From the demo's files to pages and settings, in one transaction."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Collection, Page, Site

from catalog.models import CatalogPage, CategoryPage, ProductGroupPage, ProductVariant, Stock
from catalog.models.stock import LOW_FROM
from catalog.services.stock import start_counting
from catalog.skus import sku_holders
from core.audit.actors import DEMO
from home.models import (
    BrandSettings,
    FooterSettings,
    HomePage,
    NavigationSettings,
    StandardPage,
    StoryIndexPage,
    StoryPage,
)
from home.services.front_page import front_page, make_front_page, place_site

from .content import DemoContent
from .pictures import COLLECTION, Pictures
from .products import product_group
from .streams import Bodies


@dataclass
class Report:
    """What a load has added, what there is now, which pictures had no file, and what was left to editors who
    sell it on pages of their own.
    """

    pages_added: int = 0
    categories: int = 0
    products: int = 0
    variants: int = 0
    stories: int = 0
    missing_pictures: list[str] = field(default_factory=list)
    left_to_editors: list[str] = field(default_factory=list)


def is_foreign() -> bool:
    """Whether there is a shop here that somebody else has made: a front page without the demo's pictures."""
    return front_page() is not None and not Collection.objects.filter(name=COLLECTION).exists()


@transaction.atomic
def load(content: DemoContent) -> Report:
    """Adds what is missing; leaves alone what exists."""
    loader = _Loader(content)
    loader.load()
    return Report(
        pages_added=loader.added,
        categories=CategoryPage.objects.count(),
        products=ProductGroupPage.objects.count(),
        variants=ProductVariant.objects.count(),
        stories=StoryPage.objects.count(),
        missing_pictures=sorted(set(loader.pictures.missing)),
        left_to_editors=loader.left_to_editors,
    )


class _Loader:
    def __init__(self, content: DemoContent):
        self.content = content
        self.added = 0
        self.pictures = Pictures(content.pictures)
        self.bodies = Bodies(self.pictures, self.find_page)
        self.pages: dict[str, Page] = {}
        self.left_to_editors: list[str] = []

    def load(self) -> None:
        self.import_described_pictures()
        home = self.add_home()
        self.add_catalog(home)
        stories = self.add_story_index(home)
        self.add_standard_pages(home)
        self.add_stories(stories)
        if not home.body:
            home.body = self.bodies.home(self.content.home["home"])
            home.save_revision().publish()
        self.add_settings(Site.objects.get(is_default_site=True))

    def find_page(self, slug: str) -> Page:
        return self.pages[slug]

    def import_described_pictures(self) -> None:
        """Products describe their pictures best; stories that show the same ones come later."""
        for group in self.content.catalog["product_groups"]:
            for name, alt in zip(group["pictures"], group["alt"], strict=True):
                self.pictures.get(name, alt)

    def add(self, parent: Page, page: Page) -> Page:
        """Publishes a page below `parent`, unless there is one with its slug."""
        existing = type(page).objects.child_of(parent).filter(slug=page.slug).first()
        if existing is None:
            parent.add_child(instance=page)
            page.save_revision().publish()
            page.refresh_from_db()
            self.added += 1
        self.pages[page.slug] = existing or page
        return existing or page

    def add_home(self) -> HomePage:
        data = self.content.home["home"]
        home = front_page()
        if home is None:
            home = make_front_page(
                HomePage(
                    title=data["title"],
                    seo_title=data["seo_title"],
                    search_description=data["search_description"],
                )
            )
            self.added += 1
        place_site(home, address=settings.SHOP_BASE_URL, name=home.title)
        return home

    def add_catalog(self, home: HomePage) -> None:
        catalog = self.add(
            home,
            CatalogPage(
                slug="shop",
                title="Shop",
                introduction=f"<p>{self.content.home['home']['categories']['text']}</p>",
                search_description=self.content.home["home"]["search_description"],
            ),
        )
        for data in self.content.catalog["categories"]:
            page = CategoryPage(
                slug=data["slug"],
                title=data["title"],
                introduction=f"<p>{data['introduction']}</p>",
                picture=self.pictures.get(data["picture"], data.get("alt", data["title"])),
            )
            self.add(self.pages[data["parent"]] if data["parent"] else catalog, page)
        now = timezone.now()
        for position, data in enumerate(self.content.catalog["product_groups"]):
            # The first product is the newest, so that a category shows them in the order of the file.
            page = product_group(data, self.pictures, now - timedelta(hours=position + 1))
            self.add_product(self.pages[data["category"]], page)
            self.add_stock(data["variants"])

    def add_product(self, category: CategoryPage, page: ProductGroupPage) -> None:
        """Publishes a product with the SKUs that no page of an editor's sells."""
        here = Q(pk__in=category.get_children().filter(slug=page.slug).values("pk"))
        known = ProductGroupPage.objects.filter(here | Q(reference=page.reference)).first()
        variants = list(page.variants.all())
        holders = {} if known else sku_holders([variant.sku for variant in variants], page_id=None)
        page.variants = [variant for variant in variants if variant.sku not in holders]
        if holders and not page.variants.all():
            self.left_to_editors.append(f"“{page.title}” was not added: its SKUs are sold by other pages.")
            known = ProductGroupPage.objects.get(pk=holders[variants[0].sku].page_id)
        if known:
            self.pages[page.slug] = known
            return
        self.left_to_editors += [
            f"The SKU {sku} was left out of “{page.title}”: “{holder.title}” has it."
            for sku, holder in holders.items()
        ]
        self.add(category, page)

    def add_stock(self, variants: list[dict]) -> None:
        """Most of the demo is made to order; a few things lie on a shelf."""
        for data in variants:
            if "stock" in data and not Stock.objects.filter(sku=data["sku"]).exists():
                start_counting(
                    data["sku"], quantity=data["stock"], low_from=LOW_FROM, by=DEMO, reason="First count"
                )

    def add_story_index(self, home: HomePage) -> StoryIndexPage:
        data = self.content.home["story_index"]
        return self.add(
            home, StoryIndexPage(slug=data["slug"], title=data["title"], introduction=data["introduction"])
        )

    def add_stories(self, index: StoryIndexPage) -> None:
        for data in self.content.stories:
            story = StoryPage(
                slug=data["slug"],
                title=data["title"],
                introduction=data["introduction"],
                author=data["author"],
                date=date.fromisoformat(data["date"]),
                picture=self.pictures.get(data["picture"], data["alt"]),
                body=self.bodies.body(data["body"]),
            )
            self.add(index, story)

    def add_standard_pages(self, home: HomePage) -> None:
        for data in self.content.home["pages"]:
            page = StandardPage(
                slug=data["slug"],
                title=data["title"],
                introduction=data["introduction"],
                picture=self.pictures.get(data.get("picture"), data.get("alt", "")),
                body=self.bodies.body(data["body"]),
            )
            self.add(home, page)

    def add_settings(self, site: Site) -> None:
        home = self.content.home
        if not BrandSettings.objects.filter(site=site).exists():
            BrandSettings.objects.create(
                site=site,
                name=home["brand"]["name"],
                tagline=home["brand"]["tagline"],
                introduction=home["footer"]["text"],
                contact_email=home["brand"]["email"],
                phone=home["brand"]["phone"],
                address=home["brand"]["address"],
                social_image=self.pictures.get(home["brand"]["share_picture"], home["brand"]["name"]),
            )
        if not NavigationSettings.objects.filter(site=site).exists():
            menu = [("item", self._menu_item(item)) for item in home["navigation"]]
            NavigationSettings.objects.create(site=site, menu=menu)
        if not FooterSettings.objects.filter(site=site).exists():
            columns = [("column", self._footer_column(column)) for column in home["footer"]["columns"]]
            FooterSettings.objects.create(
                site=site, columns=columns, legal_text=home["footer"].get("small_print", "")
            )

    def _menu_item(self, item: dict) -> dict:
        page = self.find_page(item["target"])
        below = CategoryPage.objects.child_of(page).live().order_by("path")
        children = [{"page": category, "address": "", "text": ""} for category in below]
        return {**self.bodies.link(item["target"], item["title"]), "children": children}

    def _footer_column(self, column: dict) -> dict:
        links = [self.bodies.link(link["target"], link["title"]) for link in column["links"]]
        return {"title": column["title"], "links": links}
