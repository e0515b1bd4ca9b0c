"""The Hub as the shop sees it: plain calls, plain values, few errors."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any

from . import creations, translate
from .breaker import HubState
from .cache import AnswerCache
from .config import HubConfig
from .design_editor import DesignEditorTokens
from .errors import HubContractError, HubNotFound, HubRejected
from .files import Files
from .official import OfficialClient
from .paging import goes_back_beyond, pages
from .transport import Transport
from .types import (
    Applications,
    ArtifactStream,
    NewProject,
    OutputFile,
    PersonalizationParameters,
    Preview,
    ProcessingPipeline,
    ProcessingResults,
    Product,
    ProductPage,
    ProductReference,
    ProductReferencePage,
    ProductSummary,
    ProductVariant,
    Project,
    Workflow,
)

TENANT = "tenant"
TENANT_SECONDS = 3600
CATALOG_SECONDS = 300

EARLIEST = datetime.min.replace(tzinfo=UTC)


class Hub:
    """One tenant of the Hub. Every method blocks, is safe for threads, and raises nothing but HubError.

    Calls that only read are repeated twice when the Hub is briefly unavailable; calls that change something
    never are. After failures in a row calls raise HubNotAsked at once, until the Hub is back (see `breaker`).
    """

    def __init__(self, config: HubConfig):
        self.config = config
        self._storefront_id = config.storefront_id
        self._transport = Transport(config)
        self._files = Files(config, self._transport)
        self._answers = AnswerCache(config.fingerprint)
        self._design_editor = DesignEditorTokens(self._transport, self._applications_dto)
        self._official: OfficialClient | None = None

    # Whether the Hub is there.

    def state(self) -> HubState:
        """Whether the Hub is asked at present, as all processes know it. Asks nothing."""
        return self._transport.breaker.state()

    def probe(self) -> None:
        """See whether the Hub is back, if it was away and it is time to look; for background jobs. Raises
        HubUnavailable.
        """
        self._transport.probe()

    # Products: the same for everybody, remembered.

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

    # Storefront users: personal, never remembered.

    def ensure_storefront_user(self, user_id: str, *, anonymous: bool) -> None:
        """Make sure that the Hub knows the storefront user."""
        try:
            self._call(
                "storefront_users.storefront_users_get", "StorefrontUserDto", id=user_id, **self._storefront
            )
            return
        except HubNotFound:
            pass
        body = {"storefrontUserId": user_id, "isAnonymous": anonymous}
        try:
            self._call(
                "storefront_users.storefront_users_create",
                "StorefrontUserDto",
                create_storefront_user_dto=body,
                **self._storefront,
            )
        except HubRejected as rejection:
            if rejection.status != 409:
                raise

    def storefront_user_token(self, user_id: str) -> str:
        """A token with which this user's browser may talk to the Hub. HubNotFound: there is no such user."""
        answer = self._call(
            "storefront_users.storefront_users_get_token",
            "str",
            storefront_user_id=user_id,
            **self._storefront,
        )
        token = answer.strip().strip('"')
        if not token or not token.isascii() or not token.isprintable() or " " in token:
            raise HubContractError("The Hub did not answer with a storefront user's token.")
        return token

    def design_editor_token(self, user_id: str) -> str:
        """A token with which this user's browser may use the Design Editor.

        HubForbidden: the editor refuses its API key. HubContractError: the tenant has no Design Editor.
        """
        return self._design_editor.token(user_id)

    def merge_storefront_users(self, *, anonymous_id: str, regular_id: str) -> None:
        """Give the anonymous user's designs to the regular one.

        HubNotFound: one of them does not exist (any more). HubRejected with 409: they cannot be merged, or
        already were.
        """
        self._call(
            "storefront_users.storefront_users_merge_anonymous",
            None,
            merge_anonymous_user_data_input={
                "anonymousStorefrontUserId": anonymous_id,
                "regularStorefrontUserId": regular_id,
            },
            **self._storefront,
        )

    # Projects.

    def create_project(self, new: NewProject) -> Project:
        """Create a project, which starts the rendering by the pipeline of its product.

        No way of creating is ever repeated: the Hub would make a second project. HubUnavailable and
        HubContractError mean that the outcome is unknown: look with `find_projects`.
        """
        return self._create_project(
            "with_single_item", "create_single_item_project_dto", creations.by_product(new)
        )

    def create_project_by_pipeline(self, new: NewProject, *, pipeline_id: int) -> Project:
        """Like `create_project`, but rendered by this pipeline, whatever the product says."""
        body = creations.by_pipeline(new, pipeline_id)
        return self._create_project(
            "by_specific_pipeline_scenario", "create_project_by_specific_pipeline_scenario_dto", body
        )

    def create_project_by_hires_rendering(self, new: NewProject) -> Project:
        """Like `create_project`, but rendered by the Hub's built-in scenario: PDF, CMYK, 300 dpi.

        Raises ValueError unless the project has exactly one design.
        """
        body = creations.by_hires_rendering(new)
        return self._create_project(
            "by_render_hi_res_scenario", "create_project_by_render_hi_res_scenario_dto", body
        )

    def find_projects(self, order_id: str) -> list[Project]:
        """This shop's projects of exactly this order, those awaiting removal included, oldest first."""
        query = {"order_id": order_id, "include_obsolete": True, **self._storefront}
        found = pages(self._call, "projects.projects_get_all", "PagedOfProjectDto", **query)
        projects = (translate.project(dto) for page in found for dto in page)
        return sorted(
            (project for project in projects if project.order_id == order_id), key=lambda project: project.id
        )

    def project(self, project_id: int) -> Project:
        """A project by its id."""
        return translate.project(self._call("projects.projects_get", "ProjectDto", id=project_id))

    def changed_projects(self, *, since: datetime) -> list[Project]:
        """This shop's projects changed at or after `since` (aware), the last changed first.

        Costs a call per 100 changes, however many projects there are. One never changed is not among them.
        """
        changed: list[Project] = []
        query = {"sorting": "LastModified DESC", **self._storefront}
        for page in pages(self._call, "projects.projects_get_all", "PagedOfProjectDto", **query):
            projects = [translate.project(dto) for dto in page]
            moments = [project.last_modified for project in projects]
            changed += [project for project in projects if (project.last_modified or EARLIEST) >= since]
            if goes_back_beyond(since, moments):
                break
        return changed

    def projects_created(self, *, since: datetime) -> list[Project]:
        """This shop's projects created at or after `since` (aware), the last first; a call per 100."""
        created: list[Project] = []
        query = {"sorting": "Created DESC", **self._storefront}
        for page in pages(self._call, "projects.projects_get_all", "PagedOfProjectDto", **query):
            projects = [translate.project(dto) for dto in page]
            moments = [project.created for project in projects]
            created += [project for project in projects if (project.created or EARLIEST) >= since]
            if goes_back_beyond(since, moments):
                break
        return created

    def processing_results(self, project_id: int) -> ProcessingResults:
        """How far the rendering is and which files it made."""
        dto = self._call(
            "projects.projects_get_project_processing_results", "ProjectProcessingResultsDto", id=project_id
        )
        return translate.processing_results(dto)

    def force_project_status(self, project_id: int, *, status: int) -> None:
        """Set the business status (a code of the tenant's list) whatever it was."""
        self._call("projects.projects_force_status", "ProjectStatusDto", id=project_id, status=status)

    def restart_processing(self, project_id: int) -> None:
        """Render from the beginning."""
        self._call("projects.projects_restart_project_processing", None, id=project_id)

    def resume_processing(self, project_id: int) -> None:
        """Go on with the tasks that are left."""
        self._call("projects.projects_resume_project_processing", None, id=project_id)

    # Files.

    def open_artifact(self, file: OutputFile) -> AbstractContextManager[ArtifactStream]:
        """A rendered file as a stream: `with hub.open_artifact(file) as stream: ... stream.iter_bytes()`.

        HubUnavailable is also raised at the end of the iteration if bytes are missing: keep the file only
        after it.
        """
        return self._files.open_artifact(file)

    def fetch_preview(self, url: str, *, also_from: Iterable[str] = ()) -> Preview:
        """A design's preview picture, at most 5 MB, from a configured host or from the host of an address in
        `also_from`.

        Other places, other types and larger files are HubContractError.
        """
        return self._files.fetch_preview(url, also_from=also_from)

    def _create_project(self, way: str, dto_name: str, body: dict[str, Any]) -> Project:
        dto = self._call(
            f"projects.projects_create_{way}", "ProjectDto", **{dto_name: body}, **self._storefront
        )
        return translate.project(dto)

    @property
    def _storefront(self) -> dict[str, int]:
        return {"storefront_id": self._storefront_id}

    def _applications_dto(self) -> Any:
        return self._call("tenant_info.tenant_info_get_applications_info", "TenantApplicationsInfoDto")

    def _call(self, operation: str, expects: str | None, **arguments: Any) -> Any:
        if self._official is None:
            self._official = OfficialClient(self.config.gateway_url, self._transport)
        return self._official.call(operation, expects=expects, **arguments)

    def _asking_reference(self, method: str, expects: str, reference: str, **query: Any):
        return lambda: self._call(
            f"product_references.{method}", expects, reference=reference, **query, **self._storefront
        )

    def _of_reference(self, reference: str, name: str, fetch):
        return self._answers.read(f"reference|{reference}", name, fetch, seconds=CATALOG_SECONDS)
