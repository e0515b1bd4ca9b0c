"""nginx as deploy/nginx/shop.conf sets it up, in front of the server that runs in production."""

import os
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

from tests.programs import require_program
from tests.web_server import gunicorn

SAMPLE = Path(settings.BASE_DIR) / "deploy" / "nginx" / "shop.conf"
START_SECONDS = 60

# As root, nginx would give its workers an account that cannot read a test's folder.
AROUND = """
{user}
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/start.log;
events {{}}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/shop.conf;
}}
"""


@dataclass(frozen=True)
class Front:
    """nginx in front of the shop; its media are in `folder / "var" / "media"`."""

    port: int
    folder: Path

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=START_SECONDS)

    def ask(self, *lines: str, body: bytes = b"") -> tuple[bytes, bytes]:
        """The head of an answer in lower case, and its body."""
        head = [*lines, "Host: shop.example.com", "Connection: close", "", ""]
        with self.connect() as client:
            client.sendall("\r\n".join(head).encode() + body)
            head, _, rest = client.makefile("rb").read().partition(b"\r\n\r\n")
        return head.lower(), rest


@pytest.fixture(scope="session")
def front(tmp_path_factory):
    nginx = require_program("nginx")
    folder = tmp_path_factory.mktemp("front")
    with gunicorn(folder, ALLOWED_HOSTS="shop.example.com") as upstream, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        _write_configuration(folder, upstream=upstream, port=port)
        server = subprocess.Popen([nginx, "-c", folder / "nginx.conf", "-e", folder / "start.log"])
        try:
            _wait_until_it_listens(port, server)
            yield Front(port, folder)
        finally:
            server.terminate()
            server.wait(START_SECONDS)


def _write_configuration(folder: Path, *, upstream: int, port: int) -> None:
    """The sample with places of this test; without TLS, which needs a certificate."""
    text = SAMPLE.read_text()
    for sample, ours in {
        "unix:/run/shop/web.sock": f"127.0.0.1:{upstream}",
        "/srv/shop/var": str(folder / "var"),
        "/var/log/nginx": str(folder),
        "listen 80;": "listen unix:" + str(folder / "plain.sock") + ";",
        "listen 443 ssl;": f"listen 127.0.0.1:{port};",
    }.items():
        assert sample in text
        text = text.replace(sample, ours)
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("ssl_certificate")]
    (folder / "shop.conf").write_text("\n".join(lines))
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user=user))


def _wait_until_it_listens(port: int, server: subprocess.Popen) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert server.poll() is None
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("nginx does not listen")
