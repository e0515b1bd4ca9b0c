"""Clients that are slow on purpose, at the server that runs in production."""

import socket
import time
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import QueryDict, UnreadablePostError
from gunicorn.config import Config
from gunicorn.http import get_parser

from siteconf import web_worker
from siteconf.web_worker import ImpatientSocket, TooSlow
from tests.web_server import gunicorn

# More than the two processes of four threads that serve.
MANY = 12
PATIENCE_SECONDS = 120

HALF_A_HEAD = b"POST /cart/add/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-"
HALF_A_BODY = (
    b"POST /cart/add/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nsku=OW"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("web")


@pytest.fixture(scope="module")
def port(folder):
    with gunicorn(folder, GUNICORN_CMD_ARGS="--access-logfile -") as port:
        yield port


def connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS)


def health(port: int, *headers: bytes) -> bytes:
    """The first line of an answer."""
    head = [b"GET /healthz/?next=/orders/AB/s3cret/ HTTP/1.1", b"Host: 127.0.0.1", b"Connection: close"]
    with connect(port) as client:
        client.sendall(b"\r\n".join([*head, *headers, b"", b""]))
        return client.makefile("rb").readline()


@pytest.mark.parametrize(
    "sent", [b"", HALF_A_HEAD, HALF_A_BODY], ids=["nothing", "half a head", "half a body"]
)
def test_half_sent_requests_do_not_stop_the_shop(port, sent):
    with ExitStack() as stack:
        slow = [stack.enter_context(connect(port)) for _ in range(MANY)]
        for client in slow:
            client.sendall(sent)

        assert health(port) == b"HTTP/1.1 200 OK\r\n"


def text_of(file: Path, *, having: str) -> str:
    """What is in a file once it has this; the server writes its log after the answer."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while having not in (text := file.read_text()):
        assert time.monotonic() < deadline, text
        time.sleep(0.05)
    return text


def test_the_access_log_opens_no_order(port, folder):
    health(port, b"Referer: https://shop.example/orders/CD/s3cret/")
    log = text_of(folder / "log", having="/CD/")

    assert "/healthz/?next=/orders/AB/***/" in log
    assert "https://shop.example/orders/CD/***/" in log
    assert "s3cret" not in log


# ——— One connection ———


@pytest.fixture
def connection(monkeypatch):
    """The shop's end and the client's; the shop waits for the client no time at all."""
    monkeypatch.setattr(web_worker, "SILENCE_SECONDS", 0.01)
    monkeypatch.setattr(web_worker, "ANSWER_SECONDS", 0.01)
    ours, client = socket.socketpair()
    with ImpatientSocket(fileno=ours.detach()) as server, client:
        server.begin_request()
        yield server, client


def test_of_a_form_that_stops_half_way_nothing_is_believed(connection):
    server, client = connection
    client.sendall(HALF_A_BODY)
    body = next(get_parser(Config(), server, ("127.0.0.1", 1))).body
    head = {"REQUEST_METHOD": "POST", "PATH_INFO": "/", "CONTENT_LENGTH": "1000", "wsgi.input": body}
    request = WSGIRequest(head | {"CONTENT_TYPE": "application/x-www-form-urlencoded"})

    with pytest.raises(UnreadablePostError):
        request.POST  # noqa: B018
    assert QueryDict() == request.POST


def test_a_request_that_comes_byte_by_byte_has_an_end(connection, monkeypatch):
    monkeypatch.setattr(web_worker, "REQUEST_SECONDS", -1)
    server, client = connection
    server.begin_request()
    client.sendall(b"G")

    with pytest.raises(TooSlow):
        server.recv(1)


def test_an_answer_that_nobody_takes_is_given_up(connection):
    server, _client = connection

    with pytest.raises(TooSlow):
        server.sendall(b"0" * 10_000_000)


def test_what_comes_in_time_is_read_and_answered(connection):
    server, client = connection
    client.sendall(b"GET /")
    server.sendall(b"200")

    assert (server.recv(8), client.recv(8)) == (b"GET /", b"200")
