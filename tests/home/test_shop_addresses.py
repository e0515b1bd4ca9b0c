"""No page gets an address at which the shop answers itself: nobody could ever see it."""

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from home.models import StandardPage
from home.shop_addresses import is_the_shops
from tests.factories.catalog import a_shop

pytestmark = pytest.mark.django_db

REFUSAL = "The shop itself uses this address. Choose another slug."


@pytest.fixture
def home(db) -> Page:
    return a_shop().get_parent().specific


def a_page_below(parent, slug="deep") -> StandardPage:
    return parent.add_child(instance=StandardPage(title="Designs", slug=slug))


SHOPS_OWN = "cart checkout orders designs personalize search healthz admin accounts documents personalization"


@pytest.mark.parametrize("slug", [*SHOPS_OWN.split(), "media", "static", "_util"])
def test_first_parts_of_the_shops_own_addresses_are_its_own_right_below_the_front_page(home, slug):
    assert is_the_shops(slug, home)
    assert not is_the_shops(slug, a_shop())


def test_other_slugs_are_free(home):
    for slug in ("about", "cards", "cart-tips", "sitemap", "design"):
        assert not is_the_shops(slug, home)


@pytest.mark.parametrize("publish", [True, False])
def test_the_form_refuses_it_beside_the_slug(editor_client, home, publish):
    data = nested_form_data(
        {"title": "Designs", "slug": "designs", "body": streamfield([]), "comments": {"TOTAL_FORMS": 0}}
    )
    data |= {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    data |= {"action-publish": "1"} if publish else {}

    response = editor_client.post(
        reverse("wagtailadmin_pages:add", args=["home", "standardpage", home.pk]), data
    )

    assert response.context["form"].errors["slug"] == [REFUSAL]
    assert not StandardPage.objects.exists()


def test_code_cannot_save_it_either(home):
    with pytest.raises(ValidationError, match="The shop itself uses this address"):
        a_page_below(home, slug="designs")


def test_an_automatic_slug_is_another_one(home):
    page = home.add_child(instance=StandardPage(title="Designs"))

    assert page.slug == "designs-page"


def test_a_copy_is_refused_beside_the_slug(editor_client, home):
    page = a_page_below(home)
    data = {"new_title": "Designs", "new_slug": "designs", "new_parent_page": home.pk}

    response = editor_client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), data)

    assert response.context["form"].errors["new_slug"] == [REFUSAL]
    assert StandardPage.objects.count() == 1


def test_a_move_is_refused_with_the_pages_name(editor_client, home):
    page = a_page_below(a_page_below(home), slug="designs")

    response = editor_client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, home.pk]))

    assert "the shop itself uses that address there" in str(*get_messages(response.wsgi_request))
    assert Page.objects.get(pk=page.pk).depth == home.depth + 2


def test_a_move_of_several_is_refused_as_a_whole(editor_client, home):
    parent = a_page_below(home)
    pages = [a_page_below(parent, slug=slug) for slug in ("fine", "designs")]
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    ids = "&".join(f"id={page.pk}" for page in pages)

    response = editor_client.post(f"{address}?{ids}", {"chooser": home.pk})

    assert "“Designs” has the slug “designs”" in str(*get_messages(response.wsgi_request))
    assert all(Page.objects.get(pk=page.pk).depth == home.depth + 2 for page in pages)
