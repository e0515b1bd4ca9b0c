"""Fixtures that several rooms share."""

import json
import os
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache

from tests.core.append_only import let_flushes_through
from tests.migrated import copied_database

# Playwright's synchronous API keeps an event loop in the main thread; Django's ORM is used from it alone.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

let_flushes_through()

LONG = ("tests/test_endurance.py", "tests/browser/", "sandbox/tests/editors/")
# What `make check` leaves out besides: tables of hundreds of rows, and what starts processes or threads.
SLOW = (
    "sandbox/tests/test_installation.py",
    "sandbox/tests/test_operations.py",
    "tests/access/test_matrix.py",
    "tests/catalog/test_load_demo.py",
    "tests/commerce/test_any_order.py",
    "tests/core/test_lifeline.py",
    "tests/core/test_unmigrated.py",
    "tests/deploy/",
    "tests/docs/test_guides.py",
    "tests/personalization/test_failures.py",
    "tests/personalization/test_hub_locks.py",
    "tests/personalization/test_hub_process.py",
    "tests/personalization/test_hub_sandbox_command.py",
    "tests/siteconf/test_container.py",
    "tests/siteconf/test_start.py",
    "tests/siteconf/test_web_worker.py",
    "tests/test_run.py",
    "tests/upgrade/",
)
# And whole views with many rows, a fifth of a second and more for each test.
HEAVY = (
    "tests/accounts/test_rights.py",
    "tests/catalog/test_admin.py",
    "tests/catalog/test_hub_chooser.py",
    "tests/catalog/test_hub_import.py",
    "tests/catalog/test_listings.py",
    "tests/catalog/test_mapping_check.py",
    "tests/catalog/test_mapping_report.py",
    "tests/catalog/test_product_page.py",
    "tests/catalog/test_rows.py",
    "tests/catalog/test_sku_clashes.py",
    "tests/catalog/test_skus.py",
    "tests/catalog/test_small_pictures.py",
    "tests/catalog/test_stock.py",
    "tests/commerce/test_doctor.py",
    "tests/commerce/test_editing_ordered_designs.py",
    "tests/commerce/test_order_desk_actions.py",
    "tests/commerce/test_order_desk_home.py",
    "tests/commerce/test_order_desk_list.py",
    "tests/commerce/test_order_desk_roles.py",
    "tests/commerce/test_private_products.py",
    "tests/commerce/test_queries.py",
    "tests/commerce/test_reorder.py",
    "tests/core/test_search.py",
    "tests/core/test_worker.py",
    "tests/home/test_blocks.py",
    "tests/home/test_broken_pictures.py",
    "tests/home/test_pages.py",
    "tests/home/test_search.py",
    "tests/personalization/test_editor_families.py",
    "tests/personalization/test_hub_breaker.py",
    "tests/personalization/test_personalize_page.py",
    "tests/personalization/test_rendering_trouble.py",
    "tests/personalization/test_webhook.py",
)


def pytest_collection_modifyitems(items):
    """The long ones first, so that no test process has nothing left to do long before the others."""

    def place(item) -> int:
        return next((n for n, start in enumerate(LONG) if item.nodeid.startswith(start)), len(LONG))

    items.sort(key=place)
    for item in items:
        database = item.get_closest_marker("django_db")
        empties_tables = database is not None and database.kwargs.get("transaction")
        if item.nodeid.startswith(LONG + SLOW + HEAVY) or empties_tables:
            item.add_marker(pytest.mark.slow)


USUAL_UMASK = 0o022
DEMO_CATALOG = Path(django_settings.BASE_DIR) / "demo" / "catalog.json"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, django_db_blocker):
    """Before the test database is made: a copy of one that is migrated already, where there is one."""
    with django_db_blocker.unblock(), ExitStack() as making:
        making.enter_context(copied_database())
        yield making


@pytest.fixture(scope="session")
def django_db_setup(django_db_modify_db_settings, django_db_setup):
    django_db_modify_db_settings.close()


@pytest.fixture(autouse=True)
def empty_cache():
    """No test sees what another has cached: tokens, Hub answers, settings."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def usual_modes_of_files():
    """Settings of production, which some tests load, leave new files to their own account alone."""
    yield
    os.umask(USUAL_UMASK)


@pytest.fixture
def search_index(settings):
    """Pages and pictures are found as soon as they are saved, as in the shop."""
    settings.WAGTAILSEARCH_BACKENDS = {
        "default": settings.WAGTAILSEARCH_BACKENDS["default"] | {"AUTO_UPDATE": True}
    }


@pytest.fixture(scope="session")
def sandbox_server(tmp_path_factory):
    """One sandbox Hub for the whole run; it speaks real HTTP on a free loopback port."""
    from cchub_sandbox.server import SandboxServer

    cchub = django_settings.CCHUB
    with SandboxServer(
        catalog=json.loads(DEMO_CATALOG.read_text()),
        state_dir=tmp_path_factory.mktemp("sandbox"),
        port=0,
        client_id=cchub["CLIENTID"],
        client_secret=cchub["CLIENTSECRET"],
        tenant_id=cchub["TENANT_ID"],
        storefront_id=cchub["STOREFRONT_ID"],
        webhook_secret=cchub["WEBHOOK_SECRET"],
    ) as server:
        yield server


@pytest.fixture
def sandbox(sandbox_server, settings):
    """The sandbox Hub, emptied, with the shop's settings pointing at it."""
    sandbox_server.control.reset()
    settings.CCHUB = {**settings.CCHUB, "BASEURL": sandbox_server.url, "API_URL": sandbox_server.url}
    return sandbox_server
