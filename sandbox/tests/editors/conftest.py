"""Fixtures for the editors, which need a browser."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from editor_page import BlankPages, EditorPage

# A busy machine is slower than Playwright's five seconds, and what is there in time waits for nothing.
expect.set_options(timeout=20_000)


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Chromium as CI has it; CHROMIUM names another than Playwright's own."""
    arguments = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
    launch = {**browser_type_launch_args, "args": arguments}
    if chromium := os.environ.get("CHROMIUM"):
        launch["executable_path"] = chromium
    return launch


@pytest.fixture(scope="session")
def shop_pages():
    with BlankPages() as pages:
        yield pages


@pytest.fixture
def editor(page, sandbox, shop_pages):
    """A page for one editor; a script error on it fails the test."""
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield EditorPage(page, sandbox, shop_pages.url)
    assert errors == []
