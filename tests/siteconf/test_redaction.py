"""Who reads logs or error reports cannot open an order with them."""

import logging
from urllib.parse import quote

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from siteconf.redaction import redacted
from tests.factories.commerce import make_order

SECRET = "pQ7rS8tU9vW0xY1zA2bC3dE4fG5hI6jK"


@pytest.fixture
def order(db):
    return make_order(secret=SECRET)


@pytest.fixture
def log(caplog):
    caplog.set_level(logging.DEBUG)
    return caplog


@pytest.mark.parametrize("below", ["nothing/", "files/9/nothing/", "files/9/", "cancel/nothing/"])
def test_a_page_that_is_not_found_below_an_order(order, log, below):
    assert Client().get(f"{order.get_absolute_url()}{below}").status_code == 404
    assert f"/orders/{order.code}/***" in log.text
    assert SECRET not in log.text


def test_a_form_without_its_proof(order, log):
    address = reverse("order_cancel", args=[order.code, SECRET])
    referer = {"referer": f"http://testserver{order.get_absolute_url()}"}
    assert Client(enforce_csrf_checks=True, headers=referer).post(address).status_code == 403
    assert f"/orders/{order.code}/***/cancel/" in log.text
    assert SECRET not in log.text


@pytest.mark.parametrize("with_page", [False, True])
def test_an_error_that_administrators_hear_of(order, log, settings, monkeypatch, with_page):
    def broken(**arguments):
        secret_too = arguments["secret"]
        raise RuntimeError(f"Nothing at /orders/{arguments['code']}/{secret_too}/")

    monkeypatch.setattr("commerce.views.guests.order_by_secret", broken)
    handlers = [
        handler for handler in logging.getLogger("django").handlers if hasattr(handler, "include_html")
    ]
    monkeypatch.setattr(handlers[0], "include_html", with_page)
    settings.ADMINS = [("Admin", "admin@shop.example")]
    client = Client(raise_request_exception=False, headers={"referer": order.get_absolute_url()})
    client.cookies["visitor"] = "signed-visitor"
    response = client.get(f"{order.get_absolute_url()}?next={quote(order.get_absolute_url(), safe='')}")

    assert response.status_code == 500
    [report] = mail.outbox
    told = report.subject + report.body + "".join(str(part) for part in report.alternatives) + log.text
    assert f"Nothing at /orders/{order.code}/***/" in told
    assert "signed-visitor" not in told
    assert SECRET not in told


def test_the_error_page_of_development(order, settings, monkeypatch):
    monkeypatch.setattr("commerce.views.guests.order_by_secret", lambda **_: 1 / 0)
    settings.DEBUG = True
    response = Client(raise_request_exception=False).get(order.get_absolute_url())

    assert "ZeroDivisionError" in response.content.decode()
    assert SECRET not in response.content.decode()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GET /orders/AB-12/s3cr-et_/ 200", "GET /orders/AB-12/***/ 200"),
        ("/orders/AB/s/status/?a=/orders/AB/t", "/orders/AB/***/status/?a=/orders/AB/***"),
        ("next=%2Forders%2FAB%2Fs3cret%2F&x", "next=%2Forders%2FAB%2F***%2F&x"),
        ("/orders/files/12.34:abc:def/", "/orders/files/***/"),
        ("'/accounts/password/reset/key/1-abc-def/'", "'/accounts/password/reset/key/***/'"),
        ("/accounts/confirm-email/MQ:1abc:def/", "/accounts/confirm-email/***/"),
        ("/admin/orders/12/cancel/", "/admin/orders/12/cancel/"),
        ("next=%2Fadmin%2Forders%2F12%2Fcancel%2F", "next=%2Fadmin%2Forders%2F12%2Fcancel%2F"),
        ("/orders/", "/orders/"),
        ("/orders/?page=2", "/orders/?page=2"),
    ],
)
def test_what_is_secret_in_an_address(text, expected):
    assert redacted(text) == expected
