"""Every address of the URLconf against everybody who may ask for it, as tests/access/table.py says."""

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.template.backends.django import Template

from .addresses import every_address
from .table import TABLE
from .world import PEOPLE, World, a_world

pytestmark = pytest.mark.django_db

LOGINS = ("/accounts/login/", "/admin/login/")
REFUSED = "/admin/"
# It is there to fail.
MAY_FAIL = ("/admin/failwhale/",)


@pytest.fixture
def world(sandbox, monkeypatch) -> World:
    """Everything that can be named. Who may see a page is decided before its template is rendered."""
    made = a_world()
    monkeypatch.setattr(Template, "render", lambda self, context=None, request=None: "")
    return made


def named(name: str) -> str:
    return name.replace(" ", "_")


def test_every_address_has_one_row_and_every_row_an_address():
    listed = [name for row in TABLE for name in row.names]

    assert {named(address.name) for address in every_address()} - set(listed) == set()
    assert set(listed) - {named(address.name) for address in every_address()} == set()
    assert sorted(listed) == sorted(set(listed))


@pytest.mark.parametrize("person", PEOPLE)
def test_everybody_gets_where_they_may_and_nowhere_else(world, person):
    rows = {name: row for row in TABLE for name in row.names}
    wrong = []
    for address in every_address():
        row = rows[named(address.name)]
        path = address.path(world.arguments)
        is_open = answers(world, person, row.method, path)
        if is_open != (person in row.people):
            wrong.append(f"{'open' if is_open else 'closed'}: {row.method} {path} ({address.name})")

    assert not wrong, "\n".join(wrong)


def answers(world: World, person: str, method: str, path: str) -> bool:
    """Whether somebody gets through; what the request changes is taken back."""
    browser = world.browsers[person]
    browser.raise_request_exception = False
    cookies = browser.cookies.copy()
    with transaction.atomic():
        response = getattr(browser, method)(path)
        transaction.set_rollback(True)
    browser.cookies = cookies
    assert response.status_code != 405, f"{method} {path}"
    assert response.status_code < 500 or path in MAY_FAIL, path
    return is_open(response)


def is_open(response: HttpResponse) -> bool:
    target = response.headers.get("Location", "")
    is_led_away = target == REFUSED or target.startswith(LOGINS)
    return response.status_code not in (403, 404) and not is_led_away
