"""The shop of a drill: gunicorn, worker and sandbox Hub as processes, with services of their own."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.processes import SERVICES, environment_of_a_shop

from .clock import MovedClock
from .launcher import FOLDER
from .services import own_services
from .supervision import Supervised
from .traps import Fuses, Trap

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 240
# A process that ends so often before it first answers cannot start at all.
MOST_DEATHS = 3
LOG_TAIL = 6000
# Longer than every lease and than the queue's `retry`: what a dead process held is free afterwards.
DEAD_SECONDS = 330
# Where the shop has a setting for how long it waits, a drill waits shortly.
SHORT = {"CCHUB_POLL_SECONDS": "5", "CCHUB_LOOK_AGAIN_SECONDS": "1", "CCHUB_BREAKER_SECONDS": "1"}


class Shop:
    """The processes by name, the clock that they share, and the fuses that kill them."""

    def __init__(self, folder: Path, services: dict[str, str], *, worker: str, settings: dict[str, str]):
        self.folder = folder
        web, sandbox = free_port(), free_port()
        self.url, self.sandbox_url = f"http://127.0.0.1:{web}", f"http://127.0.0.1:{sandbox}"
        self.environment = self._environment(services, settings)
        self.clock = MovedClock(folder / "clock")
        self.fuses = Fuses(folder / "fuses")
        launch = [sys.executable, "-m", "tests.endurance.launcher"]
        manage = [sys.executable, str(ROOT / "manage.py")]
        hub = ["hub_sandbox", "--port", str(sandbox), "--shop-url", self.url]
        self.sandbox = self._supervised("sandbox", [*manage, *hub])
        self.web = self._supervised("web", [*launch, "web", f"127.0.0.1:{web}"])
        self.worker = self._supervised("worker", [*launch, worker], on_death=self.let_leases_end)
        self._manage = manage

    def set_up(self) -> None:
        """Database and Django for this process, on the shop's clock."""
        os.environ.update(self.environment, LOG_LEVEL="ERROR")
        sys.path.append(str(ROOT / "site"))
        self.clock.put_on()
        import django

        django.setup()
        self.clock.put_on_hub()
        subprocess.run([*self._manage, "migrate", "--verbosity", "0"], env=self.environment, check=True)

    def start(self) -> None:
        self.start_sandbox()
        self.web.start()
        self.worker.start()
        wait_until_answering(f"{self.url}/healthz/", self.web)

    def start_sandbox(self) -> None:
        """It has lost the clock, but not what it has stored."""
        self.sandbox.start()
        wait_until_answering(f"{self.sandbox_url}/api/storefront/v1/info", self.sandbox)
        self.tell_sandbox("advance", seconds=self.clock.moved)
        self.tell_sandbox("speed", speed=10)

    def stop(self) -> None:
        if self.worker.process is not None:
            # Gently, so that it finishes what it has begun.
            self.worker.stop()
        for part in (self.web, self.sandbox):
            if part.process is not None:
                part.kill()

    def tell_sandbox(self, command: str, **values) -> None:
        """Run a command of the sandbox's control API."""
        body = json.dumps(values).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.sandbox_url}/_control/{command}", data=body, headers=headers)
        _direct().open(request, timeout=60).close()

    def ask_sandbox(self, what: str) -> list[dict]:
        with _direct().open(f"{self.sandbox_url}/_control/{what}", timeout=60) as answer:
            return json.load(answer)

    def move_clock(self, seconds: float) -> None:
        """For the shop and for the Hub."""
        self.clock.move(seconds)
        if self.sandbox.is_running:
            self.tell_sandbox("advance", seconds=seconds)

    def let_leases_end(self) -> None:
        """While the worker is dead: otherwise one that works would lose its leases."""
        self.move_clock(DEAD_SECONDS)

    def restart_worker_later(self) -> None:
        """Stop the worker as an operator does, and start it when every lease has ended."""
        self.worker.stop()
        self.let_leases_end()
        self.worker.start()

    def lay_fuses(self, trap: Trap, how: list[str]) -> None:
        self.fuses.lay(trap, how)

    def _environment(self, services: dict[str, str], settings: dict[str, str]) -> dict[str, str]:
        return {
            **environment_of_a_shop(without=SERVICES),
            "DJANGO_SETTINGS_MODULE": "siteconf.settings.production",
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
            "PYTHONUNBUFFERED": "1",
            FOLDER: str(self.folder),
            "VAR_DIR": str(self.folder),
            "SECRET_KEY": "drill-" + "0" * 50,
            "ALLOWED_HOSTS": "127.0.0.1",
            # Every shopper of a drill comes from here.
            "ORDERS_PER_HOUR_AND_CLIENT": "100000",
            "ORDERS_PER_HOUR_AND_ADDRESS": "100000",
            "VISITORS_PER_HOUR_AND_CLIENT": "100000",
            "HTTPS_ONLY": "false",
            "BEHIND_PROXY": "false",
            "SHOP_BASE_URL": self.url,
            "EMAIL_URL": f"filemail:///{self.folder / 'mail'}",
            "CCHUB_BASEURL": self.sandbox_url,
            "CCHUB_STOREFRONT_ID": "42",
            "CCHUB_TENANT_ID": "4242",
            "CCHUB_CLIENTID": "sandbox-shop",
            "CCHUB_CLIENTSECRET": "sandbox-secret",
            "CCHUB_WEBHOOK_SECRET": "sandbox-webhook-secret",
            "NO_PROXY": "127.0.0.1,localhost",
            "no_proxy": "127.0.0.1,localhost",
            **services,
            **settings,
        }

    def _supervised(self, name: str, command: list[str], **options) -> Supervised:
        log = self.folder / f"{name}.log"
        return Supervised(command, environment=self.environment, log=log, **options)


@contextmanager
def running_shop(*, worker: str = "qcluster", settings: dict[str, str] = SHORT) -> Iterator[Shop]:
    """A shop with an empty database, running. Its folder, with the logs, stays when the drill breaks off."""
    folder = Path(tempfile.mkdtemp(prefix="drill-"))
    with own_services(folder) as services:
        shop = Shop(folder, services, worker=worker, settings=settings)
        shop.set_up()
        try:
            shop.start()
            yield shop
        except BaseException:
            print(f"Logs: {folder}", flush=True)
            raise
        finally:
            shop.stop()
            _close_connections()
    shutil.rmtree(folder, ignore_errors=True)


def _close_connections() -> None:
    from django.db import connections

    connections.close_all()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_answering(url: str, part: Supervised) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and part.deaths < MOST_DEATHS:
        with suppress(urllib.error.URLError, OSError), _direct().open(url, timeout=5):
            return
        time.sleep(0.1)
    end = f"it ended {part.deaths} times" if part.deaths else f"not within {START_SECONDS} s"
    raise SystemExit(f"No answer at {url}, {end}:\n{part.log.read_text()[-LOG_TAIL:]}")


def _direct() -> urllib.request.OpenerDirector:
    return urllib.request.build_opener(urllib.request.ProxyHandler({}))
