import pytest
from django.urls import reverse
from wagtail.models import PageViewRestriction

from home.selectors import search
from tests.factories.catalog import a_category, a_group, a_picture
from tests.factories.home import a_home, a_menu, a_standard_page, a_story, link_value

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index")]


@pytest.fixture
def titles(client):
    """The titles that a search finds, best first."""

    def find(query: str, page: int = 1) -> list[str]:
        response = client.get(reverse("search"), {"q": query, "page": page})
        assert response.status_code == 200
        return [card.title for card in response.context["found"].cards]

    return find


def test_a_product_is_found_by_its_sku_and_by_parts_of_it(titles):
    a_group("OW-BC-MATT", "OW-BC-COTTON", title="Business cards")
    a_group("OW-MG-WHITE", title="Mugs")

    for query in ("OW-BC-MATT", "ow-bc-matt", "BC-MATT", "bc", "OW-BC-M"):
        assert titles(query) == ["Business cards"], query


def test_pages_of_every_type_are_found_by_their_words(titles):
    a_group("OW-A", title="Invitations", summary="For a garden wedding")
    a_category(title="Weddings and a wedding list")
    a_story(("paragraph", "<p>What to send before a wedding.</p>"), title="A timeline")
    a_standard_page(introduction="Any wedding order is sent first.", title="Delivery")
    a_standard_page(title="Something else")

    assert set(titles("wedding")) == {"Invitations", "Weddings and a wedding list", "A timeline", "Delivery"}


def test_whole_words_come_before_beginnings_of_words(titles):
    a_standard_page(title="Cardboard")
    a_standard_page(title="Card")

    assert titles("card") == ["Card", "Cardboard"]


def test_drafts_and_private_pages_are_not_found(titles):
    a_standard_page(title="Secret draft", live=False)
    PageViewRestriction.objects.create(page=a_standard_page(title="Secret list"), restriction_type="login")
    a_standard_page(title="Secret ingredients of paper")

    assert titles("secret") == ["Secret ingredients of paper"]


def test_words_that_match_nothing_are_answered_calmly(titles):
    a_standard_page(title="Delivery")

    for query in ("zebra", "'", "a'b & c | !d", "x*", "NEAR(a b)", "é", "%", "\\", ":*"):
        assert titles(query) == [], query


def test_nothing_found_says_what_to_try_and_where_to_go(client):
    a_menu(link_value(a_category(title="Cards")))

    html = client.get(reverse("search"), {"q": "<zebra>"}).content.decode()

    assert "We found nothing for “&lt;zebra&gt;”." in html
    assert "Try fewer letters" in html
    assert '<a class="button" href="/shop/' in html


def test_an_empty_search_asks_for_words_and_counts_nothing(client, django_assert_num_queries):
    a_home()
    client.get(reverse("search"))

    with django_assert_num_queries(0):
        html = client.get(reverse("search"), {"q": "  "}).content.decode()

    assert "Type a word" in html
    assert "results for" not in html


def test_results_go_on_to_further_pages_and_keep_the_words(client, titles, monkeypatch):
    monkeypatch.setattr(search, "RESULTS_PER_PAGE", 2)
    for number in range(3):
        a_standard_page(title=f"Envelope {number}")
    a_standard_page(title="Envelopes of any size")

    first, second = titles("envelope"), titles("envelope", page=2)
    html = client.get(reverse("search"), {"q": "envelope"}).content.decode()

    assert len(first) == len(second) == 2
    assert sorted(first + second) == ["Envelope 0", "Envelope 1", "Envelope 2", "Envelopes of any size"]
    assert 'href="?q=envelope&amp;page=2" rel="next"' in html
    assert "4 results for “envelope”" in html


def test_only_so_many_matches_are_ranked(client, monkeypatch):
    monkeypatch.setattr(search, "MAX_RANKED", 3)
    for number in range(5):
        a_standard_page(title=f"Envelope {number}")

    response = client.get(reverse("search"), {"q": "envelope"})

    assert response.context["found"].count == 3
    assert "More than 3 results" in response.content.decode()


def test_search_is_read_only_and_needs_no_more_queries_for_more_results(
    client, django_assert_max_num_queries
):
    def queries() -> list[str]:
        client.get(reverse("search"), {"q": "wedding"})
        with django_assert_max_num_queries(100) as captured:
            client.get(reverse("search"), {"q": "wedding"})
        return [query["sql"] for query in captured]

    a_group("OW-0", title="Wedding cards", picture=a_picture())
    a_category(title="Wedding", picture=a_picture())
    a_story(title="Wedding", picture=a_picture())
    with_few = queries()
    for number in range(1, 9):
        a_group(f"OW-{number}", title="Wedding cards", picture=a_picture())
    with_many = queries()

    assert len(with_few) == len(with_many) <= 8
    assert all(sql.lstrip("( ").upper().startswith("SELECT") for sql in with_many)


def test_search_pages_are_not_for_search_engines(client):
    a_home()

    response = client.get(reverse("search"), {"q": "card"})

    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert response.headers["Cache-Control"] == "public, max-age=60"
    assert not response.cookies


def test_very_long_words_are_cut(client):
    a_home()

    found = client.get(reverse("search"), {"q": "x" * 5000}).context["found"]

    assert len(found.query) == 100


# What shoppers typed and did not find, or found last: on both databases


FOUND = {
    "ribbons": ["Cotton ribbon"],
    "ribbon": ["Cotton ribbon"],
    "bags": ["Canvas tote bag"],
    "mug": ["Stoneware mugs"],
    "wedding invite": ["Garden wedding invitations"],
    "invitation for a wedding": ["Garden wedding invitations"],
    "cafe": ["Café menus"],
    "Cafés": ["Café menus"],
    "owcrsand50": ["Cotton ribbon"],
    "crsand50": ["Cotton ribbon"],
    "owcrsa": ["Cotton ribbon"],
    "OW CR SAND 50": ["Cotton ribbon"],
    "the": [],
}


def test_singular_and_plural_several_words_and_skus_without_hyphens(titles):
    a_group("OW-CR-SAND-50", title="Cotton ribbon")
    a_group("OW-TB", title="Canvas tote bag")
    a_group("OW-MG", title="Stoneware mugs")
    a_group("OW-WI", title="Garden wedding invitations")
    a_group("OW-CM", title="Café menus")

    assert {query: titles(query) for query in FOUND} == FOUND


def test_the_title_comes_before_the_text_and_products_before_stories(titles):
    a_story(("paragraph", "<p>" + "Business cards, a business card. " * 9 + "</p>"), title="Small budget")
    a_story(title="Business cards that work")
    a_group("OW-LH", title="Letterheads", summary="They go with your business card, business card and cards.")
    a_category(title="Business cards")
    a_group("OW-BC", title="Classic business cards")

    found = titles("business card")

    assert set(found[:2]) == {"Business cards", "Classic business cards"}
    assert found[2:] == ["Business cards that work", "Letterheads", "Small budget"]


def test_a_word_of_the_title_counts_more_than_none(titles):
    a_group("OW-GB", title="Gift boxes", summary="Room for a candle, two candles or a whole candle set.")
    a_group("OW-SC", title="Soy wax candles")

    assert titles("candle") == ["Soy wax candles", "Gift boxes"]
    assert titles("candle set") == ["Gift boxes"]
