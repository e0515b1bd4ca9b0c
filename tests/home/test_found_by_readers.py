"""What browsers, crawlers and feed readers get beside the pages."""

import gzip
import json
import re

import pytest
from django.conf import settings
from django.core import mail
from django.urls import reverse
from wagtail.models import PageViewRestriction

from tests.factories.catalog import a_group, a_picture, a_shop
from tests.factories.home import a_home, a_standard_page, a_story, a_story_index

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_what_is_the_same_for_everybody_is_compressed(client):
    a_home(("paragraph", "<p>" + "Made to be kept. " * 50 + "</p>"))
    plain = client.get("/")

    packed = client.get("/", headers={"Accept-Encoding": "gzip"})

    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert gzip.decompress(packed.content) == plain.content
    assert "Content-Encoding" not in plain.headers


@pytest.mark.parametrize("name", ["cart", "orders", "designs", "account_login"])
def test_what_belongs_to_one_visitor_is_never_compressed(client, name):
    a_home()

    response = client.get(reverse(name), headers={"Accept-Encoding": "gzip"})

    assert len(response.content) > 200
    assert "Content-Encoding" not in response.headers


def test_the_icon_is_found_without_reading_a_page(client):
    response = client.get("/favicon.ico")

    assert response.url == "/static/img/favicon.ico"
    assert (settings.BASE_DIR / "static/img/favicon.ico").exists()


def test_feed_readers_get_the_newest_public_stories(client):
    a_story(title="Older", day=3, introduction="About paper.")
    a_story(title="Newer", day=7)
    a_story(title="Draft", live=False)
    secret = a_story(title="For staff")
    PageViewRestriction.objects.create(page=secret, restriction_type="login")
    a_standard_page(title="Delivery")

    response = client.get("/stories.rss")

    assert response.headers["Content-Type"].startswith("application/rss+xml")
    text = response.content.decode()
    assert re.findall(r"<item><title>([^<]*)", text) == ["Newer", "Older"]
    assert "<description>About paper.</description>" in text
    assert not response.cookies
    assert 'type="application/rss+xml"' in client.get(a_story_index().url).content.decode()


def test_search_engines_learn_the_picture_of_a_story(client):
    story = a_story(title="Paper", picture=a_picture())

    html = client.get(story.url).content.decode()

    scripts = re.findall(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', html, re.DOTALL)
    [article] = [data for data in map(json.loads, scripts) if data["@type"] == "Article"]
    [picture] = article["image"]
    assert re.fullmatch(r"http://\S+/images/\S+\.fill-1200x630\S*\.jpg", picture)


@pytest.mark.parametrize("number", ["abc", "99", "0", "-1", "1.5", ""])
def test_a_page_of_a_list_that_is_not_there_is_not_found(client, number):
    a_group("OW-A", title="Cards")
    a_story()

    for address in (a_shop().url, a_story_index().url, "/search/"):
        assert client.get(address, {"page": number, "q": "cards"}).status_code == 404, address


@pytest.mark.parametrize(
    "query, ending", [("", ""), ("?page=1", ""), ("?page=2", "?page=2"), ("?page=+2", "?page=2")]
)
def test_a_list_names_its_own_address(client, monkeypatch, query, ending):
    index = a_story_index()
    monkeypatch.setattr(type(index), "stories_per_page", 1)
    a_story(title="One")
    a_story(title="Two")

    html = client.get(index.url + query).content.decode()

    assert f'<link rel="canonical" href="http://localhost{index.url}{ending}">' in html


def test_a_page_without_a_list_is_itself_whatever_page_is_asked_for(client):
    a_home()

    html = client.get("/?page=abc").content.decode()

    assert '<link rel="canonical" href="http://localhost/">' in html


def test_mails_of_accounts_are_text_and_html(client):
    a_home()

    client.post(reverse("account_signup"), {"email": "anna@example.com", "password1": "long enough 7"})

    [message] = mail.outbox
    [(html, kind)] = message.alternatives
    link = re.search(r"https?://\S+", message.body)[0]
    assert kind == "text/html"
    assert f'<a href="{link}"' in html
    assert "Orders that you placed with it before then join your account." in html


def test_without_script_a_product_says_that_its_editor_needs_it(client):
    group = a_group("OW-A", personalization=[("customers_canvas", {"making": "pipeline", "pipeline_id": 31})])

    html = client.get(group.url).content.decode()

    [told] = re.findall(r"<noscript>(.*?)</noscript>", html, re.DOTALL)
    assert "an editor that needs JavaScript" in told
