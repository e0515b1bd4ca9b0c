import json
import re
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.models import PageViewRestriction

from home import blocks
from home.blocks.media import player_url
from tests.factories.catalog import a_category, a_group, a_picture
from tests.factories.home import a_home, a_standard_page, a_story, image_value, link_value

pytestmark = pytest.mark.django_db

LIBRARY = blocks.LandingStreamBlock().child_blocks


def render(name: str, value, **context) -> str:
    """A block's HTML, given its JSON value."""
    block = LIBRARY[name]
    request = RequestFactory().get("/")
    return block.render(block.to_python(value), context={"request": request, **context})


@pytest.mark.parametrize("name", LIBRARY)
def test_every_block_explains_itself_to_editors(name):
    meta = LIBRARY[name].meta

    assert meta.icon != "placeholder"
    assert meta.group
    assert meta.description
    assert meta.template.startswith("blocks/")


@pytest.mark.parametrize("name", LIBRARY)
def test_every_block_has_a_preview_in_the_shops_look(editor_client, name):
    a_group("OW-A", picture=a_picture())
    a_story()
    body = type(a_home())._meta.get_field("body").stream_block

    response = editor_client.get("/admin/block-preview/", {"id": body.child_blocks[name].definition_prefix})

    html = response.content.decode()
    assert response.status_code == 200
    assert "css/site.css" in html
    assert "css/blocks.css" in html
    assert re.search(r"<(img|h2|h3|p|summary)\b", html)


def test_a_product_block_shows_cards_in_the_editors_order():
    first, second = a_group("OW-A", title="Mugs"), a_group("OW-B", title="Cards", price="3.50")

    html = render("featured_products", {"title": "Good", "text": "", "products": [second.pk, first.pk]})

    assert re.findall(r'card-title"><a href="[^"]+">(.*?)<', html) == ["Cards", "Mugs"]
    assert "€3.50" in html


def test_pages_that_are_gone_unpublished_or_private_leave_a_product_block():
    deleted, draft, private, shown = (a_group(f"OW-{number}", title=f"G{number}") for number in range(4))
    value = {"title": "", "text": "", "products": [page.pk for page in (deleted, draft, private, shown)]}
    deleted.delete()
    draft.unpublish()
    PageViewRestriction.objects.create(page=private, restriction_type="login")

    html = render("featured_products", value)

    assert re.findall(r'card-title"><a href="[^"]+">(.*?)<', html) == ["G3"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("featured_products", {"title": "Favourites", "text": "", "products": [999]}),
        ("category_grid", {"title": "Favourites", "text": "", "categories": [999]}),
        ("stories", {"title": "Favourites", "text": "", "stories": [999]}),
        ("product_teaser", {"product": 999, "text": "Favourites", "button": "See"}),
        ("call_to_action", {"title": "Favourites", "text": "", "link": {"page": 999, "text": "Go"}}),
        ("image", {"image": {"image": 999}, "caption": "Favourites"}),
        ("video", {"url": "https://example.com/film", "title": "Favourites", "image": {"image": None}}),
    ],
)
def test_a_block_that_has_nothing_left_to_show_stays_away(name, value):
    assert "Favourites" not in render(name, value)


def test_a_product_that_is_shown_twice_costs_no_further_query(django_assert_num_queries):
    group = a_group("OW-A")
    page = a_standard_page(
        ("featured_products", {"title": "", "text": "", "products": [group.pk]}),
        ("product_teaser", {"product": group.pk, "text": "", "button": "See"}),
    )
    cards = page.get_context(RequestFactory().get("/"))["page_cards"]

    with django_assert_num_queries(0):
        for child in page.body:
            child.block.get_context(child.value, parent_context={"page_cards": cards})


def test_a_category_tile_leads_to_its_category():
    category = a_category("Weddings", picture=a_picture())

    html = render("category_grid", {"title": "", "text": "", "categories": [category.pk]})

    assert f'<a href="{category.url}">Weddings</a>' in html
    assert 'loading="lazy"' in html


def test_a_teaser_shows_the_products_summary_unless_the_editor_wrote_something():
    group = a_group("OW-A", summary="Heavy cotton.")

    assert "Heavy cotton." in render("product_teaser", {"product": group.pk, "text": "", "button": "See"})
    assert "Heavy cotton." not in render(
        "product_teaser", {"product": group.pk, "text": "Mine", "button": "See"}
    )


def test_the_hero_picture_is_loaded_at_once_and_later_pictures_when_needed():
    value = {"title": "Made of paper", "text": "", "image": image_value(), "links": []}

    assert 'fetchpriority="high"' in render("hero", value, is_first=True)
    assert 'loading="lazy"' in render("hero", value, is_first=False)


def test_hero_buttons_without_a_published_page_are_left_out():
    page = a_standard_page(title="Delivery")
    links = [link_value(page), link_value(address="/cart/", text="Cart")]
    value = {"title": "Made of paper", "text": "", "image": {"image": None}, "links": links}
    page.unpublish()

    html = render("hero", value)

    assert re.findall(r'<a class="([^"]+)" href="([^"]+)">(.*?)<', html) == [("button", "/cart/", "Cart")]


