"""The generated pages say what the code says."""

import re
from importlib import import_module

import pytest
from django.conf import settings

from siteconf.checks import known_keys
from tests.docs import rooms
from tests.docs.pages import PAGES
from tests.docs.settings_reference import entries
from tests.docs.signals_reference import signals
from tests.rooms import MAY_IMPORT_WITHIN

ROOT = settings.BASE_DIR
READ = re.compile(
    r"\b(?:env|services)\.[a-z_]+\(\s*\"([A-Z][A-Z_]+)\"|\brates\(\"([A-Z_]+)\"|name, default = \"([A-Z_]+)\""
)
# In code: `commerce/desk/`, `static/css/site.css`. What begins otherwise is an address or a command.
NAMED_FILE = re.compile(
    r"`((?:catalog|commerce|core|demo|deploy|docs|home|launch|personalization|sandbox|site|siteconf|static"
    r"|templates|tests|designs|rendering|shoppers|services|editors)/[\w./-]*)`"
)
# `catalog.models.Stock`, or with the end of its module's name only: `retention.keep_longer`.
NAMED_CODE = re.compile(r"`((?:[a-z_]+\.)+(?!(?:css|html|py)\b)(?:[a-z_]+|[A-Z][A-Za-z]+))[`(]")
NOT_OF_THE_SHOP = {"server.control"}


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_up_to_date(name):
    """If this fails: python -m tests.docs"""
    assert (ROOT / "docs" / name).read_text("utf-8") == PAGES[name]()


def test_every_room_within_an_app_is_drawn():
    assert set(rooms.WITHIN) == set(MAY_IMPORT_WITHIN)


def test_every_setting_that_is_read_is_explained():
    files = (ROOT / "site" / "siteconf" / "settings").glob("*.py")
    read = {next(filter(None, found)) for file in files for found in READ.findall(file.read_text())}
    assert read >= {"DATABASE_URL", "CCHUB_BASEURL", "LIMIT_LOGINS", "CCHUB_STATUS_CODES", "SECRET_KEY"}
    assert read - known_keys() == set()


def test_every_key_of_the_sample_has_a_meaning():
    explained = [entry for section in entries().values() for entry in section]
    assert {key for entry in explained for key in entry.values} == known_keys()
    assert [list(entry.values) for entry in explained if not entry.comment] == []


def test_pages_name_files_that_exist():
    named = {
        (page.name, path)
        for page in [*(ROOT / "docs").glob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
        for path in NAMED_FILE.findall(page.read_text("utf-8"))
    }
    assert ("developers.md", "commerce/services/checkout.py") in named
    grounds = (ROOT, ROOT / "site", ROOT / "personalization", ROOT / "sandbox")
    assert {(page, path) for page, path in named if not any((it / path).exists() for it in grounds)} == set()


def modules() -> list[str]:
    rooms = [ROOT / room for room in ("catalog", "commerce", "home", "personalization")]
    files = [path for room in (*rooms, ROOT / "site" / "core") for path in room.rglob("*.py")]
    grounds = {path: ROOT / "site" if ROOT / "site" in path.parents else ROOT for path in files}
    parts = [path.relative_to(ground).with_suffix("").parts for path, ground in grounds.items()]
    return [".".join(names).removesuffix(".__init__") for names in parts if "migrations" not in names]


def exists(name: str, among: list[str]) -> bool:
    """Whether it ends the name of a module, or stands in a module whose name ends so."""
    place, _dot, last = name.rpartition(".")
    return any(f".{module}".endswith(f".{name}") for module in among) or any(
        hasattr(import_module(module), last) for module in among if f".{module}".endswith(f".{place}")
    )


def test_pages_for_developers_name_code_that_exists():
    pages = [ROOT / "docs" / "developers.md", *(ROOT / "docs" / "guides").glob("*.md")]
    named = {name for page in pages for name in NAMED_CODE.findall(page.read_text("utf-8"))}
    assert named >= {"core.schedules", "core.outbox.Outbox", "commerce.services.checkout.place_order"}
    among = modules()
    assert [name for name in sorted(named - NOT_OF_THE_SHOP) if not exists(name, among)] == []


def test_every_signal_says_when_it_is_sent():
    found = dict(signals())
    assert "personalization.signals.render_project_finished" in found
    assert [name for name, text in found.items() if not text] == []
