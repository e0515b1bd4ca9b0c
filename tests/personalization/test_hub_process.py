"""The facade across threads and processes, and what it takes from the environment."""

import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests
from django.conf import settings as project_settings

from personalization.hub import get_hub
from personalization.hub.connections import Connections

API = "https://api.hub.example/api/storefront/v1"


def test_a_process_has_one_hub_until_its_settings_change(far_hub, settings):
    assert get_hub() is far_hub
    settings.CCHUB = {**settings.CCHUB, "CLIENTSECRET": "another"}
    assert get_hub() is not far_hub


def test_a_forked_process_makes_its_own_hub_and_connections(sandbox):
    hub = get_hub()
    hub.products(take=1)
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        verdict = b"broken"
        try:
            own = get_hub()
            own.products(take=1)
            shared = own is hub or own._transport._connections is hub._transport._connections
            verdict = b"shared" if shared else b"own"
        finally:
            os.write(writer, verdict)
            os._exit(0)
    os.close(writer)
    os.waitpid(child, 0)
    with os.fdopen(reader, "rb") as answer:
        assert answer.read() == b"own"
    assert get_hub() is hub
    assert hub.products(take=1).total > 0


def test_answers_do_not_cross_between_threads(sandbox):
    hub = get_hub()
    wanted = [product.id for product in hub.products(take=8).items]
    mixed_up = []

    def look(product_id):
        for _ in range(15):
            variants = hub.product_variants(product_id)
            hub.forget(product_id)
            mixed_up.extend(variant for variant in variants if variant.product_id != product_id)
        finished.append(product_id)

    finished = []
    threads = [threading.Thread(target=look, args=(product_id,)) for product_id in wanted]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(finished) == sorted(wanted)
    assert mixed_up == []


def test_threads_have_sessions_of_their_own_over_shared_connections():
    connections = Connections()
    mine = connections._session()
    assert connections._session() is mine
    theirs = []
    thread = threading.Thread(target=lambda: theirs.append(connections._session()))
    thread.start()
    thread.join()
    assert theirs[0] is not mine
    assert theirs[0].get_adapter("https://hub.example") is mine.get_adapter("https://hub.example")


def test_a_connection_is_used_again_even_by_a_new_thread():
    opened = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self):
            opened.append(self.client_address)
            super().setup()

        def do_GET(self):
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        connections = Connections()
        for _ in range(3):
            url = f"http://127.0.0.1:{server.server_port}/"
            thread = threading.Thread(target=connections.request, args=("GET", url), kwargs={"timeout": 2})
            thread.start()
            thread.join()
        server.shutdown()
    assert len(opened) == 1


@pytest.fixture
def seen(monkeypatch):
    """The options with which requests are really sent."""
    options = []

    def send(self, request, **kwargs):
        options.append({**kwargs, "headers": dict(request.headers)})
        answer = requests.Response()
        answer.status_code, answer._content, answer.request, answer.url = 200, b"{}", request, request.url
        return answer

    monkeypatch.setattr("requests.adapters.HTTPAdapter.send", send)
    return options


def test_proxies_of_the_environment_are_used_but_never_for_loopback(monkeypatch, seen):
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("NO_PROXY", "direct.example")
    for name in ("https_proxy", "http_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    connections = Connections()
    for url in (
        "https://hub.example/a",
        "https://direct.example/a",
        "http://127.0.0.1:8001/a",
        "http://localhost/a",
    ):
        connections.request("GET", url, timeout=1)
    assert seen[0]["proxies"]["https"] == "http://proxy.example:3128"
    assert [options["proxies"].get("https") for options in seen[1:]] == [None, None, None]
    assert [options["proxies"].get("http") for options in seen[1:]] == [None, None, None]


def test_netrc_does_not_replace_the_token_and_the_ca_bundle_counts(monkeypatch, seen, tmp_path):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine hub.example login me password mine")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/etc/own-ca.pem")
    Connections().request("GET", "https://hub.example/", headers={"Authorization": "Bearer t"}, timeout=1)
    assert seen[0]["headers"]["Authorization"] == "Bearer t"
    assert seen[0]["verify"] == "/etc/own-ca.pem"


def test_every_request_has_both_time_outs(far_hub, answers):
    answers.get(f"{API}/projects/7", json={"id": 7})
    far_hub.project(7)
    timeouts = [call.request.req_kwargs["timeout"] for call in answers.calls]
    assert timeouts == [(5.0, 5.0), (5.0, 5.0)]


def test_the_generated_client_is_imported_by_the_first_call_only():
    program = (
        "import sys; from personalization.hub import get_hub; hub = get_hub();"
        "print([name for name in sys.modules if name.startswith('aurigma')])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", "import django; django.setup(); " + program],
        capture_output=True,
        text=True,
        cwd=project_settings.BASE_DIR,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "siteconf.settings.test",
            "PYTHONPATH": f"{project_settings.BASE_DIR}{os.pathsep}{project_settings.BASE_DIR / 'site'}",
        },
        check=True,
    )
    assert answer.stdout.strip() == "[]"
