"""Private designs: what storefront users save, and who may touch it."""

import json
import secrets
from sqlite3 import Row
from typing import Any

from . import assets
from .design_model import DesignModel, ModelError, parse_model
from .hub import Hub

TEMPORARY = "Default"
PERMANENT = "Never"
IN_PROJECT = "Supervised"
DAY = 24 * 3600
POLICIES = (TEMPORARY, PERMANENT, "Unknown", IN_PROJECT)


def find(hub: Hub, design_id: str, owner_id: str | None = None) -> Row | None:
    """A design, if it exists and, when an owner is given, belongs to them."""
    row = hub.store.row("select * from design where id = ?", design_id)
    return row if row and owner_id in (None, row["owner_id"]) else None


def check(hub: Hub, owner_id: str, model: Any) -> DesignModel:
    """The model, parsed.

    Raises ModelError when it cannot be printed or shows pictures the owner does not have.
    """
    parsed = parse_model(model)
    if assets.missing(hub.store, owner_id, parsed.assets):
        raise ModelError("A picture of this design is no longer available. Please upload it again.")
    return parsed


def save(
    hub: Hub,
    *,
    owner_id: str,
    product_id: int | None,
    sku: str | None,
    model: Any,
    design_id: str | None = None,
) -> Row:
    """Create a design, or replace the content of an existing one of the same owner."""
    now = hub.clock.now()
    text = json.dumps(model, ensure_ascii=False)
    preview = secrets.token_hex(16)
    with hub.store.transaction() as db:
        if design_id is None:
            design_id = secrets.token_hex(12)
            db.execute(
                "insert into design values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (design_id, owner_id, product_id, sku, text, preview, TEMPORARY, now, now, now),
            )
        else:
            db.execute(
                "update design set product_id = ?, sku = ?, model = ?, preview = ?, modified = ?,"
                " accessed = ? where id = ?",
                (product_id, sku, text, preview, now, now, design_id),
            )
        db.execute("insert into preview values (?, ?, ?)", (preview, design_id, text))
    return find(hub, design_id)


def touch(hub: Hub, design_id: str) -> None:
    """Somebody reads what is in it; the clean-up counts from here."""
    hub.store.write("update design set accessed = ? where id = ?", hub.clock.now(), design_id)


def copy(hub: Hub, design: Row) -> Row:
    """A new temporary design of the same owner with the same content."""
    touch(hub, design["id"])
    return save(
        hub,
        owner_id=design["owner_id"],
        product_id=design["product_id"],
        sku=design["sku"],
        model=json.loads(design["model"]),
    )


def delete(hub: Hub, design_id: str) -> None:
    hub.store.write("delete from design where id = ?", design_id)


def set_retention(hub: Hub, design_id: str, policy: str) -> None:
    hub.store.write("update design set retention = ? where id = ?", policy, design_id)


def remove_expired(hub: Hub, *, older_than_seconds: float) -> int:
    """Delete temporary designs that nobody has used for that long."""
    cursor = hub.store.write(
        "delete from design where retention = ? and accessed <= ?",
        TEMPORARY,
        hub.clock.now() - older_than_seconds,
    )
    return cursor.rowcount


def clean_up(hub: Hub) -> int:
    """What the Hub does once a day, with the tenant's period (`Switches.retention_days`, 0: never)."""
    days = hub.switches.retention_days
    return remove_expired(hub, older_than_seconds=days * DAY) if days else 0


def preview_urls(hub: Hub, design: Row) -> list[str]:
    """One address per surface. They show the design as it was saved this time, and cannot be guessed."""
    count = len(json.loads(design["model"])["surfaces"])
    return [hub.url(f"/previews/{design['preview']}/{index}.png") for index in range(count)]
