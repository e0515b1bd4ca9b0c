"""Projects: the Hub's mirror of order lines, and the files made for them."""

import json
from sqlite3 import Row
from typing import Any

from . import designs, statuses
from .http import timestamp
from .hub import Hub

PENDING, IN_PROGRESS, COMPLETED, FAILED = "Pending", "InProgress", "Completed", "Failed"
UNFINISHED = (PENDING, IN_PROGRESS)


def create(hub: Hub, project: dict[str, Any]) -> Row:
    """Store a checked project, make its designs permanent and queue its processing."""
    now = hub.clock.now()
    waits = hub.switches.trigger_status not in (None, statuses.NEW)
    with hub.store.transaction() as db:
        project_id = db.execute(
            "insert into project (owner_id, order_id, order_line_item_id, product_reference, status,"
            " processing_status, created, queued_work, trouble, document)"
            " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                project["ownerId"],
                project["orderId"],
                project["orderLineItemId"],
                project["productReference"],
                statuses.NEW,
                PENDING,
                now,
                None if waits else hub.clock.work(),
                hub.failures.next_trouble(),
                json.dumps({name: value for name, value in project.items() if name != "items"}),
            ),
        ).lastrowid
        for item in project["items"]:
            db.execute(
                "insert into project_item (project_id, document) values (?, ?)",
                (project_id, json.dumps(item)),
            )
            for design_id in item["designIds"]:
                db.execute("update design set retention = ? where id = ?", (designs.IN_PROJECT, design_id))
    return find(hub, project_id)


def find(hub: Hub, project_id: int) -> Row | None:
    """A project that is not deleted."""
    return hub.store.row("select * from project where id = ? and obsolete = 0", project_id)


def items(hub: Hub, project_id: int) -> list[dict[str, Any]]:
    rows = hub.store.rows("select * from project_item where project_id = ? order by id", project_id)
    return [json.loads(row["document"]) | {"id": row["id"]} for row in rows]


def artifacts(hub: Hub, project_id: int, item_id: int | None = None) -> list[Row]:
    """The final files of a project, or of one of its items."""
    return hub.store.rows(
        "select * from artifact where project_id = ? and kind = 'Final' and item_id = coalesce(?, item_id)"
        " order by item_id, name",
        project_id,
        item_id,
    )


def dto(hub: Hub, row: Row) -> dict[str, Any]:
    """ProjectDto."""
    document = json.loads(row["document"])
    order = (
        "orderUrl",
        "orderNumber",
        "orderName",
        "orderLineItemIndex",
        "customerId",
        "customerName",
        "name",
        "description",
    )
    return {
        "id": row["id"],
        "productReference": row["product_reference"],
        "storefrontId": hub.config.storefront_id,
        "tenantId": hub.config.tenant_id,
        "orderId": row["order_id"],
        "orderLineItemId": row["order_line_item_id"],
        **{name: document[name] for name in order},
        "ownerId": row["owner_id"],
        "items": [_item_dto(item) for item in items(hub, row["id"])],
        "status": row["status"],
        "created": timestamp(row["created"]),
        "lastModified": timestamp(row["modified"]) if row["modified"] else None,
        "processingStatus": row["processing_status"],
    }


def results_dto(hub: Hub, row: Row, item_id: int | None = None) -> dict[str, Any]:
    """ProjectProcessingResultsDto; files are listed only once the project is completed."""
    files = []
    if row["processing_status"] == COMPLETED:
        by_id = {item["id"]: item for item in items(hub, row["id"])}
        files = [_file_dto(hub, file, by_id[file["item_id"]]) for file in artifacts(hub, row["id"], item_id)]
    nothing = None if hub.switches.unfinished_output_is_null else []
    return {
        "status": row["processing_status"],
        "statusDescription": row["status_description"],
        "outputFileDetails": files or (nothing if row["processing_status"] in UNFINISHED else []),
    }


def set_status(hub: Hub, row: Row, code: int) -> None:
    """Move a project to a business status; reaching the trigger status starts its processing."""
    starts = code == hub.switches.trigger_status and row["queued_work"] is None
    hub.store.write(
        "update project set status = ?, modified = ?, queued_work = ? where id = ?",
        code,
        hub.clock.now(),
        hub.clock.work() if starts else row["queued_work"],
        row["id"],
    )


def set_processing(hub: Hub, project_id: int, processing_status: str, description: str | None = None) -> None:
    hub.store.write(
        "update project set processing_status = ?, status_description = ?, modified = ? where id = ?",
        processing_status,
        description,
        hub.clock.now(),
        project_id,
    )


def requeue(hub: Hub, row: Row, *, from_start: bool) -> None:
    """Process again: all tasks after a restart, the remaining ones after a resume."""
    finished = 0 if from_start else row["finished_tasks"]
    trouble = None if hub.switches.restart_heals else row["trouble"]
    with hub.store.transaction() as db:
        if from_start:
            forget_files(hub, row["id"])
        db.execute(
            "update project set processing_status = ?, status_description = null, queued_work = ?,"
            " finished_tasks = ?, trouble = ?, modified = ? where id = ?",
            (PENDING, hub.clock.work(), finished, trouble, hub.clock.now(), row["id"]),
        )


def delete(hub: Hub, project_id: int) -> None:
    """Hide a project and remove its files; its designs become temporary again."""
    with hub.store.transaction() as db:
        forget_files(hub, project_id)
        db.execute(
            "update project set obsolete = 1, modified = ? where id = ?", (hub.clock.now(), project_id)
        )
        for item in items(hub, project_id):
            for design_id in item["designIds"]:
                db.execute("update design set retention = ? where id = ?", (designs.TEMPORARY, design_id))


def forget_files(hub: Hub, project_id: int) -> None:
    for file in hub.store.rows("select id from artifact where project_id = ?", project_id):
        hub.store.file("artifacts", file["id"]).unlink(missing_ok=True)
    hub.store.write("delete from artifact where project_id = ?", project_id)


def _item_dto(item: dict[str, Any]) -> dict[str, Any]:
    resources = [
        {"resourceId": row.get("resourceId"), "name": row.get("name"), "type": row.get("type")}
        for row in item["resources"]
        if isinstance(row, dict)
    ]
    return item | {"resources": resources}


def _file_dto(hub: Hub, file: Row, item: dict[str, Any]) -> dict[str, Any]:
    host = "http://renderer.internal.invalid" if file["trouble"] == "wrong-host" else hub.base_url
    return {
        "projectItemId": item["id"],
        "orderLineItemId": item["orderLineItemId"],
        "orderLineItemIndex": item["orderLineItemIndex"],
        "url": f"{host}/api/storage/v1/artifacts/{file['id']}/file",
        "name": file["name"],
        "format": file["format"],
        "artifactId": file["id"],
        "anonymousAccess": bool(file["anonymous"]),
        "size": file["size"],
    }
