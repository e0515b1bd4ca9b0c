"""The sandbox's memory: rows in SQLite and files beside it; both outlive a restart."""

import secrets
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SCHEMA = """
create table if not exists setting (name text primary key, value text not null);
create table if not exists storefront_user (
    user_id text primary key, is_anonymous integer not null, created real not null, merged_into text);
create table if not exists product_reference (
    reference text primary key, product_id integer not null, name text, created real not null);
create table if not exists asset (
    id text primary key, owner_id text not null, content_type text not null,
    width integer not null, height integer not null, created real not null);
create table if not exists design (
    id text primary key, owner_id text not null, product_id integer, sku text, model text not null,
    preview text not null, retention text not null, created real not null, modified real not null,
    accessed real not null default 0);
create table if not exists preview (
    token text primary key, design_id text not null references design(id) on delete cascade,
    model text not null);
create table if not exists project (
    id integer primary key autoincrement, owner_id text not null, order_id text, order_line_item_id text,
    product_reference text, status integer not null, processing_status text not null,
    status_description text, created real not null, modified real, obsolete integer not null default 0,
    queued_work real, finished_tasks integer not null default 0, trouble text, document text not null);
create index if not exists project_order on project (order_id, order_line_item_id);
create table if not exists project_item (
    id integer primary key autoincrement, project_id integer not null, document text not null);
create table if not exists artifact (
    id text primary key, project_id integer not null references project(id) on delete cascade,
    item_id integer not null, name text not null, format text not null, kind text not null,
    anonymous integer not null, size integer not null, trouble text, created real not null);
insert or ignore into sqlite_sequence (name, seq) select 'project', 900
    where not exists (select 1 from sqlite_sequence where name = 'project');
insert or ignore into sqlite_sequence (name, seq) select 'project_item', 1200
    where not exists (select 1 from sqlite_sequence where name = 'project_item');
"""

TABLES = (
    "artifact",
    "project_item",
    "project",
    "preview",
    "design",
    "asset",
    "product_reference",
    "storefront_user",
)


class Store:
    """One SQLite connection shared by all threads under a lock, and a directory of files.

    Ids of projects are never used twice, not even after `clear`.
    """

    def __init__(self, directory: Path) -> None:
        self._files = directory / "files"
        self._files.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._db = sqlite3.connect(
            directory / "sandbox.sqlite3", check_same_thread=False, isolation_level=None
        )
        self._db.row_factory = sqlite3.Row
        self._db.executescript("pragma journal_mode=wal; pragma synchronous=normal; pragma foreign_keys=on;")
        self._db.executescript(SCHEMA)
        self._add_accessed()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing; nested use joins the outer transaction."""
        with self._lock:
            if self._db.in_transaction:
                yield self._db
                return
            self._db.execute("begin immediate")
            try:
                yield self._db
            except BaseException:
                self._db.execute("rollback")
                raise
            self._db.execute("commit")

    def rows(self, query: str, *values: object) -> list[sqlite3.Row]:
        with self._lock:
            return self._db.execute(query, values).fetchall()

    def row(self, query: str, *values: object) -> sqlite3.Row | None:
        with self._lock:
            return self._db.execute(query, values).fetchone()

    def write(self, query: str, *values: object) -> sqlite3.Cursor:
        with self.transaction() as db:
            return db.execute(query, values)

    def signing_key(self) -> bytes:
        """The key of all tokens, made on first use and kept."""
        self.write("insert or ignore into setting values ('signing_key', ?)", secrets.token_hex(32))
        return bytes.fromhex(self.row("select value from setting where name = 'signing_key'")["value"])

    def file(self, kind: str, name: str) -> Path:
        """Where a file of this kind is kept; `name` is one of the sandbox's own ids."""
        folder = self._files / kind
        folder.mkdir(exist_ok=True)
        return folder / name

    def clear(self) -> None:
        """Forget everything but the signing key and the ids already used."""
        with self.transaction() as db:
            for table in TABLES:
                db.execute(f"delete from {table}")  # noqa: S608 - names from the tuple above
        for folder in self._files.iterdir():
            shutil.rmtree(folder, ignore_errors=True)

    def _add_accessed(self) -> None:
        """For a directory from before designs remembered when they were last used."""
        columns = [row["name"] for row in self._db.execute("pragma table_info(design)")]
        if "accessed" not in columns:
            self._db.execute("alter table design add column accessed real not null default 0")
            self._db.execute("update design set accessed = modified")

    def close(self) -> None:
        with self._lock:
            self._db.close()
