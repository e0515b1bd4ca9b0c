"""Which operations of the official client the sandbox answers.

`python sandbox/tests/operations.py` calls each of them and writes the table into sandbox/README.md.
"""

import asyncio
import inspect
import re
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from aurigma.storefront import ApiClient, Configuration, models
from aurigma.storefront import api as hub_api
from aurigma.storefront.exceptions import ApiException, ConflictException

import tenant
from cchub_sandbox.clock import INSTANT
from cchub_sandbox.server import SandboxServer
from sandbox_calls import OWNER, REFERENCE, SKU, create_project, new_token

README = Path(__file__).parents[1] / "README.md"
TABLE = re.compile(r"(?<=<!-- operations -->\n).*?(?=<!-- /operations -->)", re.DOTALL)
HOW_TO_WRITE = (
    "The table of operations in sandbox/README.md is old. Write it: python sandbox/tests/operations.py"
)

ACCOUNT = "account-1"
IDS = {
    "ProcessingPipelinesApi": 31,
    "ProductsApi": 401,
    "StorefrontUsersApi": OWNER,
    "StorefrontsApi": tenant.IDENTITY["storefront_id"],
}
ARGUMENTS = {
    "product_link_id": 1,
    "product_variant_id": 55001,
    "reference": REFERENCE,
    "sku": SKU,
    "status": 3,
    "storefront_id": tenant.IDENTITY["storefront_id"],
    "storefront_user_id": OWNER,
    "transition": "Activate",
}


# The client's default asks for JSON, and a picture is none.
HEADERS = {"projects_get_preview": {"Accept": "application/octet-stream"}}


@dataclass(frozen=True)
class Operation:
    """One method of one of the client's API classes."""

    api: str
    name: str
    method: Callable[..., Any]

    @property
    def needed(self) -> list[str]:
        parameters = inspect.signature(self.method).parameters.values()
        return [
            parameter.name
            for parameter in parameters
            if parameter.name != "self" and parameter.default is parameter.empty
        ]


def operations() -> Iterator[Operation]:
    """All operations of the client; its further variants of each method are left out."""
    for api in sorted(name for name in vars(hub_api) if name.endswith("Api")):
        for name, method in vars(getattr(hub_api, api)).items():
            is_variant = name.endswith(("_with_http_info", "_without_preload_content"))
            if not name.startswith("_") and not is_variant:
                yield Operation(api, name, method)


class Outcome(Enum):
    ANSWERED = "answers"
    REFUSED = "refuses (409): every reference stands for a product"
    MISSING = "does not know it (404)"


def outcome(server: SandboxServer, operation: Operation) -> Outcome:
    """What the client gets for a call that is right.

    Raises ApiException for any error but that of a missing endpoint or of a kind of product that the sandbox
    has none of, and pydantic's ValidationError for an answer that the client cannot read.
    """
    server.control.reset()
    arguments = _arguments(server, operation)
    try:
        # A thread of its own: after a browser test, an event loop runs in this one.
        with ThreadPoolExecutor(1) as thread:
            thread.submit(asyncio.run, _call(server, operation, arguments)).result()
    except ApiException as error:
        if server.control.calls[-1].name == "none":
            return Outcome.MISSING
        if isinstance(error, ConflictException) and server.control.calls[-1].name == "references.other":
            return Outcome.REFUSED
        raise
    return Outcome.ANSWERED


def table(server: SandboxServer) -> str:
    """The table in Markdown, with how many operations are answered above it."""
    outcomes = {operation: outcome(server, operation) for operation in operations()}
    answered = list(outcomes.values()).count(Outcome.ANSWERED)
    lines = [
        f"{answered} of the {len(outcomes)} operations are answered.",
        "",
        "| operation | the sandbox |",
        "|---|---|",
        *(f"| `{operation.api}.{operation.name}` | {found.value} |" for operation, found in outcomes.items()),
    ]
    return "\n".join(lines) + "\n"


def table_in_readme() -> str:
    return TABLE.search(README.read_text(encoding="utf-8"))[0]


