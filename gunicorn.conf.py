"""`gunicorn` alone, started in the project's root, serves the shop."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent

chdir = str(ROOT)
pythonpath = str(ROOT / "site")
wsgi_app = "siteconf.wsgi:application"
worker_class = "siteconf.web_worker.ImpatientThreadWorker"
threads = 4
# Nobody uses it, and two shops of one account on a machine would share its place.
control_socket_disable = True


def on_starting(server) -> None:
    """Refuse to serve with settings that are wrong, and say why without a traceback.

    In a process of its own: a reload (SIGHUP) has to read the settings anew.
    """
    path = os.pathsep.join([str(ROOT / "site"), str(ROOT)])
    check = [sys.executable, "-m", "siteconf.start"]
    if subprocess.call(check, cwd=ROOT, env={**os.environ, "PYTHONPATH": path}):  # noqa: S603
        sys.exit("The shop does not start; the lines above say why.")
