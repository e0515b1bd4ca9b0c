"""Builds the console page. All values are escaped by Markup.format."""

import time
from collections.abc import Iterable
from pathlib import Path
from sqlite3 import Row
from typing import Any

from markupsafe import Markup

from .. import projects, statuses, users
from ..calls import Call
from ..clock import INSTANT
from ..failures import MODES, TROUBLES
from ..hub import Hub
from ..variations import CHOICES

TEMPLATE = Path(__file__).with_name("page.html")
SHOWN_PROJECTS = 50
SHOWN_DESIGNS = 24
SHOWN_USERS = 50
SHOWN_CALLS = 60

MODE_TITLES = {
    "status": "Answer with the status",
    "html": "Answer with the status and an HTML page",
    "hang": "Hang, then cut the connection",
    "reset": "Cut the connection, do nothing",
    "late": "Do it, answer late",
    "reset-after": "Do it, cut the connection",
    "as-status": "Do it, answer with the status",
    "malformed": "Do it, answer broken JSON",
    "wrong-types": "Do it, numbers become texts",
    "unknown-enum": "Do it, unknown names in fields",
    "nulls": "Do it, all fields null",
}
TROUBLE_TITLES = {
    "fail": "Rendering fails",
    "stuck-pending": "Never starts",
    "stuck": "Never finishes",
    "no-files": "Completes without files",
    "wrong-host": "File addresses name an unknown host",
    "truncated": "Downloads break off half-way",
    "missing": "Files are gone",
    "redirected": "Downloads lead to another host, inside a private network",
    "wrong-type": "Downloads are a web page",
    "unreadable": "Files cannot be opened",
}
SPEEDS = ((1.0, "1", "At real speed"), (10.0, "10", "Ten times faster"), (INSTANT, "instant", "At once"))
FROZEN = (0.0, "0", "Stopped")
PILLS = {"Completed": "good", "Failed": "bad", "Pending": "busy", "InProgress": "busy"}


def render_page(hub: Hub, *, problem: str) -> str:
    template = Markup(TEMPLATE.read_text(encoding="utf-8"))  # noqa: S704 - our own file
    return template.format(
        facts=_facts(hub),
        notice=Markup('<p class="notice" role="alert">{}</p>').format(problem) if problem else "",
        projects=_projects(hub),
        designs=_designs(hub),
        armed=_armed(hub),
        groups=_options(_groups(hub)),
        modes=_options((mode, MODE_TITLES[mode]) for mode in MODES),
        troubles=_options((kind, TROUBLE_TITLES[kind]) for kind in TROUBLES),
        speeds=_speeds(hub.clock.speed),
        **{
            f"{name}_options": _choices(titles, getattr(hub.switches, name))
            for name, titles in CHOICES.items()
        },
        products=_products(hub),
        product_options=_options((str(product.id), product.name) for product in hub.catalog),
        users=_users(hub),
        calls=_calls(hub.calls.named()[-SHOWN_CALLS:][::-1]),
    )


def _facts(hub: Hub) -> Markup:
    facts = {
        "Tenant": hub.config.tenant_id,
        "Storefront": hub.config.storefront_id,
        "Client id": hub.config.client_id,
        "Shop": hub.config.shop_url or "not told",
    }
    return _join(
        Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(name, value) for name, value in facts.items()
    )


def _projects(hub: Hub) -> Markup:
    rows = hub.store.rows("select * from project where obsolete = 0 order by id desc limit ?", SHOWN_PROJECTS)
    return _table(
        ("Project", "Order line", "Owner", "Status", "Processing", "Print files", "Actions"),
        (_project_cells(hub, row) for row in rows),
        "No projects yet. The shop creates one for every personalized item of an order.",
    )


def _project_cells(hub: Hub, row: Row) -> tuple[Any, ...]:
    files = _join(
        Markup('<a href="/_console/artifacts/{}.pdf">{}.pdf</a> <small>{} KB</small>').format(
            file["id"], file["name"], file["size"] // 1024
        )
        for file in projects.artifacts(hub, row["id"])
    )
    processing = Markup('<span class="pill {}">{}</span>').format(
        PILLS[row["processing_status"]], row["processing_status"]
    )
    note = row["status_description"] or (row["trouble"] and TROUBLE_TITLES[row["trouble"]]) or ""
    actions = Markup("{} {}").format(
        _button("restart", "Restart", projectId=row["id"]),
        _button("webhook", "Call back", projectId=row["id"]),
    )
    line = Markup("{} <small>{}</small>").format(row["order_id"] or "—", row["order_line_item_id"] or "")
    return (
        row["id"],
        line,
        Markup("<code>{}</code>").format(row["owner_id"]),
        statuses.status(row["status"])["displayName"],
        Markup("{} <small>{}</small>").format(processing, note),
        files or "—",
        actions,
    )


