"""Projects: the Hub's side of an order line."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from . import creations, mappers
from .calls import Calls
from .paging import goes_back_beyond, pages
from .types import NewProject, ProcessingResults, Project

EARLIEST = datetime.min.replace(tzinfo=UTC)


class ProjectCalls(Calls):
    """What the shop orders from the Hub, and how far that is."""

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
        projects = (mappers.project(dto) for page in found for dto in page)
        return sorted(
            (project for project in projects if project.order_id == order_id), key=lambda project: project.id
        )

    def project(self, project_id: int) -> Project:
        """A project by its id, with the Hub's `answer`."""
        dto, body = self._call_with_body("projects.projects_get", "ProjectDto", id=project_id)
        return replace(mappers.project(dto), answer=body)

    def changed_projects(self, *, since: datetime) -> list[Project]:
        """This shop's projects changed at or after `since` (aware), the last changed first.

        Costs a call per 100 changes, however many projects there are. One never changed is not among them.
        """
        changed: list[Project] = []
        query = {"sorting": "LastModified DESC", **self._storefront}
        for page in pages(self._call, "projects.projects_get_all", "PagedOfProjectDto", **query):
            projects = [mappers.project(dto) for dto in page]
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
            projects = [mappers.project(dto) for dto in page]
            moments = [project.created for project in projects]
            created += [project for project in projects if (project.created or EARLIEST) >= since]
            if goes_back_beyond(since, moments):
                break
        return created

    def processing_results(self, project_id: int) -> ProcessingResults:
        """How far the rendering is and which files it made, with the Hub's `answer`."""
        dto, body = self._call_with_body(
            "projects.projects_get_project_processing_results", "ProjectProcessingResultsDto", id=project_id
        )
        return replace(mappers.processing_results(dto), answer=body)

    def force_project_status(self, project_id: int, *, status: int) -> None:
        """Set the business status (a code of the tenant's list) whatever it was."""
        self._call("projects.projects_force_status", "ProjectStatusDto", id=project_id, status=status)

    def restart_processing(self, project_id: int) -> None:
        """Render from the beginning."""
        self._call("projects.projects_restart_project_processing", None, id=project_id)

    def resume_processing(self, project_id: int) -> None:
        """Go on with the tasks that are left."""
        self._call("projects.projects_resume_project_processing", None, id=project_id)

    def _create_project(self, way: str, dto_name: str, body: dict[str, Any]) -> Project:
        dto = self._call(
            f"projects.projects_create_{way}", "ProjectDto", **{dto_name: body}, **self._storefront
        )
        return mappers.project(dto)
