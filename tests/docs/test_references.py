"""The generated pages say what the code says."""

import re

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


def test_every_signal_says_when_it_is_sent():
    found = dict(signals())
    assert "personalization.signals.render_project_finished" in found
    assert [name for name, text in found.items() if not text] == []
