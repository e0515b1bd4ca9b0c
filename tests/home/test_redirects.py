"""Addresses that pages have left lead to the pages, and never round in a circle."""

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from tests.factories.catalog import a_category, a_group

pytestmark = pytest.mark.django_db


def move(page, target) -> None:
    Page.objects.get(pk=page.pk).specific.move(Page.objects.get(pk=target.pk), pos="last-child")


@pytest.fixture
def rename(django_capture_on_commit_callbacks):
    """Publishes a page under another slug; Wagtail tells of it when the transaction is over."""

    def publish(page, slug: str) -> None:
        renamed = fresh(page)
        renamed.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            renamed.save_revision().publish()

    return publish


def fresh(page):
    return Page.objects.get(pk=page.pk).specific


@pytest.fixture
def two_categories(db):
    return a_category("Cards"), a_category("Gifts")


def test_a_product_that_was_moved_is_found_at_its_old_address(client, two_categories):
    cards, gifts = two_categories
    group = a_group("OW-A", parent=cards)

    move(group, gifts)

    answer = client.get(group.url)
    assert (answer.status_code, answer["Location"]) == (301, fresh(group).url)


def test_one_that_came_back_and_is_unpublished_is_not_found(client, two_categories):
    cards, gifts = two_categories
    group = a_group("OW-A", parent=cards)
    move(group, gifts)
    there = fresh(group).url
    move(group, cards)

    assert client.get(there).status_code == 301
    fresh(group).unpublish()

    assert client.get(group.url).status_code == 404


def test_what_is_below_a_page_that_came_back_is_not_found_either(client, two_categories):
    cards, gifts = two_categories
    group = a_group("OW-A", parent=cards)
    move(cards, gifts)
    move(cards, gifts.get_parent())

    fresh(group).unpublish()

    assert client.get(group.url).status_code == 404


def test_a_slug_that_is_changed_and_changed_back_leads_nowhere(client, two_categories, rename):
    group = a_group("OW-A", parent=two_categories[0])
    rename(group, "other")
    rename(group, group.slug)

    fresh(group).unpublish()

    assert client.get(group.url).status_code == 404


def test_products_that_change_places_do_not_lead_to_each_other(client, two_categories, rename):
    first, second = a_group("OW-A", parent=two_categories[0]), a_group("OW-B", parent=two_categories[0])
    rename(first, "aside")
    rename(second, first.slug)
    rename(first, second.slug)
    for group in (first, second):
        fresh(group).unpublish()

    assert client.get(first.url).status_code == 404
    assert client.get(second.url).status_code == 404


def test_a_circle_that_is_there_already_ends_when_the_page_is_unpublished(client, two_categories):
    group = a_group("OW-A", parent=two_categories[0])
    path = Redirect.normalise_path(group.url)
    Redirect.objects.create(old_path=path, redirect_page=group)

    fresh(group).unpublish()

    assert client.get(group.url).status_code == 404


def test_what_somebody_made_for_the_time_after_a_page_stays(client, two_categories):
    group, other = a_group("OW-A", parent=two_categories[0]), a_group("OW-B", parent=two_categories[0])
    site = Site.objects.get()
    Redirect.objects.create(old_path=Redirect.normalise_path(group.url), site=site, redirect_page=other)

    fresh(group).unpublish()

    assert client.get(group.url)["Location"] == other.url
