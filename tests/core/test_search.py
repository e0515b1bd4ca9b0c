"""Whatever somebody types into a search box of the admin is answered with results for its words."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from home.models import SiteImage
from tests.factories.catalog import a_group, a_picture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index")]


@pytest.fixture
def editor(client):
    user = get_user_model().objects.create_superuser("nora", "nora@oakwren.example", "secret")
    client.force_login(user)
    return client


def boxes() -> list[str]:
    """The addresses of every search box that asks the index."""
    return [
        reverse("products:index"),
        reverse("products:index_results"),
        reverse("wagtailimages:index"),
        reverse("wagtailimages:index_results"),
        reverse("wagtailimages_chooser:choose_results"),
        reverse("wagtaildocs:index_results"),
        reverse("wagtaildocs_chooser:choose_results"),
        reverse("wagtailadmin_choose_page_search"),
        reverse("wagtailadmin_pages:search_results"),
        reverse("wagtailadmin_explore_results", args=[a_group("OW-A").get_parent().pk]),
    ]


ODD = ['8"', '"card', '"', '""', '"card" "', "'", "\\", "100 %", "a:b*("]
LONG = ["card " * 3000, '"card" ' * 3000]


def test_no_box_falls_over_what_is_typed(editor):
    a_picture()

    asked = [(address, typed) for address in boxes() for typed in (*ODD, *LONG)]
    fallen = [
        (address, typed[:10])
        for address, typed in asked
        if editor.get(address, {"q": typed}).status_code != 200
    ]
    assert fallen == []


def test_the_words_are_found_all_the_same(editor):
    a_group("OW-A", title="Classic cards")

    for typed in ("cards", '"cards', 'cards"', 'classic cards"'):
        page = editor.get(reverse("products:index_results"), {"q": typed}).content.decode()
        assert "Classic cards" in page, typed


def test_a_phrase_of_the_page_search_is_still_a_phrase(editor):
    a_group("OW-A", title="Classic business cards")
    found = editor.get(reverse("wagtailadmin_pages:search_results"), {"q": '"business cards"'})
    not_found = editor.get(reverse("wagtailadmin_pages:search_results"), {"q": '"cards business"'})

    assert "Classic business cards" in found.content.decode()
    assert "Classic business cards" not in not_found.content.decode()


def test_pictures_are_found_too():
    a_picture("Oak table")

    assert SiteImage.objects.search('oak"').count() == 1
