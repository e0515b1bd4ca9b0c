"""The web server's worker: no client keeps one of its few threads by sending or reading slowly.

gunicorn's threads wait for a client as long as it likes, so that as many half-sent requests as there are
threads would stop the shop. A proxy that buffers requests keeps such clients away (docs/operators.md); this
bounds what they can do where none does.
"""

import errno
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

from gunicorn.workers import gthread

# Without a byte from the client, or of a file without a byte taken by it.
SILENCE_SECONDS = 5
# For a whole request, and for each piece of its answer.
REQUEST_SECONDS = ANSWER_SECONDS = 60


class TooSlow(ConnectionResetError, TimeoutError):
    """What gunicorn and Django take for a client that has gone, so that no half of a request is obeyed."""

    def __init__(self):
        super().__init__(errno.ECONNRESET, "The client was too slow")


class ImpatientSocket(socket.socket):
    """A client's connection. What blocks on others waits shortly on it, and raises `TooSlow`."""

    _deadline = 0.0

    def begin_request(self) -> None:
        self._deadline = time.monotonic() + REQUEST_SECONDS
        self.setblocking(True)

    def setblocking(self, flag: bool) -> None:
        self.settimeout(SILENCE_SECONDS if flag else 0)

    def recv(self, *arguments) -> bytes:
        if time.monotonic() > self._deadline:
            raise TooSlow
        with _in_time():
            return super().recv(*arguments)

    def sendall(self, *arguments) -> None:
        patience = self.gettimeout()
        self.settimeout(ANSWER_SECONDS)
        with _in_time():
            super().sendall(*arguments)
        self.settimeout(patience)

    def sendfile(self, *arguments, **options) -> int:
        with _in_time():
            return super().sendfile(*arguments, **options)


@contextmanager
def _in_time() -> Iterator[None]:
    try:
        yield
    except TimeoutError:
        raise TooSlow from None


class ImpatientThreadWorker(gthread.ThreadWorker):
    """`gthread` with connections that nobody waits for."""

    def handle(self, conn: gthread.TConn):
        if not isinstance(conn.sock, ImpatientSocket):
            if not conn.wait_for_data(0):
                return gthread._DEFER  # to the loop, which waits without a thread
            conn.sock = ImpatientSocket(fileno=conn.sock.detach())
        conn.sock.begin_request()
        return super().handle(conn)
