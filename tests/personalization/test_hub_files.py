"""Print files and previews: from the right places, complete or not at all; the token stays with the Hub."""

import socketserver
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from itertools import chain, repeat

import pytest

from personalization.hub import (
    HubContractError,
    HubForbidden,
    HubNotFound,
    HubUnavailable,
    OutputFile,
    Preview,
    get_hub,
)

GATEWAY_FILE = "https://api.hub.example/api/storage/v1/artifacts/a1b2/file"
PNG = b"\x89PNG\r\n\x1a\n" + b"picture"


def output_file(url: str = GATEWAY_FILE, *, artifact_id: str = "a1b2", size: int | None = None) -> OutputFile:
    return OutputFile(
        artifact_id=artifact_id,
        name="result",
        format="Pdf",
        size=size,
        url=url,
        project_item_id=1,
        order_line_item_id="OW-1-1",
    )


def download(hub, file: OutputFile) -> bytes:
    with hub.open_artifact(file) as stream:
        return b"".join(stream.iter_bytes())


def requests_with_token(answers) -> list[str]:
    return [call.request.url for call in answers.calls if "Authorization" in call.request.headers]


@pytest.fixture
def public_names(monkeypatch):
    """Every host name resolves to a public address, but those that start with "inside"."""

    def resolve(host, *_, **__):
        return [(2, 1, 6, "", ("10.0.0.5" if host.startswith("inside") else "93.184.215.14", 0))]

    monkeypatch.setattr("personalization.hub.addresses.socket.getaddrinfo", resolve)


