import json
import re
from decimal import Decimal

import pytest
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from catalog.models import CatalogPage
from home.models import HomePage, StandardPage, StoryIndexPage, StoryPage
from tests.factories.catalog import a_category, a_group, a_picture
from tests.factories.home import (
    a_brand,
    a_home,
    a_menu,
    a_standard_page,
    a_story,
    a_story_index,
    image_value,
    link_value,
)

pytestmark = pytest.mark.django_db

HERO = {"title": "Made of paper", "text": "", "image": {"image": None}, "links": []}


def linked_data(html: str) -> list[dict]:
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    return [json.loads(text) for text in scripts]


def test_each_page_type_stands_only_where_it_belongs():
    assert HomePage.allowed_subpage_models() == [CatalogPage, StandardPage, StoryIndexPage]
    assert StandardPage.allowed_parent_page_models() == [HomePage, StandardPage]
    assert StoryIndexPage.allowed_parent_page_models() == [HomePage]
    assert StoryIndexPage.allowed_subpage_models() == [StoryPage]
    assert StoryPage.allowed_parent_page_models() == [StoryIndexPage]
    assert StoryPage.allowed_subpage_models() == []


def test_there_is_one_front_page_and_one_story_index():
    home = a_home()
    a_story_index()

    assert not HomePage.can_create_at(Page.objects.get(depth=1))
    assert not StoryIndexPage.can_create_at(home)
    assert StandardPage.can_create_at(home)


@pytest.mark.parametrize("page_type", [HomePage, StandardPage, StoryIndexPage, StoryPage])
def test_the_editor_has_the_three_tabs(page_type):
    tabs = page_type.get_edit_handler().children

    assert [str(tab.heading) for tab in tabs] == ["Content", "Promote", "Settings"]
    assert page_type.page_description


def test_the_first_hero_is_the_headline_of_the_front_page(client, headings):
    a_home(("hero", HERO), ("hero", {**HERO, "title": "A second one"}))

    html = client.get("/").content.decode()

    assert headings(html)[:2] == [(1, "Made of paper"), (2, "A second one")]


@pytest.mark.parametrize("blocks", [(), (("heading", "First a heading"), ("hero", HERO))])
def test_without_a_hero_on_top_the_title_is_the_headline(client, headings, blocks):
    a_home(*blocks)

    html = client.get("/").content.decode()

    assert [text for level, text in headings(html) if level == 1] == ["Oakwren"]


@pytest.mark.parametrize("make", [a_standard_page, a_story, a_story_index, a_home])
def test_a_page_has_one_main_and_one_h1(client, make):
    html = client.get(make().url).content.decode()

    assert html.count("<main") == 1
    assert len(re.findall(r"<h1\b", html)) == 1


@pytest.mark.parametrize("make", [a_standard_page, a_story, a_story_index, a_home])
def test_a_page_is_the_same_for_every_visitor_and_may_be_kept_by_caches(make):
    url = make().url
    first, second = Client().get(url), Client(headers={"cookie": "visitor=somebody; other=1"}).get(url)

    assert first.content == second.content
    assert not first.cookies
    assert "Cookie" not in first.headers.get("Vary", "")
    assert first.headers["Cache-Control"] == "public, max-age=60"


def test_what_an_editor_sees_is_kept_from_shared_caches(editor_client):
    response = editor_client.get(a_standard_page().url)

    assert "private" in response.headers["Cache-Control"]
    assert b"wagtail-userbar" in response.content


def test_a_page_says_what_it_is_to_search_engines_and_to_those_who_share_it(client):
    page = a_standard_page(title="Delivery", introduction="When your parcel arrives.", picture=a_picture())

    html = client.get(page.url).content.decode()

    assert "<title>Delivery · Oakwren</title>" in html
    assert '<meta name="description" content="When your parcel arrives.">' in html
    assert f'<link rel="canonical" href="{page.full_url}">' in html
    assert '<meta property="og:title" content="Delivery">' in html
    assert re.search(r'og:image" content="http://[^/]+/media/images/[^"]+\.fill-1200x630', html)


def test_the_title_and_description_for_search_engines_win(client):
    page = a_standard_page(introduction="Shown.", seo_title="Found", search_description="Described.")

    html = client.get(page.url).content.decode()

    assert "<title>Found</title>" in html
    assert '<meta name="description" content="Described.">' in html


def test_a_page_without_a_picture_is_shared_with_the_brands(client):
    a_brand(social_image=a_picture())

    html = client.get(a_standard_page().url).content.decode()

    assert re.search(r'og:image" content="http://[^/]+/media/images/[^"]+\.fill-1200x630', html)


def test_the_front_page_names_the_shop_to_search_engines(client):
    a_home()
    a_brand(name="Oakwren & Sons", contact_email="hello@oakwren.example")

    html = client.get("/").content.decode()
    organization, website = linked_data(html)

    assert (organization["name"], organization["email"]) == ("Oakwren & Sons", "hello@oakwren.example")
    assert website["@type"] == "WebSite"
    assert "Sons</script" not in html