def _designs(hub: Hub) -> Markup:
    rows = hub.store.rows("select * from design order by modified desc limit ?", SHOWN_DESIGNS)
    if not rows:
        return _empty("No designs yet. Personalize something in the shop.")
    return Markup('<ul class="gallery">{}</ul>').format(
        _join(
            Markup(
                '<li><img src="/_console/previews/{}.png" alt="First side of design {}" loading="lazy">'
                '<p><strong>{}</strong><br><code>{}</code><br>{} <span class="pill">{}</span></p></li>'
            ).format(
                row["preview"], row["id"], row["sku"], row["id"], _clock(row["modified"]), row["retention"]
            )
            for row in rows
        )
    )


def _armed(hub: Hub) -> Markup:
    labels = [
        f"{fault.group or 'every endpoint'}: {MODE_TITLES[fault.mode].lower()}"
        f" ({fault.label}), {fault.times}×"
        for fault in hub.failures.armed()
    ] + [f"next project: {TROUBLE_TITLES[kind].lower()}" for kind in hub.failures.armed_troubles()]
    if odds := hub.failures.odds():
        labels.append(f"{odds.group or 'every endpoint'}: {odds.label}")
    if not labels:
        return Markup("")
    return Markup('<ul class="armed">{}</ul>').format(
        _join(Markup('<li class="pill bad">{}</li>').format(label) for label in labels)
    )


def _products(hub: Hub) -> Markup:
    references: dict[int, list[str]] = {}
    for reference, product in hub.references():
        references.setdefault(product.id, []).append(reference)
    return _table(
        ("Product", "Version", "Name", "References", "Editor", "Variants"),
        (
            (
                product.id,
                product.version_id,
                product.name,
                _codes(references.get(product.id, [])),
                product.component,
                Markup("<details><summary>{}</summary>{}</details>").format(
                    len(product.variants), _codes(variant.sku for variant in product.variants)
                ),
            )
            for product in hub.catalog
        ),
        "The catalog has no personalized products.",
    )


def _users(hub: Hub) -> Markup:
    rows = users.all_users(hub.store)[-SHOWN_USERS:][::-1]
    return _table(
        ("User", "Kind", "Designs", "Since"),
        (
            (
                Markup("<code>{}</code>").format(row["user_id"]),
                "Anonymous" if row["is_anonymous"] else "Regular",
                hub.store.row("select count(*) as n from design where owner_id = ?", row["user_id"])["n"],
                _clock(row["created"]),
            )
            for row in rows
        ),
        "No storefront users yet. The shop creates one for every visitor who opens an editor.",
    )


def _calls(calls: list[Call]) -> Markup:
    return _table(
        ("Time", "Call", "Endpoint", "Status", "Failure"),
        (
            (
                _clock(call.at),
                Markup("<code>{} {}</code>").format(call.method, call.path),
                call.name,
                Markup('<span class="pill {}">{}</span>').format(
                    "good" if 200 <= call.status < 400 else "bad", call.status or "none"
                ),
                call.failure or "",
            )
            for call in calls
        ),
        "No calls yet.",
    )


def _groups(hub: Hub) -> list[tuple[str, str]]:
    names = set(hub.endpoint_names)
    groups = {name.partition(".")[0] for name in names}
    return [("", "every endpoint"), *((name, name) for name in sorted(names | groups))]


def _speeds(current: float) -> Markup:
    known = SPEEDS if any(speed == current for speed, _, _ in SPEEDS) else (*SPEEDS, FROZEN)
    titles = {value: title for _, value, title in known}
    return _choices(titles, next(value for speed, value, _ in known if speed == current))


def _choices(titles: dict[str, str], current: str) -> Markup:
    return _join(
        Markup('<option value="{}"{}>{}</option>').format(
            value, Markup(" selected") if value == current else "", title
        )
        for value, title in titles.items()
    )


def _table(heads: tuple[str, ...], rows: Iterable[tuple[Any, ...]], when_empty: str) -> Markup:
    body = _join(
        Markup("<tr>{}</tr>").format(_join(Markup("<td>{}</td>").format(cell) for cell in row))
        for row in rows
    )
    if not body:
        return _empty(when_empty)
    head = _join(Markup('<th scope="col">{}</th>').format(title) for title in heads)
    return Markup(
        # To be scrolled by keyboard, it can have the focus.
        '<div class="scroll" tabindex="0" role="region" aria-label="{}">'
        "<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>"
    ).format(f"Table by {heads[0].lower()}", head, body)


def _button(command: str, title: str, **values: Any) -> Markup:
    fields = _join(
        Markup('<input type="hidden" name="{}" value="{}">').format(name, value)
        for name, value in values.items()
    )
    return Markup('<form method="post" action="/_console/{}">{}<button>{}</button></form>').format(
        command, fields, title
    )


def _options(pairs: Iterable[tuple[str, str]]) -> Markup:
    return _join(Markup('<option value="{}">{}</option>').format(value, title) for value, title in pairs)


def _codes(texts: Iterable[str]) -> Markup:
    return Markup(" ").join(Markup("<code>{}</code>").format(text) for text in texts)


def _empty(text: str) -> Markup:
    return Markup('<p class="empty">{}</p>').format(text)


def _join(parts: Iterable[Markup]) -> Markup:
    return Markup("").join(parts)


def _clock(seconds: float) -> str:
    return time.strftime("%H:%M:%S", time.localtime(seconds))
