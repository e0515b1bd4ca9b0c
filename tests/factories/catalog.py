"""Pages, products and pictures for tests, as small as they can be."""

from itertools import count
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Collection, Locale, Page, Revision, Site

from catalog.models import CatalogPage, CategoryPage, PriceBreak, ProductGroupPage, ProductVariant
from home.models import HomePage, SiteImage

numbers = count(1)


def a_shop() -> CatalogPage:
    """The default site with its front page and an empty catalog; the same one when called again."""
    existing = CatalogPage.objects.first()
    if existing:
        return existing
    root = a_root_page()
    home = root.add_child(instance=HomePage(title="Oakwren", slug=f"home-{next(numbers)}"))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": home, "site_name": "Oakwren"}
    )
    Site.clear_site_root_paths_cache()
    return home.add_child(instance=CatalogPage(title="Shop", slug="shop"))


def a_root_page() -> Page:
    """Wagtail's root page, made again with all that belongs to it where a test has emptied the database."""
    Locale.objects.get_or_create(language_code=get_supported_content_language_variant(settings.LANGUAGE_CODE))
    if not Collection.get_first_root_node():
        Collection.add_root(name="Root")
    return Page.get_first_root_node() or Page.add_root(title="Root", slug="root")


def a_category(title: str = "Cards", *, parent: Page | None = None, **fields) -> CategoryPage:
    """A live category, right below the catalog unless told otherwise."""
    page = CategoryPage(title=title, slug=f"category-{next(numbers)}", **fields)
    return (parent or a_shop()).add_child(instance=page)


def a_group(
    *skus: str,
    title: str = "Classic cards",
    price: str = "10.00",
    breaks: dict[int, int] | None = None,
    parent: Page | None = None,
    personalized: bool = False,
    live: bool = True,
    **fields,
) -> ProductGroupPage:
    """A product group with one variant for each SKU, published with a revision like an editor's."""
    page = ProductGroupPage(title=title, slug=f"group-{next(numbers)}", live=live, **fields)
    page.variants = [
        ProductVariant(sku=sku, title=f"Variant {position + 1}", price=price, sort_order=position)
        for position, sku in enumerate(skus)
    ]
    page.price_breaks = [
        PriceBreak(minimum_quantity=quantity, discount_percent=percent)
        for quantity, percent in (breaks or {}).items()
    ]
    if personalized:
        page.personalization = [("customers_canvas", {})]
    (parent or a_category()).add_child(instance=page)
    revision = page.save_revision()
    if live:
        _note_publication(page, revision)
    return ProductGroupPage.objects.get(pk=page.pk)


def _note_publication(page: ProductGroupPage, revision: Revision) -> None:
    """What publishing leaves at a page that is live already, without saving all of it twice more."""
    now = timezone.now()
    ProductGroupPage.objects.filter(pk=page.pk).update(
        live_revision=revision,
        first_published_at=now,
        last_published_at=now,
        has_unpublished_changes=False,
    )


def a_picture(description: str = "A card", *, size: tuple[int, int] = (400, 400)) -> SiteImage:
    """An image of one colour."""
    a_root_page()
    return SiteImage.objects.create(title=description, description=description, file=_image_file(size))


def _image_file(size: tuple[int, int]) -> ContentFile:
    from io import BytesIO

    content = BytesIO()
    Image.new("RGB", size, "#1f4d3f").save(content, "PNG")
    return ContentFile(content.getvalue(), name=f"{uuid4().hex}.png")