@contextmanager
def server_sending(head: bytes, *pieces: bytes):
    """A loopback server that answers every request with these bytes and hangs up."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.wfile.write(head)
            for piece in pieces:
                self.wfile.write(piece)
            self.close_connection = True

        def log_message(self, *_):
            pass

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture
def near_hub(settings):
    """Makes the facade of a Hub on this machine that needs no token to be fetched."""

    def hub_at(url: str):
        settings.CCHUB = {**settings.CCHUB, "BASEURL": url, "API_URL": url}
        hub = get_hub()
        hub._transport._tokens.current = lambda: "token-1"
        return hub

    return hub_at


def test_a_file_on_the_gateway_is_fetched_with_the_token(far_hub, answers):
    answers.get(GATEWAY_FILE, body=b"%PDF-1.7", content_type="application/pdf; charset=binary")
    with far_hub.open_artifact(output_file(size=8)) as stream:
        assert stream.content_type == "application/pdf"
        assert stream.size == 8
        assert b"".join(stream.iter_bytes()) == b"%PDF-1.7"
    assert requests_with_token(answers) == [GATEWAY_FILE]


@pytest.mark.parametrize(
    "url",
    [
        "https://storage.internal.example/api/storage/v1/artifacts/a1b2/file",
        "http://api.hub.example/api/storage/v1/artifacts/a1b2/file",
        "https://api.hub.example:8443/api/storage/v1/artifacts/a1b2/file",
        "https://api.hub.example@evil.example/file",
        "file:///etc/passwd",
        "https://[broken",
        "",
    ],
)
def test_a_file_elsewhere_is_fetched_from_the_gateway_instead(far_hub, answers, url):
    answers.get(GATEWAY_FILE, body=b"%PDF-1.7", content_type="application/pdf")
    assert download(far_hub, output_file(url)) == b"%PDF-1.7"
    assert [call.request.url for call in answers.calls][1:] == [GATEWAY_FILE]


def test_an_artifact_id_cannot_leave_its_place_in_the_address(far_hub, answers):
    url = "https://api.hub.example/api/storage/v1/artifacts/..%2F..%2Ftenant/file"
    answers.get(url, body=b"%PDF-1.7", content_type="application/pdf")
    download(far_hub, output_file("", artifact_id="../../tenant"))
    assert answers.calls[-1].request.url == url


def test_a_file_elsewhere_without_an_id_is_not_fetched(far_hub, answers):
    with pytest.raises(HubContractError):
        download(far_hub, output_file("https://evil.example/file", artifact_id=""))
    assert len(answers.calls) == 0


def test_a_redirect_to_another_host_is_followed_without_the_token_even_back_again(
    far_hub, answers, public_names
):
    answers.get(GATEWAY_FILE, status=302, headers={"Location": "https://blobs.example/f?sig=1"})
    answers.get("https://blobs.example/f", status=307, headers={"Location": "https://hub.example/open"})
    answers.get("https://hub.example/open", body=b"%PDF-1.7", content_type="application/pdf")
    assert download(far_hub, output_file()) == b"%PDF-1.7"
    assert requests_with_token(answers) == [GATEWAY_FILE]


def test_a_redirect_inside_the_hub_keeps_the_token(far_hub, answers):
    answers.get(GATEWAY_FILE, status=302, headers={"Location": "/other/file"})
    answers.get("https://api.hub.example/other/file", body=b"%PDF-1.7", content_type="application/pdf")
    assert download(far_hub, output_file()) == b"%PDF-1.7"
    assert requests_with_token(answers) == [GATEWAY_FILE, "https://api.hub.example/other/file"]


@pytest.mark.parametrize(
    "target",
    [
        "https://inside.example/f",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/f",
        "http://blobs.example/f",
        "ftp://blobs.example/f",
        "file:///etc/passwd",
        "https://[broken",
    ],
)
def test_a_redirect_into_a_private_network_or_out_of_https_is_refused(far_hub, answers, public_names, target):
    answers.get(GATEWAY_FILE, status=302, headers={"Location": target})
    with pytest.raises(HubContractError):
        download(far_hub, output_file())
    assert len(answers.calls) == 2  # the token and the gateway


def test_a_redirect_to_an_unknown_name_is_unavailability(far_hub, answers, monkeypatch):
    def resolve(*_, **__):
        raise OSError

    monkeypatch.setattr("personalization.hub.addresses.socket.getaddrinfo", resolve)
    answers.get(GATEWAY_FILE, status=302, headers={"Location": "https://gone.example/f"})
    with pytest.raises(HubUnavailable):
        download(far_hub, output_file())


def test_redirects_in_a_circle_end(far_hub, answers):
    answers.get(GATEWAY_FILE, status=302, headers={"Location": GATEWAY_FILE})
    with pytest.raises(HubContractError, match="too many redirects"):
        download(far_hub, output_file())


def test_a_token_refused_for_a_file_is_replaced_once(far_hub, answers):
    answers.get(GATEWAY_FILE, status=401)
    answers.get(GATEWAY_FILE, body=b"%PDF-1.7", content_type="application/pdf")
    assert download(far_hub, output_file()) == b"%PDF-1.7"


@pytest.mark.parametrize(("status", "kind"), [(403, HubForbidden), (404, HubNotFound)])
def test_a_file_that_is_withheld_or_gone_says_so(far_hub, answers, status, kind):
    answers.get(GATEWAY_FILE, status=status)
    with pytest.raises(kind):
        download(far_hub, output_file())


def test_a_page_is_not_taken_for_a_print_file(far_hub, answers):
    answers.get(GATEWAY_FILE, body=b"<html>Log in</html>", content_type="text/html; charset=utf-8")
    with pytest.raises(HubContractError):
        download(far_hub, output_file())


@pytest.mark.parametrize("promised", [7, 9])
def test_a_file_of_another_size_than_the_results_promised_is_incomplete(far_hub, answers, promised):
    answers.get(GATEWAY_FILE, body=b"%PDF-1.7", content_type="application/pdf")
    with pytest.raises(HubUnavailable):
        download(far_hub, output_file(size=promised))


def test_a_file_larger_than_the_limit_is_given_up(far_hub, answers, monkeypatch):
    monkeypatch.setattr("personalization.hub.files.ARTIFACT_BYTES", 7)
    answers.get(GATEWAY_FILE, body=b"%PDF-1.7", content_type="application/pdf")
    with pytest.raises(HubContractError):
        download(far_hub, output_file())


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n", b"%PDF"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"4\r\n%PDF\r\n10\r\n"),
    ],
)
def test_a_download_that_breaks_off_is_unavailability(near_hub, head, body):
    with server_sending(head, body) as url:
        hub = near_hub(url)
        with hub.open_artifact(output_file(f"{url}/f")) as stream, pytest.raises(HubUnavailable):
            list(stream.iter_bytes())


# Previews


@pytest.mark.parametrize(
    ("content_type", "content"),
    [
        ("image/png", PNG),
        ("image/jpeg", b"\xff\xd8\xff\xe0picture"),
        ("image/webp", b"RIFF\x00\x00\x00\x00WEBPVP8 "),
    ],
)
def test_a_preview_is_fetched_from_the_hub_without_the_token(far_hub, answers, content_type, content):
    answers.get("https://api.hub.example/p.png", body=content, content_type=content_type)
    preview = far_hub.fetch_preview("https://api.hub.example/p.png")
    assert preview == Preview(content=content, content_type=content_type)
    assert [call.request.url for call in answers.calls] == ["https://api.hub.example/p.png"]
    assert requests_with_token(answers) == []


def test_a_preview_may_come_from_a_host_that_the_parameters_name(far_hub, answers, public_names):
    answers.get("https://cdn.example/p.png", body=PNG, content_type="image/png")
    named = ["https://cdn.example/libs/us/workflow-elements", ""]
    assert far_hub.fetch_preview("https://cdn.example/p.png", also_from=named).content == PNG
    with pytest.raises(HubContractError):
        far_hub.fetch_preview("https://cdn.example/p.png")


@pytest.mark.parametrize(
    "url",
    [
        "http://api.hub.example/p.png",
        "https://evil.example/p.png",
        "https://api.hub.example.evil.example/p.png",
        "https://api.hub.example@evil.example/p.png",
        "http://127.0.0.1/p.png",
        "data:image/png;base64,AAAA",
        "javascript:alert(1)",
        "",
    ],
)
def test_a_preview_from_anywhere_else_is_not_asked_for(far_hub, answers, url):
    with pytest.raises(HubContractError):
        far_hub.fetch_preview(url)
    assert len(answers.calls) == 0


@pytest.mark.parametrize("named", ["https://inside.example/p.png", "http://cdn.example/p.png"])
def test_a_named_host_inside_our_network_or_without_https_is_refused(far_hub, answers, public_names, named):
    with pytest.raises(HubContractError):
        far_hub.fetch_preview(named, also_from=[named])
    assert len(answers.calls) == 0


def test_a_preview_that_moved_to_another_host_is_refused(far_hub, answers, public_names):
    answers.get("https://hub.example/p.png", status=302, headers={"Location": "https://api.hub.example/p"})
    with pytest.raises(HubContractError):
        far_hub.fetch_preview("https://hub.example/p.png")
    assert len(answers.calls) == 1


def test_a_preview_that_moved_within_its_host_is_found(far_hub, answers):
    answers.get("https://hub.example/p.png", status=302, headers={"Location": "/new/p.png"})
    answers.get("https://hub.example/new/p.png", body=PNG, content_type="image/png")
    assert far_hub.fetch_preview("https://hub.example/p.png").content == PNG


@pytest.mark.parametrize(
    ("content_type", "content"),
    [
        ("image/svg+xml", b"<svg onload='alert(1)'/>"),
        ("text/html", b"<html>"),
        ("image/png", b"<html>not a picture</html>"),
        ("image/png", b""),
        ("image/jpeg", PNG),
    ],
)
def test_what_is_not_a_plain_picture_is_refused(far_hub, answers, content_type, content):
    answers.get("https://hub.example/p.png", body=content, content_type=content_type)
    with pytest.raises(HubContractError):
        far_hub.fetch_preview("https://hub.example/p.png")


def test_a_preview_larger_than_five_megabytes_is_refused(far_hub, answers):
    limit = 5 * 1024 * 1024
    for number, size in enumerate((limit, limit + 1)):
        body = PNG + bytes(size - len(PNG))
        answers.get(f"https://hub.example/{number}.png", body=body, content_type="image/png")
    assert len(far_hub.fetch_preview("https://hub.example/0.png").content) == limit
    with pytest.raises(HubContractError, match="more than 5242880 bytes"):
        far_hub.fetch_preview("https://hub.example/1.png")


def test_a_preview_that_drips_is_given_up(near_hub, monkeypatch):
    moments = chain([0], repeat(1000))
    monkeypatch.setattr("personalization.hub.files.monotonic", lambda: next(moments))
    with server_sending(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n", PNG) as url:
        hub = near_hub(url)
        with pytest.raises(HubUnavailable, match="not complete in time"):
            hub.fetch_preview(f"{url}/p.png")


def test_a_loopback_hub_in_the_environment_is_trusted(near_hub):
    with server_sending(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n", PNG) as url:
        assert near_hub(url).fetch_preview(f"{url}/p.png").content == PNG
