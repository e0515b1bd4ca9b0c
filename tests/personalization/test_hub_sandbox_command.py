"""manage.py hub_sandbox starts, says so in one line, and stops when told to."""

import os
import re
import signal
import subprocess
import sys

import pytest
import requests
from django.conf import settings
from django.core.management import CommandError, call_command

from personalization.management.commands import hub_sandbox


@pytest.fixture
def command_line(tmp_path):
    return [
        sys.executable,
        str(settings.BASE_DIR / "manage.py"),
        "hub_sandbox",
        "--port=0",
        f"--state={tmp_path}",
        "--shop-url=http://127.0.0.1:8000",
    ]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_says_where_it_listens_and_stops_when_told(command_line, number):
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "siteconf.settings.test", "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        command_line, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    )
    try:
        url = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())[0]
        info = requests.get(f"{url}/api/storefront/v1/info", timeout=10)
        process.send_signal(number)
        rest, _ = process.communicate(timeout=30)
    finally:
        process.kill()
    assert info.status_code == 200
    assert (process.returncode, rest) == (0, "")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "shop.example"])  # noqa: S104
def test_it_listens_on_this_machine_only(tmp_path, host):
    with pytest.raises(CommandError, match="listens on this machine only"):
        call_command("hub_sandbox", port=0, host=host, state=tmp_path)


def test_it_names_a_port_that_is_taken(sandbox_server, tmp_path):
    port = int(sandbox_server.url.rpartition(":")[2])
    with pytest.raises(CommandError, match=f"Port {port} cannot be used"):
        call_command("hub_sandbox", port=port, state=tmp_path)


def test_it_names_a_catalog_that_is_missing(tmp_path):
    with pytest.raises(CommandError, match=r"nowhere\.json"):
        call_command("hub_sandbox", port=0, state=tmp_path, catalog=tmp_path / "nowhere.json")


def test_it_says_how_to_install_the_sandbox_where_it_is_missing(tmp_path, monkeypatch):
    monkeypatch.setattr(hub_sandbox, "SANDBOX", "cchub_sandbox_that_is_missing")
    with pytest.raises(CommandError, match=r"pip install -r requirements-demo\.txt"):
        call_command("hub_sandbox", port=0, state=tmp_path)


def test_it_hands_its_options_and_the_settings_to_the_sandbox(tmp_path, monkeypatch, settings):
    settings.CCHUB = {
        "CLIENTID": "shop",
        "CLIENTSECRET": "secret",
        "TENANT_ID": 7,
        "STOREFRONT_ID": 8,
        "ENVIRONMENT": "eu",
        "WEBHOOK_SECRET": "",
    }
    (tmp_path / "said.py").write_text("import sys\nsys.exit('\\n'.join(sys.argv[1:]))")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(hub_sandbox, "SANDBOX", "said")
    monkeypatch.setattr(sys, "argv", ["manage.py"])
    with pytest.raises(CommandError) as said:
        call_command(
            "hub_sandbox", port=5, state=tmp_path, catalog="c.json", shop_url="http://127.0.0.1:8000"
        )
    assert str(said.value).splitlines() == [
        "serve",
        "--port=5",
        "--host=127.0.0.1",
        f"--state={tmp_path}",
        "--catalog=c.json",
        "--shop-url=http://127.0.0.1:8000",
        "--client-id=shop",
        "--client-secret=secret",
        "--tenant-id=7",
        "--storefront-id=8",
        "--environment=eu",
        "--webhook-secret=",
    ]