async def _call(server: SandboxServer, operation: Operation, arguments: dict[str, Any]) -> Any:
    token = new_token(server).json()["access_token"]
    async with ApiClient(Configuration(host=server.url, access_token=token)) as client:
        method = getattr(getattr(hub_api, operation.api)(client), operation.name)
        return await method(**arguments, _request_timeout=10, _headers=HEADERS.get(operation.name))


def _arguments(server: SandboxServer, operation: Operation) -> dict[str, Any]:
    """Arguments that a shop could send, and what they speak of."""
    server.control.add_user(OWNER)
    server.control.add_user(ACCOUNT, anonymous=False)
    known = ARGUMENTS | {"id": IDS.get(operation.api, 1)}
    if operation.api == "ProjectsApi":
        known["id"] = _project_for(server, operation)
    arguments = {name: known[name] for name in operation.needed}
    if body := BODIES.get(operation.name):
        arguments |= body(server.control.add_design(OWNER, REFERENCE), known["id"])
    return arguments


def _project_for(server: SandboxServer, operation: Operation) -> int:
    if operation.name.endswith(("restart_project_processing", "resume_project_processing")):
        server.control.trouble("fail")
        project_id = create_project(server)
        server.control.complete_all()
        return project_id
    return create_project(server)


def _item(design_id: str) -> models.ProjectItemParametersDto:
    return models.ProjectItemParametersDto(
        name="Card", quantity=1, sku=SKU, product_reference=REFERENCE, design_ids=[design_id]
    )


BODIES: dict[str, Callable[[str, Any], dict[str, Any]]] = {
    "projects_batch_delete": lambda design_id, project_id: {
        "batch_delete_projects_input": models.BatchDeleteProjectsInput(ids=[project_id])
    },
    "projects_create_with_single_item": lambda design_id, project_id: {
        "create_single_item_project_dto": models.CreateSingleItemProjectDto(
            owner_id=OWNER, order_id="1042", item=_item(design_id)
        )
    },
    "projects_create_with_multiple_items": lambda design_id, project_id: {
        "create_multi_item_project_dto": models.CreateMultiItemProjectDto(
            owner_id=OWNER, order_id="1042", items=[_item(design_id)]
        )
    },
    "projects_create_by_render_hi_res_scenario": lambda design_id, project_id: {
        "create_project_by_render_hi_res_scenario_dto": models.CreateProjectByRenderHiResScenarioDto(
            owner_id=OWNER,
            order_details=models.OrderDetailsDto(order_id="1042", order_line_item_id="1042-1"),
            scenario=models.RenderHiResScenarioDto(design_id=design_id, name="front"),
        )
    },
    "projects_create_by_specific_pipeline_scenario": lambda design_id, project_id: {
        "create_project_by_specific_pipeline_scenario_dto": models.CreateProjectBySpecificPipelineScenarioDto(
            owner_id=OWNER,
            items=[_item(design_id)],
            scenario=models.SpecificPipelineScenarioDto(pipeline_id=31),
        )
    },
    "storefront_users_create": lambda design_id, user_id: {
        "create_storefront_user_dto": models.CreateStorefrontUserDto(
            storefront_user_id="visitor-2", is_anonymous=True
        )
    },
    "storefront_users_register": lambda design_id, user_id: {
        "register_storefront_user_input": models.RegisterStorefrontUserInput(storefront_user_id="account-2")
    },
    "storefront_users_merge_anonymous": lambda design_id, user_id: {
        "merge_anonymous_user_data_input": models.MergeAnonymousUserDataInput(
            anonymous_storefront_user_id=OWNER, regular_storefront_user_id=ACCOUNT
        )
    },
}


def write() -> None:
    with (
        tempfile.TemporaryDirectory() as state,
        SandboxServer(catalog=tenant.catalog(), state_dir=state, speed=INSTANT, **tenant.IDENTITY) as server,
    ):
        new = table(server)
    README.write_text(TABLE.sub(lambda _: new, README.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    write()
