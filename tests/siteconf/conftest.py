"""Settings as another process would read them."""

import importlib
import os
import sys

import pytest

from siteconf.settings import environment

COMPLETE = {
    "SECRET_KEY": "$q1w2e3r4t5y6u7i8o9p0-a1s2d3f4g5h6j7k8l9-z1x2c3v4b5n6m7",
    "ALLOWED_HOSTS": "shop.example.com",
    "SHOP_BASE_URL": "https://shop.example.com",
    "CCHUB_BASEURL": "https://customerscanvashub.com",
    "CCHUB_STOREFRONT_ID": "1",
    "CCHUB_TENANT_ID": "2",
    "CCHUB_CLIENTID": "client",
    "CCHUB_CLIENTSECRET": "hush",
}
MODULES = [f"siteconf.settings.{name}" for name in ("base", "dev", "production")]


@pytest.fixture
def dotenv(tmp_path, monkeypatch):
    """The `.env` of the shop; there is none until the test writes it."""
    path = tmp_path / "dotenv"
    monkeypatch.setattr(environment, "DOTENV", path)
    return path


@pytest.fixture
def load(tmp_path, monkeypatch, dotenv):
    """Reads settings anew, with nothing in the environment but what is said (and PATH)."""
    loaded = {name: sys.modules.get(name) for name in MODULES}
    mask = os.umask(0o022)

    def forget() -> None:
        for name in MODULES:
            sys.modules.pop(name, None)

    def settings_of(module: str = "production", **values: str):
        complete = COMPLETE if module == "production" else {}
        found = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path / "var"), **complete, **values}
        monkeypatch.setattr(environment.os, "environ", found)
        monkeypatch.setattr(environment.environ.Env, "ENVIRON", found)
        forget()
        return importlib.import_module(f"siteconf.settings.{module}")

    yield settings_of
    os.umask(mask)
    forget()
    sys.modules.update({name: module for name, module in loaded.items() if module})
