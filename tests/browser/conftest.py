"""The whole shop as separate processes — web, worker, sandbox Hub — and a browser to use it with."""

import contextlib
import email
import email.policy
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import psycopg
import pytest
import redis
from django.conf import settings
from playwright.sync_api import expect

from tests.processes import SERVICES, environment_of_a_shop
from tests.sharing import made_once

ROOT = Path(settings.BASE_DIR)
MANAGE = [sys.executable, str(ROOT / "manage.py")]
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
# A busy machine is slower than Playwright's five seconds, and what is there in time waits for nothing.
expect.set_options(timeout=20_000)
# Where the shop has a setting for how long it waits, a test waits shortly.
SHORT = {"CCHUB_POLL_SECONDS": "5", "CCHUB_LOOK_AGAIN_SECONDS": "2", "CCHUB_BREAKER_SECONDS": "3"}
DEMO_DATABASE = "shop_browser_demo"
# As `load_demo` does for a site on this machine.
MOVE_SITE = (
    "from django.conf import settings; from wagtail.models import Site; site = Site.objects.get();"
    "site.port = int(settings.SHOP_BASE_URL.rpartition(':')[2]); site.save()"
)
# After those of three test processes: with the drills' they fill Redis's sixteen databases.
OWN_PLACE = 3


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    arguments = [
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--disable-background-networking",
    ]
    launch = {**browser_type_launch_args, "args": arguments}
    if chromium := os.environ.get("CHROMIUM"):
        launch["executable_path"] = chromium
    return launch


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def place_of_this_process() -> int:
    return int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))


class Shop:
    """The running shop; each process can be stopped and started again.

    Every shop of a test run has a `place` of its own at PostgreSQL and Redis.
    """

    def __init__(self, folder: Path, *, place: int, database: str = "") -> None:
        self.folder = folder
        web, sandbox = free_port(), free_port()
        self.url = f"http://127.0.0.1:{web}"
        self.sandbox_url = f"http://127.0.0.1:{sandbox}"
        self.environment = {
            **environment_of_a_shop(without=SERVICES),
            "DJANGO_SETTINGS_MODULE": "siteconf.settings.dev",
            "VAR_DIR": str(folder),
            "DEBUG": "true",
            "SHOP_BASE_URL": self.url,
            "CCHUB_BASEURL": self.sandbox_url,
            "NO_PROXY": "127.0.0.1,localhost",
            "EMAIL_URL": f"filemail:///{folder / 'mail'}",
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
            **SHORT,
            **services_of_this_run(database or f"shop_browser_tests_{place}", place),
        }
        self.commands = {
            "sandbox": [*MANAGE, "hub_sandbox", "--port", str(sandbox), "--shop-url", self.url],
            "worker": [*MANAGE, "qcluster"],
            "impatience": [sys.executable, "-m", "tests.browser.impatience"],
            "web": [*MANAGE, "runserver", "--noreload", f"127.0.0.1:{web}"],
        }
        self.health = {
            "web": f"{self.url}/healthz/",
            "sandbox": f"{self.sandbox_url}/api/storefront/v1/info",
        }
        self.processes: dict[str, subprocess.Popen] = {}

    def manage(self, *arguments: str) -> None:
        subprocess.run([*MANAGE, *arguments], env=self.environment, check=True, stdout=subprocess.DEVNULL)

    def start(self, name: str) -> None:
        log_path = self.folder / f"{name}.log"
        log = log_path.open("a")
        self.processes[name] = subprocess.Popen(
            self.commands[name], env=self.environment, stdout=log, stderr=log, start_new_session=True
        )
        if name in self.health:
            wait_until_answering(self.health[name], self.processes[name], log_path)
        if name == "sandbox":
            self.tell_sandbox("speed", speed=10)

    def stop(self, name: str) -> None:
        process = self.processes.pop(name)
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def tell_sandbox(self, command: str, **values) -> None:
        """Run a command of the sandbox's control API."""
        request = urllib.request.Request(
            f"{self.sandbox_url}/_control/{command}",
            data=json.dumps(values).encode(),
            headers={"Content-Type": "application/json"},
        )
        urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=10).close()

    def mails(self) -> list[str]:
        """Recipient, subject and text of every e-mail so far."""
        files = sorted((self.folder / "mail").glob("*"))
        parts = [part for file in files for part in file.read_text().split("-" * 79) if part.strip()]
        messages = [email.message_from_string(part.strip(), policy=email.policy.default) for part in parts]
        return [f"{m['To']}\n{m['Subject']}\n{m.get_body(('plain',)).get_content()}" for m in messages]