def test_a_link_is_named_after_its_page_unless_it_has_words():
    page = a_standard_page(title="Delivery")
    block = blocks.LinkBlock()

    assert block.to_python(link_value(page)).text == "Delivery"
    assert block.to_python(link_value(page, text="Post")).text == "Post"
    assert block.to_python(link_value(page)).url == page.url


def test_pictures_have_sizes_and_the_editors_words():
    picture = a_picture("A press", size=(1600, 1200))

    html = render("image", {"image": image_value(picture), "caption": "Sheet one"})

    assert 'alt="A press"' in html
    assert 'width="480"' in html
    assert 'height="360"' in html
    assert "width-1440.format-webp" in html
    assert "<figcaption>Sheet one</figcaption>" in html


def test_a_decorative_picture_is_silent():
    html = render("image", {"image": {**image_value(), "decorative": True}, "caption": ""})

    assert 'alt=""' in html


def test_a_gallery_skips_pictures_that_are_gone():
    html = render("gallery", {"pictures": [image_value(), {"image": 999}], "caption": ""})

    assert html.count("<img") == 1


def test_questions_open_without_script_and_are_told_to_search_engines():
    value = {"title": "Questions", "questions": [{"question": "A <b>?", "answer": "<p>Yes.</p>"}]}

    html = render("faq", value)
    data = json.loads(re.search(r"ld\+json\">(.*?)</script>", html)[1])

    assert "<summary>A &lt;b&gt;?</summary>" in html
    assert data["mainEntity"][0]["name"] == "A <b>?"
    assert "<b>" not in html


def test_a_film_is_loaded_only_from_hosts_that_do_not_track_before_it_plays():
    html = render(
        "video", {"url": "https://youtu.be/abcDEF12345", "title": "Press", "image": {"image": None}}
    )

    assert "<details" in html
    assert 'src="https://www.youtube-nocookie.com/embed/abcDEF12345?rel=0"' in html
    assert 'loading="lazy"' in html


@pytest.mark.parametrize(
    ("url", "player"),
    [
        (
            "https://www.youtube.com/watch?v=abcDEF12345&t=9",
            "www.youtube-nocookie.com/embed/abcDEF12345?rel=0",
        ),
        ("https://m.youtube.com/shorts/abcDEF12345", "www.youtube-nocookie.com/embed/abcDEF12345?rel=0"),
        ("https://vimeo.com/76979871", "player.vimeo.com/video/76979871?dnt=1"),
        ("https://player.vimeo.com/video/76979871", "player.vimeo.com/video/76979871?dnt=1"),
    ],
)
def test_addresses_of_films_are_understood(url, player):
    assert player_url(url) == f"https://{player}"


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/watch?v=abcDEF12345",
        "https://youtube.com.example.com/watch?v=abcDEF12345",
        "https://www.youtube.com/watch?v=%22%3E%3Cscript%3E",
        "https://www.youtube.com/@oakwren",
        "https://vimeo.com/channels/staffpicks",
    ],
)
def test_other_addresses_are_not_films(url):
    assert player_url(url) == ""


def test_an_address_that_is_no_film_is_refused_with_the_fix():
    block = blocks.VideoBlock()
    value = block.to_python({"url": "https://example.com/", "title": "Press", "image": {"image": None}})

    with pytest.raises(StructBlockValidationError) as error:
        block.clean(value)

    assert (
        error.value.block_errors["url"].message
        == "Paste the address of one film on youtube.com or vimeo.com."
    )


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"page": True, "address": "https://example.com"}, "address"),
        ({"address": "javascript:alert(1)", "text": "Go"}, "address"),
        ({"address": "example.com", "text": "Go"}, "address"),
        ({"address": "/cart/"}, "text"),
        ({}, "page"),
    ],
)
def test_a_link_that_leads_nowhere_or_to_two_places_is_refused(fields, wrong):
    page = a_standard_page() if fields.pop("page", False) else None
    block = blocks.LinkBlock()

    with pytest.raises(StructBlockValidationError) as error:
        block.clean(block.to_python(link_value(page, **fields)))

    assert list(error.value.block_errors) == [wrong]
    assert isinstance(error.value.block_errors[wrong], ValidationError)


def test_an_optional_link_may_be_empty():
    block = LIBRARY["banner"].child_blocks["link"]

    assert block.clean(block.to_python(link_value())).url == ""


@pytest.mark.parametrize("name", ["featured_products", "category_grid", "stories", "product_teaser"])
@pytest.mark.parametrize("title", ["", "Favourites"])
def test_no_heading_level_is_left_out_where_a_block_comes_first(client, headings, name, title):
    group = a_group("OW-A")
    values = {
        "featured_products": {"title": title, "text": "", "products": [group.pk]},
        "category_grid": {"title": title, "text": "", "categories": [group.get_parent().pk]},
        "stories": {"title": title, "text": "", "stories": [a_story().pk]},
        "product_teaser": {"product": group.pk, "text": title, "button": "See"},
    }

    html = client.get(a_standard_page((name, values[name])).url).content.decode()

    levels = [level for level, _text in headings(html.split("<main")[1].split("</main")[0])]
    assert levels[:2] == [1, 2]
    assert all(after <= before + 1 for before, after in pairwise(levels))
