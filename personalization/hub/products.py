"""Products, their references and their editors: the same for everybody, therefore remembered."""

from typing import Any

from . import translate
from .cache import AnswerCache
from .calls import Calls
from .config import HubConfig
from .paging import pages
from .types import (
    Applications,
    PersonalizationParameters,
    ProcessingPipeline,
    Product,
    ProductPage,
    ProductReference,
    ProductReferencePage,
    ProductSummary,
    ProductVariant,
    Workflow,
)

TENANT = "tenant"
TENANT_SECONDS = 3600
CATALOG_SECONDS = 300


class ProductCalls(Calls):
    """What the shop reads about products."""

    def __init__(self, config: HubConfig):
        super().__init__(config)
        self._answers = AnswerCache(config.fingerprint)

    def applications(self) -> Applications:
        """The addresses of the tenant's editors."""

        def fetch():
            return translate.applications(self._applications_dto(), self.config)

        return self._answers.read(TENANT, "applications", fetch, seconds=TENANT_SECONDS)

    def product_reference(self, reference: str) -> ProductReference:
        """What the product reference points at. HubNotFound: it is not connected in the Hub."""
        dto_of = self._asking_reference("product_references_get", "ProductReferenceDto", reference)
        return self._of_reference(
            reference, "reference", lambda: translate.product_reference(dto_of(), reference)
        )

    def personalization_parameters(self, reference: str) -> PersonalizationParameters:
        """Which editor personalizes the product reference, and with what. HubNotFound: none does."""
        operation = "product_references_get_personalization_parameters"
        dto_of = self._asking_reference(operation, "PersonalizationParametersDto", reference)
        return self._of_reference(
            reference, "parameters", lambda: translate.personalization_parameters(dto_of(), self.config)
        )

    def personalization_workflow(self, reference: str) -> Workflow:
        """The workflow of the product reference alone."""
        operation = "product_references_get_personalization_workflow"
        dto_of = self._asking_reference(operation, "PersonalizationWorkflowDto", reference)
        return self._of_reference(reference, "workflow", lambda: translate.workflow(dto_of()))

    def product_summary(self, reference: str, *, sku: str) -> ProductSummary:
        """The product behind the reference, seen through one SKU."""
        operation = "product_references_get_product_summary"
        dto_of = self._asking_reference(operation, "ProductSummaryDto", reference, sku=sku)
        return self._of_reference(
            reference, f"summary|{sku}", lambda: translate.product_summary(dto_of(), sku)
        )

    def product(self, product_id: int) -> Product:
        """A product by the Hub's id."""

        def fetch():
            return translate.product(self._call("products.products_get_product", "ProductDto", id=product_id))

        return self._answers.read(f"product|{product_id}", "product", fetch, seconds=CATALOG_SECONDS)

    def product_variants(self, product_id: int, *, sku: str | None = None) -> list[ProductVariant]:
        """The variants of a product, all or those with the SKU."""
        query = {"id": product_id} if sku is None else {"id": product_id, "sku": sku}

        def fetch():
            found = pages(
                self._call, "products.products_get_product_variants", "PagedOfProductVariantDto", **query
            )
            return [translate.product_variant(dto) for page in found for dto in page]

        return self._answers.read(f"product|{product_id}", f"variants|{sku}", fetch, seconds=CATALOG_SECONDS)

    def products(self, *, search: str = "", skip: int = 0, take: int = 20) -> ProductPage:
        """One page of the tenant's products, always asked for anew."""
        query = {"skip": skip, "take": take, **({"search": search} if search else {})}
        dto = self._call("products.products_get_all_products", "PagedOfProductDto", **query)
        items = tuple(translate.product(item) for item in dto.items or ())
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
        items = tuple(translate.product_reference(item) for item in dto.items or ())
        return ProductReferencePage(total=len(items) if dto.total is None else dto.total, items=items)

    def processing_pipeline(self, pipeline_id: int) -> ProcessingPipeline:
        """A pipeline that makes print files, asked for anew. HubNotFound: there is none of this number."""
        operation = "processing_pipelines.processing_pipelines_get"
        return translate.pipeline(self._call(operation, "ProcessingPipelineDto", id=pipeline_id))

    def forget(self, reference: str, *, product_id: int | None = None) -> None:
        """Ask the Hub again about the product reference (and its product), whatever is remembered."""
        self._answers.forget(f"reference|{reference}")
        if product_id is not None:
            self._answers.forget(f"product|{product_id}")

    def _asking_reference(self, method: str, expects: str, reference: str, **query: Any):
        return lambda: self._call(
            f"product_references.{method}", expects, reference=reference, **query, **self._storefront
        )

    def _of_reference(self, reference: str, name: str, fetch):
        return self._answers.read(f"reference|{reference}", name, fetch, seconds=CATALOG_SECONDS)