def services_of_this_run(database: str, place: int) -> dict[str, str]:
    """Database, cache and queue of the kinds that this test run uses, the last two empty."""
    services = {}
    if (url := os.environ.get("DATABASE_URL", "")).startswith("postgres"):
        services["DATABASE_URL"] = urllib.parse.urlsplit(url)._replace(path=f"/{database}").geturl()
    if os.environ.get("REDIS_URL"):
        server = os.environ["REDIS_URL"].rsplit("/", 1)[0]
        # The settings of the tests take the first databases for the caches of their workers.
        queue, cache = 15 - 2 * place, 14 - 2 * place
        for number in (queue, cache):
            redis.Redis.from_url(f"{server}/{number}").flushdb()
        services["REDIS_URL"] = f"{server}/{queue}"
        services["CACHE_URL"] = f"{server.replace('redis://', 'rediscache://')}/{cache}"
    return services


def new_postgresql_database(name: str, template: str = "template1") -> None:
    if (url := os.environ.get("DATABASE_URL", "")).startswith("postgres"):
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")


def wait_until_answering(url: str, process: subprocess.Popen, log: Path, seconds: float = 60) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        assert process.poll() is None, f"it stopped before it answered at {url}:\n{log.read_text()[-2000:]}"
        with contextlib.suppress(urllib.error.URLError, OSError), opener.open(url, timeout=2):
            return
        time.sleep(0.1)
    raise AssertionError(f"no answer at {url} within {seconds} s")


@pytest.fixture(scope="session")
def demo(tmp_path_factory) -> Path:
    """The files of a filled demo shop, never run."""

    def fill(folder: Path) -> None:
        new_postgresql_database(DEMO_DATABASE)
        filled = Shop(folder, place=place_of_this_process(), database=DEMO_DATABASE)
        filled.manage("migrate", "--verbosity", "0")
        filled.manage("load_demo")

    return made_once(tmp_path_factory, "demo", fill)


@contextlib.contextmanager
def running_shop(demo: Path, folder: Path, *, place: int):
    """A copy of the demo shop, running at an address of its own."""
    shop = Shop(folder, place=place)
    shutil.copytree(demo, folder, dirs_exist_ok=True)
    new_postgresql_database(f"shop_browser_tests_{place}", DEMO_DATABASE)
    shop.manage("shell", "--command", MOVE_SITE)
    try:
        for name in shop.commands:
            shop.start(name)
        yield shop
    finally:
        for name in list(shop.processes):
            shop.stop(name)


@pytest.fixture(scope="package")
def shop(tmp_path_factory, demo):
    """The demo shop, running until the last browser test: a worker never rests."""
    with running_shop(demo, tmp_path_factory.mktemp("shop"), place=place_of_this_process()) as shop:
        yield shop


@pytest.fixture
def own_shop(tmp_path_factory, demo):
    """The demo shop for one test alone, which may move its time."""
    with running_shop(demo, tmp_path_factory.mktemp("own-shop"), place=OWN_PLACE) as shop:
        yield shop


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def visitor(request, browser, shop):
    """A page of a new visitor, once at desktop width and once as a phone."""
    with new_visitor(browser, shop, request.param) as page:
        yield page


@contextlib.contextmanager
def new_visitor(browser, shop, viewport=DESKTOP, **options):
    """A browser page with its own cookies; a script error on it fails the test."""
    context = browser.new_context(base_url=shop.url, viewport=viewport, locale="en-GB", **options)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    try:
        yield page
    finally:
        context.close()
    assert errors == []
