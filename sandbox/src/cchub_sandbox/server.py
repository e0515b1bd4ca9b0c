"""The sandbox as a server on the loopback interface, in its own process or inside a test run."""

import socket
import sqlite3
import threading
from pathlib import Path
from typing import Any, Self

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from .app import HubApp
from .config import LOOPBACK_HOSTS, SandboxConfig
from .control import Control
from .hub import Hub
from .processing import Processor

PORTS = range(65536)
LISTEN_QUEUE = 128
STOP_CHECK_SECONDS = 0.05


class SandboxServer:
    """A Hub that listens while it is entered: `with SandboxServer(...) as server: server.url`.

    `catalog` is a parsed demo catalog or the path of one; `state_dir` keeps users, designs and projects
    over restarts; `port` 0 picks a free one; `speed` is that of rendering (see `clock.Clock`).
    Raises ValueError in words, for an option or a catalog that cannot be used.
    """

    def __init__(
        self,
        *,
        catalog: Path | str | dict[str, Any],
        state_dir: Path | str,
        client_id: str,
        client_secret: str,
        tenant_id: int,
        storefront_id: int,
        environment: str = "us",
        host: str = "127.0.0.1",
        port: int = 0,
        shop_url: str | None = None,
        webhook_secret: str = "",
        speed: float = 1.0,
    ) -> None:
        if host not in LOOPBACK_HOSTS:
            raise ValueError(
                f"The sandbox has no real security and listens on this machine only. "
                f"Use one of {', '.join(LOOPBACK_HOSTS)} instead of {host!r}."
            )
        if port not in PORTS:
            raise ValueError(f"Port {port} cannot be used: ports are numbers from 0 to {PORTS[-1]}.")
        state_dir = Path(state_dir)
        config = SandboxConfig(
            state_dir=state_dir,
            client_id=client_id,
            client_secret=client_secret,
            tenant_id=tenant_id,
            storefront_id=storefront_id,
            environment=environment,
            shop_url=shop_url,
            webhook_secret=webhook_secret,
        )
        self._address = host, port
        try:
            state_dir.mkdir(parents=True, exist_ok=True)
            self._hub = Hub(config, catalog, speed)
        except (OSError, sqlite3.Error) as error:
            reason = getattr(error, "strerror", None) or error
            raise ValueError(f"The state directory {state_dir} cannot be used: {reason}.") from error
        self._app = HubApp(self._hub)
        self._hub.processor = Processor(self._hub)
        self._hub.control = self.control = Control(self._hub)
        self._server: BaseWSGIServer | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """The address without a trailing slash; known once the server listens."""
        return self._hub.base_url

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Listen and render in background threads. Raises OSError when the port is taken."""
        host, port = self._address
        listener = _listen(host, port)
        self._server = make_server(
            host,
            port,
            self._app,
            threaded=True,
            request_handler=QuietHandler,
            fd=listener.fileno(),
        )
        listener.close()
        name = f"[{host}]" if ":" in host else host
        self._hub.base_url = f"http://{name}:{self._server.port}"
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(STOP_CHECK_SECONDS,), name="sandbox-hub", daemon=True
        )
        self._thread.start()
        self._hub.processor.start()

    def stop(self) -> None:
        """Stop listening and rendering; what was stored stays stored."""
        self._hub.failures.clear()
        self._hub.processor.stop()
        if self._server and self._thread:
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()
        self._hub.store.close()


def _listen(host: str, port: int) -> socket.socket:
    """A listening socket, opened here because Werkzeug ends the process when the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=LISTEN_QUEUE)


class QuietHandler(WSGIRequestHandler):
    """Writes no line per request: the console lists the last calls."""

    def log_request(self, *_: object) -> None:
        pass

    def connection_dropped(self, error: BaseException, environ: dict[str, Any] | None = None) -> None:
        """Nothing more is read from a connection that was cut: what is left of a request, perhaps a secret,
        would be logged as a request that makes no sense.
        """
        self.close_connection = True
