"""Products, their references and their editors: the same for everybody, therefore remembered."""

from collections.abc import Callable
from typing import Any, TypeVar

from . import mappers
from .cache import AnswerCache
from .calls import Calls
from .config import HubConfig
from .paging import pages
from .types import (
    PersonalizationParameters,
    ProcessingPipeline,
    ProcessingPipelinePage,
    Product,
    ProductKey,
    ProductPage,
    ProductReference,
    ProductReferencePage,
    ProductSummary,
    ProductVariant,
)

Answer = TypeVar("Answer")

CATALOG_SECONDS = 300


class ProductCalls(Calls):
    """What the shop reads about products."""

    def __init__(self, config: HubConfig):
        super().__init__(config)
        self._answers = AnswerCache(config.fingerprint)

    def product_reference(self, reference: str) -> ProductReference:
        """What the product reference points at. HubNotFound: it is not connected in the Hub."""

        def fetch() -> ProductReference:
            operation = "product_references.product_references_get"
            dto = self._call(operation, "ProductReferenceDto", reference=reference, **self._storefront)
            return mappers.product_reference(dto, reference)

        return self._remember(reference, "reference", fetch)

    def personalization_parameters(self, product: ProductKey) -> PersonalizationParameters:
        """Which editor personalizes the product, and with what. HubNotFound: none does."""

        def fetch() -> PersonalizationParameters:
            dto = self._ask(product, "get_personalization_parameters", "PersonalizationParametersDto")
            return mappers.personalization_parameters(dto, self.config)

        return self._remember(product, "parameters", fetch)

    def product_summary(self, product: ProductKey, *, sku: str) -> ProductSummary:
        """The product seen through one SKU."""

        def fetch() -> ProductSummary:
            dto = self._ask(product, "get_product_summary", "ProductSummaryDto", sku=sku)
            return mappers.product_summary(dto, sku)

        return self._remember(product, f"summary|{sku}", fetch)

    def product(self, product_id: int) -> Product:
        """A product by the Hub's id."""

        def fetch() -> Product:
            return mappers.product(self._call("products.products_get_product", "ProductDto", id=product_id))

        return self._remember(product_id, "product", fetch)

    def product_variants(self, product_id: int, *, sku: str | None = None) -> list[ProductVariant]:
        """The variants of a product, all or those with the SKU."""
        query = {"id": product_id} if sku is None else {"id": product_id, "sku": sku}

        def fetch() -> list[ProductVariant]:
            found = pages(
                self._call, "products.products_get_product_variants", "PagedOfProductVariantDto", **query
            )
            return [mappers.product_variant(dto) for page in found for dto in page]

        return self._remember(product_id, f"variants|{sku}", fetch)

    def variant_pictures(self, product_id: int) -> dict[str, str]:
        """The address of a picture for each SKU of a product whose design has one; never remembered."""
        operation, expects = "products.products_get_product_variant_designs", "PagedOfProductVariantDesignDto"
        designs = [dto for page in pages(self._call, operation, expects, id=product_id) for dto in page]
        found = ((dto.sku, mappers.design_picture(dto)) for dto in reversed(designs))
        return {sku: address for sku, address in found if sku and address}

    def products(self, *, search: str = "", skip: int = 0, take: int = 20) -> ProductPage:
        """One page of the tenant's products, always asked for anew."""
        query = {"skip": skip, "take": take, **({"search": search} if search else {})}
        dto = self._call("products.products_get_all_products", "PagedOfProductDto", **query)
        items = tuple(mappers.product(item) for item in dto.items or ())
        return ProductPage(total=len(items) if dto.total is None else dto.total, items=items)

    def product_references(
        self, *, search: str = "", product_id: int | None = None, skip: int = 0, take: int = 20
    ) -> ProductReferencePage:
        """One page of what is connected to this shop, or to one product of it; never remembered."""
        wanted = {"search": search, "product_id": product_id}
        dto = self._call(
            "product_references.product_references_get_all",
            "PagedOfProductReferenceDto",
            skip=skip,
            take=take,
            **{name: value for name, value in wanted.items() if value},
            **self._storefront,
        )
        items = tuple(mappers.product_reference(item) for item in dto.items or ())
        return ProductReferencePage(total=len(items) if dto.total is None else dto.total, items=items)

    def processing_pipeline(self, pipeline_id: int) -> ProcessingPipeline:
        """A pipeline that makes print files, asked for anew. HubNotFound: there is none of this number."""
        operation = "processing_pipelines.processing_pipelines_get"
        return mappers.pipeline(self._call(operation, "ProcessingPipelineDto", id=pipeline_id))

    def processing_pipelines(
        self, *, search: str = "", skip: int = 0, take: int = 20
    ) -> ProcessingPipelinePage:
        """One page of the tenant's pipelines, always asked for anew."""
        operation, expects = (
            "processing_pipelines.processing_pipelines_get_all",
            "PagedOfProcessingPipelineDto",
        )
        query = {"skip": skip, "take": take, **({"search": search} if search else {})}
        dto = self._call(operation, expects, **query)
        items = tuple(mappers.pipeline(item) for item in dto.items or ())
        return ProcessingPipelinePage(total=len(items) if dto.total is None else dto.total, items=items)

    def forget(self, *products: ProductKey) -> None:
        """Ask the Hub again about these products, whatever is remembered."""
        for product in products:
            self._answers.forget(_group(product))

    def doubt(self, product: ProductKey) -> bool:
        """Ask the Hub again about a product whose answers the shop cannot use; False if it was just asked."""
        return self._answers.doubt(_group(product))

    def _ask(self, product: ProductKey, method: str, expects: str, **query: Any) -> Any:
        """A question that the Hub answers for references and for its own products alike."""
        if isinstance(product, str):
            operation = f"product_references.product_references_{method}"
            return self._call(operation, expects, reference=product, **query, **self._storefront)
        return self._call(f"products.products_{method}", expects, id=product, **query)

    def _remember(self, product: ProductKey, name: str, fetch: Callable[[], Answer]) -> Answer:
        return self._answers.read(_group(product), name, fetch, seconds=CATALOG_SECONDS)


def _group(product: ProductKey) -> str:
    """Under which all answers about a product are remembered."""
    return f"reference|{product}" if isinstance(product, str) else f"product|{product}"
