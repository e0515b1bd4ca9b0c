"""The server that runs in production, as a process of its own."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from tests.processes import environment_of_a_shop

START_SECONDS = 120
STOP_SECONDS = 60


@contextmanager
def gunicorn(folder: Path, *, backlog: int = 64, **environment: str) -> Iterator[int]:
    """The port on which two processes of gunicorn serve the shop; its log is `folder / "log"`."""
    log = folder / "log"
    own = {
        "DJANGO_SETTINGS_MODULE": "siteconf.settings.dev",
        "DEBUG": "false",
        "SECRET_KEY": settings.SECRET_KEY,
        "VAR_DIR": str(folder),
    }
    with socket.create_server(("127.0.0.1", 0), backlog=backlog) as listening, log.open("w") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-w", "2", "--bind", f"fd://{listening.fileno()}"],
            cwd=settings.BASE_DIR,
            env=environment_of_a_shop(**own | environment),
            pass_fds=[listening.fileno()],
            stdout=output,
            stderr=output,
        )
        try:
            _wait_until_it_serves(server, log)
            yield listening.getsockname()[1]
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(STOP_SECONDS)


def _wait_until_it_serves(server: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while "Booting worker" not in log.read_text():
        assert server.poll() is None and time.monotonic() < deadline, log.read_text()
        time.sleep(0.1)
