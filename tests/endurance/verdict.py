"""Holding the shop to account: orders, projects in the Hub, files, mails, audit and the doctor's word."""

import re
from collections import Counter
from dataclasses import dataclass, field

from .launcher import FAULTS
from .shop import Shop
from .shopping import Placed

MESSAGE_NAME = re.compile(r"^Message-ID: <([^@>]+)@", re.MULTILINE)


@dataclass
class Verdict:
    """How many of what went wrong, and each fault in words. `repeated_mails` is no fault by itself."""

    orders: int = 0
    lines: int = 0
    lost_orders: int = 0
    lost_projects: int = 0
    doubled_projects: int = 0
    wrong_states: int = 0
    missing_files: int = 0
    missing_mails: int = 0
    repeated_mails: int = 0
    doctor: str = ""
    faults: list[str] = field(default_factory=list)

    def note(self, count: str, fault: str) -> None:
        setattr(self, count, getattr(self, count) + 1)
        self.faults.append(fault)

    @property
    def is_clean(self) -> bool:
        return not self.faults


def judge(shop: Shop, placed: list[Placed]) -> Verdict:
    """Everything that must hold about these orders, once nothing is left to do."""
    from commerce.models import Order

    verdict = Verdict(orders=len(placed), lines=sum(one.lines for one in placed))
    orders = {order.code: order for order in Order.objects.filter(code__in=[one.code for one in placed])}
    counters = {row["orderLineItemId"]: row["created"] for row in shop.ask_sandbox("counters")}
    in_hub = {project["id"]: project for project in shop.ask_sandbox("projects")}
    mails = _mails(shop)
    for one in placed:
        order = orders.get(one.code)
        if order is None:
            verdict.note("lost_orders", f"{one.code} is lost")
            continue
        _judge_order(verdict, order, one)
        _judge_projects(verdict, order, one, counters, in_hub)
        _judge_mails(verdict, order, mails)
    _judge_by_doctor(verdict)
    queued_early = shop.folder / FAULTS
    if queued_early.exists():
        verdict.faults.append(f"queued inside a transaction: {queued_early.read_text()[:3000]}")
    return verdict


def _judge_order(verdict: Verdict, order, one: Placed) -> None:
    from commerce.models import Order

    same_shopper = Order.objects.filter(email=one.email).count()
    if same_shopper != 1:
        verdict.note("wrong_states", f"{order.code}: {same_shopper} orders of one checkout")
    moves = list(order.events.values_list("from_status", "to_status"))
    if order.status != "completed" or moves != [("processing", "completed")]:
        verdict.note("wrong_states", f"{order.code} is {order.status} by {moves}")
    items = order.items.count()
    if items != one.lines:
        verdict.note("wrong_states", f"{order.code} has {items} items for {one.lines} lines")


def _judge_projects(verdict: Verdict, order, one: Placed, counters: dict, in_hub: dict) -> None:
    from personalization.rendering.services.states import MOVES

    projects = {project.line_id: project for project in _projects(order)}
    for position in range(1, one.lines + 1):
        line = f"{order.code}-{position}"
        made = counters.get(line, 0)
        if made == 0:
            verdict.note("lost_projects", f"{line} has no project in the Hub")
        if made > 1:
            verdict.note("doubled_projects", f"{line} has {made} projects in the Hub")
        project = projects.get(line)
        if project is None:
            verdict.note("lost_projects", f"{line} has no render project")
            continue
        theirs = in_hub.get(project.hub_project_id)
        if (
            project.status != "ready"
            or project.surplus_hub_projects
            or theirs is None
            or theirs["status"] != 4
        ):
            verdict.note(
                "wrong_states", f"{line} is {project.status}, in the Hub {theirs and theirs['status']}"
            )
        moves = list(project.events.order_by("pk").values_list("from_status", "to_status"))
        chain = [("", "waiting"), *moves]
        broken = [move for before, move in zip(chain, moves, strict=False) if move[0] != before[1]]
        illegal = [move for move in moves if move[1] not in MOVES[move[0]]]
        if broken or illegal or chain[-1][1] != project.status:
            verdict.note("wrong_states", f"{line}: its audit says {moves}")
        _judge_files(verdict, project)


def _judge_files(verdict: Verdict, project) -> None:
    files = list(project.files.all())
    if len(files) != 1:
        verdict.note("missing_files", f"{project.line_id} has {len(files)} files")
    for kept in files:
        content = kept.file.read() if kept.file.storage.exists(kept.file.name) else b""
        kept.file.close()
        if len(content) != kept.size or not content.startswith(b"%PDF"):
            verdict.note("missing_files", f"{kept.name} has {len(content)} of {kept.size} bytes")


def _judge_mails(verdict: Verdict, order, mails: Counter) -> None:
    for kind in ("confirmation", "ready"):
        owed = list(order.emails.filter(kind=kind))
        sent = mails[f"{order.code}.{kind}"]
        if len(owed) != 1 or not sent:
            verdict.note("missing_mails", f"{order.code}: {kind} owed {len(owed)}, sent {sent}")
        verdict.repeated_mails += max(0, sent - 1)


def _judge_by_doctor(verdict: Verdict) -> None:
    from commerce.doctor import examine

    report = examine(repair=False)
    verdict.doctor = (
        "clean" if report.is_clean else f"{report.remaining} findings {report.hub_trouble}".strip()
    )
    if not report.is_clean:
        verdict.faults.append(f"the doctor finds {report.findings} {report.hub_trouble}")


def _projects(order) -> list:
    from personalization.models import RenderProject

    return list(RenderProject.objects.filter(order_id=order.code))


def _mails(shop: Shop) -> Counter:
    """How often each mail was sent, by order and kind: its Message-ID names both."""
    texts = (file.read_text() for file in (shop.folder / "mail").glob("*"))
    return Counter(name for text in texts for name in MESSAGE_NAME.findall(text))


def stray_files(shop: Shop) -> int:
    """Files in the private storage that no row names."""
    from personalization.models import PrintFile

    named = set(PrintFile.objects.values_list("file", flat=True))
    private = shop.folder / "private"
    kept = {str(path.relative_to(private)) for path in private.rglob("*") if path.is_file()}
    return len(kept - named)