def test_a_story_names_its_author_and_day_to_readers_and_search_engines(client):
    story = a_story(author="Nora Fennell", day=3, introduction="In plain words.")

    html = client.get(story.url).content.decode()
    [article] = linked_data(html)

    assert "By Nora Fennell" in html
    assert '<time datetime="2026-05-03">3 May 2026</time>' in html
    assert article["author"] == {"@type": "Person", "name": "Nora Fennell"}
    assert article["datePublished"] == "2026-05-03"


def test_a_story_shows_its_related_products_that_are_on_sale(client):
    shown, hidden = a_group("OW-A", title="Letterheads", price="12.50"), a_group("OW-B", title="Envelopes")
    related = json.dumps([{"type": "product", "value": page.pk} for page in (hidden, shown)])
    story = a_story(related_products=related)
    hidden.unpublish()

    cards = client.get(story.url).context["related_cards"]

    assert [(card.title, card.price_from) for card in cards] == [("Letterheads", Decimal("12.5"))]


def test_the_index_lists_published_public_stories_newest_first(client):
    a_story(title="Old", day=1)
    a_story(title="New", day=9)
    a_story(title="Draft", day=5, live=False)
    PageViewRestriction.objects.create(page=a_story(title="For staff", day=7), restriction_type="login")

    response = client.get(a_story_index().url)

    assert [(card.title, card.kicker) for card in response.context["cards"]] == [
        ("New", "9 May 2026"),
        ("Old", "1 May 2026"),
    ]


def test_the_index_goes_on_to_further_pages(client, monkeypatch):
    monkeypatch.setattr(StoryIndexPage, "stories_per_page", 2)
    for day in range(1, 4):
        a_story(title=f"Story {day}", day=day)
    url = a_story_index().url

    first, second = client.get(url), client.get(f"{url}?page=2")

    assert [card.title for card in first.context["cards"]] == ["Story 3", "Story 2"]
    assert 'href="?page=2" rel="next"' in first.content.decode()
    assert [card.title for card in second.context["cards"]] == ["Story 1"]
    assert '?page=2">' in second.content.decode()


def test_the_pager_stays_short_however_many_pages_there_are(client, monkeypatch):
    monkeypatch.setattr(StoryIndexPage, "stories_per_page", 1)
    for day in range(1, 21):
        a_story(day=day)

    html = client.get(a_story_index().url + "?page=10").content.decode()
    pager = html[html.index('class="pager"') :].split("</nav>")[0]

    assert re.findall(r">(\d+|…)<", pager) == ["1", "…", "9", "10", "11", "…", "20"]


def test_an_empty_index_says_so(client):
    assert "The first story is being written" in client.get(a_story_index().url).content.decode()


def test_a_full_front_page_takes_at_most_12_queries(query_count):
    groups = [a_group(f"OW-{number}", picture=a_picture()) for number in range(4)]
    category, story = a_category(picture=a_picture()), a_story(picture=a_picture())
    links = [link_value(category, text="Cards"), link_value(story, text="Read")]
    a_menu(link_value(category))
    a_home(
        ("hero", {**HERO, "image": image_value(), "links": links}),
        ("category_grid", {"title": "", "text": "", "categories": [category.pk]}),
        ("featured_products", {"title": "", "text": "", "products": [group.pk for group in groups]}),
        ("product_teaser", {"product": groups[0].pk, "text": "", "button": "See"}),
        ("call_to_action", {"title": "Design", "text": "", "link": link_value(category)}),
        ("stories", {"title": "", "text": "", "stories": [story.pk]}),
    )

    assert query_count("/") <= 12


def test_the_front_page_takes_no_more_queries_for_more_products(query_count):
    groups = [a_group(f"OW-{number}", picture=a_picture()) for number in range(8)]

    def queries(count: int) -> int:
        chosen = [group.pk for group in groups[:count]]
        a_home(("featured_products", {"title": "", "text": "", "products": chosen}))
        return query_count("/")

    assert queries(1) == queries(8)


def test_a_story_takes_at_most_10_queries(query_count):
    groups = [a_group(f"OW-{number}", picture=a_picture()) for number in range(2)]
    story = a_story(
        ("paragraph", "<p>Paper.</p>"),
        ("image", {"image": image_value(), "caption": ""}),
        ("product_teaser", {"product": groups[0].pk, "text": "", "button": "See"}),
        picture=a_picture(),
        related_products=json.dumps([{"type": "product", "value": group.pk} for group in groups]),
    )

    assert query_count(story.url) <= 10


def test_the_index_takes_no_more_queries_for_more_stories(query_count):
    a_story(picture=a_picture())
    url = a_story_index().url
    with_one = query_count(url)
    for day in range(2, 13):
        a_story(day=day, picture=a_picture())

    assert query_count(url) == with_one
    assert with_one <= 10


def test_a_card_does_not_say_its_title_twice():
    named, described = a_standard_page(title="Cards"), a_standard_page(title="Mugs")
    named.picture, described.picture = a_picture("Cards"), a_picture("A mug on a table")

    assert (named.card().image_alt, described.card().image_alt) == ("", "A mug on a table")
