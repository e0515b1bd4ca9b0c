"""Which variants are sold."""

from collections.abc import Iterable

from catalog.models.products import ProductGroupPage
from catalog.models.variants import ProductVariant
from home.selectors.privacy import closed_paths

from .stock import load_stock


def sellable_variant(sku: str, *, closed: tuple[str, ...] | None = None) -> ProductVariant | None:
    """The variant with this SKU if it is on sale on a live page, with page, prices and pictures loaded."""
    return sellable_variants([sku], closed=closed).get(sku)


def sellable_variants(
    skus: Iterable[str], *, closed: tuple[str, ...] | None = None
) -> dict[str, ProductVariant]:
    """The variants on sale among these SKUs, by SKU, in three queries whatever their number.

    One that is sold out is still on sale: its `stock` says what is left. `closed` are the paths that the
    visitor may not see (`closed_paths`): what is below them is not on sale. Without it, nothing private is.
    """
    closed = closed_paths() if closed is None else closed
    # PostgreSQL takes no NUL, and asks about none.
    possible = {sku for sku in skus if "\0" not in sku}
    variants = list(
        ProductVariant.objects.filter(sku__in=possible, is_active=True, page__live=True)
        .select_related("page", "page__picture", "image")
        .prefetch_related("page__price_breaks")
    )
    variants = _shown(variants, closed)
    load_stock(variants)
    return {variant.sku: variant for variant in variants}


def _shown(variants: list[ProductVariant], closed: tuple[str, ...]) -> list[ProductVariant]:
    """Those whose page is not closed, or is shown by an alias in an open place."""
    hidden = {variant.page_id: variant.page for variant in variants if variant.page.path.startswith(closed)}
    # An alias keeps the restrictions of the page itself, not those of the pages above it.
    by_place = [page_id for page_id, page in hidden.items() if page.path not in closed]
    if by_place:
        aliases = ProductGroupPage.objects.live().filter(alias_of__in=by_place)
        for source, path in aliases.values_list("alias_of", "path"):
            if not path.startswith(closed):
                hidden.pop(source, None)
    return [variant for variant in variants if variant.page_id not in hidden]
