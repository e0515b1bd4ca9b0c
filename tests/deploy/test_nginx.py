"""What operators are given to put in front of the shop."""

import subprocess
from contextlib import ExitStack

import pytest

from tests.deploy.conftest import SAMPLE
from tests.programs import require_program

SECRET = "pQ7rS8tU9vW0xY1zA2bC3dE4fG5hI6jK"
HALF = b"POST /cart/add/ HTTP/1.1\r\nHost: shop.example.com\r\nContent-Length: 1000\r\n\r\nsku=OW"
MANY = 12


def health(front) -> bytes:
    return front.ask("GET /healthz/ HTTP/1.1")[1]


def put(front, name: str) -> None:
    file = front.folder / "var" / "media" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("<script>alert(1)</script>")


def test_the_sample_is_valid_with_tls_as_well(front):
    """With a certificate of the test's own, at the sample's own ports."""
    folder = front.folder / "tls"
    folder.mkdir()
    key = ["-keyout", folder / "key.pem", "-out", folder / "cert.pem", "-subj", "/CN=shop.example.com"]
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *key], check=True)
    text = SAMPLE.read_text().replace("/var/log/nginx", str(folder))
    live = "/etc/letsencrypt/live/shop.example.com"
    text = text.replace(f"{live}/fullchain.pem", f"{folder}/cert.pem")
    text = text.replace(f"{live}/privkey.pem", f"{folder}/key.pem")
    (folder / "nginx.conf").write_text(f"pid {folder}/pid;\nevents {{}}\nhttp {{\n{text}\n}}\n")

    checked = subprocess.run(
        [require_program("nginx"), "-t", "-c", folder / "nginx.conf", "-e", folder / "log"],
        capture_output=True,
        text=True,
    )
    assert (checked.returncode, "warn" in checked.stderr) == (0, False), checked.stderr


def test_half_sent_requests_never_reach_the_shop(front):
    with ExitStack() as stack:
        slow = [stack.enter_context(front.connect()) for _ in range(MANY)]
        for client in slow:
            client.sendall(HALF)

        assert health(front) == b"ok"


def test_what_is_too_large_is_refused_before_it_is_read(front):
    head, _body = front.ask("POST /cart/add/ HTTP/1.1", "Content-Length: 150000000")
    assert head.startswith(b"http/1.1 413 ")
    assert health(front) == b"ok"


@pytest.mark.parametrize("name", ["images/card.webp", "previews/design.png", "avatar_images/clara.jpg"])
def test_pictures_are_served_as_pictures_and_nothing_else(front, name):
    put(front, name)
    head, _body = front.ask(f"GET /media/{name} HTTP/1.1")
    assert head.startswith(b"http/1.1 200 ")
    assert b"\r\ncontent-type: image/" in head
    assert b"\r\nx-content-type-options: nosniff" in head
    assert b"\r\ncontent-security-policy: default-src 'none'" in head


@pytest.mark.parametrize(
    "name", ["images/page.html", "images/picture.svg", "previews/script.js", "avatar_images/page.html"]
)
def test_nothing_in_media_is_a_page(front, name):
    put(front, name)
    head, _body = front.ask(f"GET /media/{name} HTTP/1.1")
    assert b"\r\ncontent-type: application/octet-stream" in head
    assert b"\r\nx-content-type-options: nosniff" in head


@pytest.mark.parametrize(
    "path", ["documents/prices.pdf", "original_images/card.png", "images/../documents/prices.pdf"]
)
def test_documents_and_originals_are_not_served(front, path):
    put(front, "documents/prices.pdf")
    put(front, "original_images/card.png")
    put(front, "images/card.png")
    head, body = front.ask(f"GET /media/{path} HTTP/1.1")
    assert head.startswith(b"http/1.1 404 ")
    assert b"script" not in body


def test_the_log_opens_nothing(front):
    for path in (f"orders/AB12/{SECRET}/", f"accounts/confirm-email/{SECRET}/", f"cart/?next=/{SECRET}"):
        front.ask(f"GET /{path} HTTP/1.1", f"Referer: https://shop.example.com/{SECRET}/")
    health(front)
    log = (front.folder / "shop.access.log").read_text()
    assert "GET /orders/AB12/*** " in log
    assert "GET /accounts/confirm-email/*** " in log
    assert SECRET not in log
