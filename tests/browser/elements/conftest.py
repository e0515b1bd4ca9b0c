"""Fixtures for the sandbox's stand-in editors."""

import pytest

from .editor_page import BlankPages, EditorPage


@pytest.fixture(scope="package")
def shop_pages():
    with BlankPages() as pages:
        yield pages


@pytest.fixture
def editor(page, sandbox, settings, shop_pages):
    """A page for one editor; a script error on it fails the test."""
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield EditorPage(page, sandbox, settings.CCHUB, shop_pages.url)
    assert errors == []
