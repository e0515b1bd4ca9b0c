"""From an address to a page: in one query, and as Wagtail promises to whoever adds a page type."""

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from home.models import StandardPage
from tests.extension.models import CalendarPage, WorkshopsPage
from tests.factories.home import a_standard_page, a_story, a_story_index

pytestmark = pytest.mark.django_db


@pytest.fixture
def calendar():
    return a_story_index().add_child(instance=CalendarPage(title="Calendar", slug="calendar"))


def test_a_page_with_routes_of_its_own_gets_the_rest_of_the_path(client, calendar):
    assert client.get("/stories/calendar/").content == b"all days"
    assert client.get("/stories/calendar/2026/5/").content == b"month 5 of 2026"


def test_a_path_that_none_of_its_routes_takes_is_not_found(client, calendar):
    assert client.get("/stories/calendar/2026/").status_code == 404
    assert client.get("/stories/calendar/2026/5/6/").status_code == 404


def test_its_routes_come_before_pages_below_it_and_leave_them_what_they_do_not_take(client, calendar):
    year = calendar.add_child(instance=a_page_like("2026"))
    year.add_child(instance=a_page_like("5"))
    calendar.add_child(instance=a_page_like("about"))

    assert client.get("/stories/calendar/2026/5/").content == b"month 5 of 2026"
    assert b"<h1>about</h1>" in client.get("/stories/calendar/about/").content.replace(b"\n", b"")


def test_routes_are_kept_by_caches_as_pages_are(client):
    a_story_index().add_child(instance=WorkshopsPage(title="Workshops", slug="workshops"))

    assert client.get("/stories/workshops/free/")["Cache-Control"] == "public, max-age=60"
    assert client.get("/stories/workshops/mine/")["Cache-Control"] == "no-store"
    client.cookies[settings.SESSION_COOKIE_NAME] = "somebody"
    assert client.get("/stories/workshops/free/")["Cache-Control"] == "private, no-cache"


def a_page_like(slug):
    return StandardPage(title=slug, slug=slug)


def test_a_page_that_is_not_there_is_not_found_at_any_depth(client):
    a_story(title="Paper")
    for address in ("/nothing/", "/stories/nothing/", "/stories/nothing/at/all/"):
        assert client.get(address).status_code == 404


def test_an_unpublished_page_is_not_found(client):
    page = a_standard_page(title="Delivery")
    page.unpublish()
    assert client.get(page.url).status_code == 404


def test_a_deep_page_is_found_in_as_many_queries_as_a_flat_one(client, django_assert_max_num_queries):
    flat = a_standard_page(title="Delivery")
    deep = flat
    for n in range(3):
        deep = deep.add_child(instance=a_page_like(f"level-{n}"))
    client.get(flat.url)

    assert queries_of(client, deep.url) <= queries_of(client, flat.url)


def queries_of(client, address):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
