"""Runs the pipelines of projects, as the Hub's rendering service does."""

import json
import logging
import secrets
import sqlite3
import threading
import urllib.error
import urllib.request
from collections import defaultdict
from sqlite3 import Row
from typing import Any

from . import designs, projects, variations
from .calls import Call
from .design_model import parse_model
from .failures import FAILS, FILE_TROUBLES, NO_FILES, STUCK, STUCK_PENDING
from .hub import Hub
from .pipeline import interpolate
from .rendering.pdf import render_pdf

logger = logging.getLogger(__name__)

START_AFTER_SECONDS = 1.0
FINISH_AFTER_SECONDS = 4.0
LOOK_EVERY_SECONDS = 0.1
WEBHOOK_TIMEOUT_SECONDS = 5.0


class TaskFailed(Exception):
    """A task of a pipeline could not do its work."""


class Processor:
    """Moves projects along by the work clock: pending, in progress, completed or failed.

    A background thread does it while time passes by itself; with a stepped clock nothing moves until
    somebody looks (`settle`), so that tests see exactly the state they asked for.
    """

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._locks: defaultdict[int, threading.Lock] = defaultdict(threading.Lock)

    def start(self) -> None:
        self._thread = threading.Thread(target=self._watch, name="sandbox-processing", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._thread:
            self._thread.join(timeout=WEBHOOK_TIMEOUT_SECONDS)

    def settle(self, project_id: int | None = None, *, at_once: bool = False) -> None:
        """Bring one project, or all of them, up to the work clock; `at_once` does not wait for the clock."""
        rows = self._hub.store.rows(
            "select id from project where processing_status in ('Pending', 'InProgress')"
            " and obsolete = 0 and queued_work is not null and id = coalesce(?, id) order by id",
            project_id,
        )
        for row in rows:
            self._settle(row["id"], at_once=at_once or self._hub.clock.instant)

    def notify_again(self, project_id: int) -> None:
        """Send the call-backs of a project's pipeline once more, whatever its state."""
        row = projects.find(self._hub, project_id)
        if row is None:
            raise LookupError(f"Project {project_id} was not found.")
        for task in json.loads(row["document"])["pipeline"]["tasks"]:
            if task["type"] == "invoke-url":
                self._invoke_url(row, task)

    def _watch(self) -> None:
        while not self._stopping.wait(LOOK_EVERY_SECONDS):
            if self._hub.clock.stepped:
                continue
            try:
                self.settle()
            except Exception:
                logger.exception("The sandbox failed while processing projects")

    def _settle(self, project_id: int, *, at_once: bool) -> None:
        # Not waiting for the lock: a call-back may make the shop ask for the very project that made it.
        lock = self._locks[project_id]
        if not lock.acquire(blocking=False):
            return
        try:
            row = projects.find(self._hub, project_id)
            if row and row["processing_status"] in projects.UNFINISHED:
                self._run(row, at_once=at_once)
        except (sqlite3.IntegrityError, FileNotFoundError):
            if projects.find(self._hub, project_id):  # else deleted while it was rendered
                raise
        finally:
            lock.release()

    def _run(self, row: Row, *, at_once: bool) -> None:
        worked = self._hub.clock.work() - row["queued_work"]
        if row["trouble"] == STUCK_PENDING or not (at_once or worked >= START_AFTER_SECONDS):
            return
        if row["processing_status"] == projects.PENDING:
            projects.set_processing(self._hub, row["id"], projects.IN_PROGRESS)
        if row["trouble"] == STUCK or not (at_once or worked >= FINISH_AFTER_SECONDS):
            return
        tasks = json.loads(row["document"])["pipeline"]["tasks"]
        for number, task in enumerate(tasks[row["finished_tasks"] :], start=row["finished_tasks"] + 1):
            try:
                self._run_task(row, task)
            except TaskFailed as failure:
                text = f"Task '{task['name']}' failed: {failure}"
                projects.set_processing(self._hub, row["id"], projects.FAILED, text)
                return
            self._hub.store.write("update project set finished_tasks = ? where id = ?", number, row["id"])
        projects.set_processing(self._hub, row["id"], projects.COMPLETED)

    def _run_task(self, row: Row, task: dict[str, Any]) -> None:
        steps = {
            "extract-project-design": self._extract,
            "render-hires": self._render,
            "configure-artifacts": self._configure,
            "invoke-url": self._notify,
            "finalize": self._finalize,
        }
        step = steps.get(task["type"])
        if step is None:
            raise TaskFailed(f"The sandbox does not know the task type '{task['type']}'.")
        step(row, task)

    def _extract(self, row: Row, task: dict[str, Any]) -> None:
        for item in projects.items(self._hub, row["id"]):
            for design_id in item["designIds"]:
                if designs.find(self._hub, design_id) is None:
                    raise TaskFailed(f"The private design '{design_id}' was not found.")

    def _render(self, row: Row, task: dict[str, Any]) -> None:
        if row["trouble"] == FAILS:
            raise TaskFailed("The rendering service could not render the design.")
        projects.forget_files(self._hub, row["id"])
        for item in projects.items(self._hub, row["id"]):
            self._render_item(row, item, task["parameters"].get("name", "result"))

    def _render_item(self, row: Row, item: dict[str, Any], name: str) -> None:
        count = len(item["designIds"])
        for number, design_id in enumerate(item["designIds"], start=1):
            design = designs.find(self._hub, design_id)
            if design is None:
                raise TaskFailed(f"The private design '{design_id}' was not found.")
            pdf = render_pdf(
                parse_model(json.loads(design["model"])),
                self._hub.store,
                title=_title(row),
                subject=f"{item['sku'] or item['name'] or 'Design'}, {item['quantity']} copies",
            )
            self._keep_file(row, item, name if count == 1 else f"{name}{number}", pdf)

    def _keep_file(self, row: Row, item: dict[str, Any], name: str, data: bytes) -> None:
        artifact_id = secrets.token_hex(12)
        trouble = row["trouble"] if row["trouble"] in FILE_TROUBLES else None
        self._hub.store.write(
            "insert into artifact values (?, ?, ?, ?, 'Pdf', 'Temporary', 0, ?, ?, ?)",
            artifact_id,
            row["id"],
            item["id"],
            name,
            len(data),
            trouble,
            self._hub.clock.now(),
        )
        self._hub.store.file("artifacts", artifact_id).write_bytes(data)

    def _configure(self, row: Row, task: dict[str, Any]) -> None:
        anonymous = str(task["parameters"].get("anonymousAccess", "false")).lower() == "true"
        self._hub.store.write(
            "update artifact set anonymous = ? where project_id = ?", int(anonymous), row["id"]
        )

    def _finalize(self, row: Row, task: dict[str, Any]) -> None:
        if row["trouble"] != NO_FILES:
            self._hub.store.write("update artifact set kind = 'Final' where project_id = ?", row["id"])

    def _notify(self, row: Row, task: dict[str, Any]) -> None:
        for _ in range(self._hub.switches.webhook_repeats):
            self._invoke_url(row, task)

    def _invoke_url(self, row: Row, task: dict[str, Any]) -> None:
        """Call the shop back. Nobody waits for what it answers, and a failure harms nothing."""
        parameters = interpolate(task["parameters"], projects.dto(self._hub, row))
        parameters = variations.call_back(parameters, self._hub.switches.call_back)
        request = urllib.request.Request(  # noqa: S310 - the address is the pipeline's, an operator's choice
            parameters["url"],
            data=json.dumps(parameters.get("body", {})).encode(),
            headers={"Content-Type": "application/json"} | parameters.get("queryHeaders", {}),
            method=parameters.get("httpMethod", "POST"),
        )
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with direct.open(request, timeout=WEBHOOK_TIMEOUT_SECONDS) as response:
                status = response.status
        except urllib.error.HTTPError as error:
            status = error.code
        except OSError:
            status = 0
        body = parameters.get("body")
        self._hub.calls.add(
            Call(self._hub.clock.now(), request.method, parameters["url"], {}, "webhook", status, body=body)
        )


def _title(row: Row) -> str:
    """What the print shop reads in the file's properties: the order line."""
    document = json.loads(row["document"])
    order = document["orderName"] or row["order_id"]
    parts = [
        f"Order {order}" if order else None,
        row["order_line_item_id"] and f"line {row['order_line_item_id']}",
    ]
    return ", ".join(part for part in parts if part) or document["name"] or f"Project {row['id']}"
