"""Pictures in blocks that are too small for them: the editor is told after saving, and nothing is refused."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from home.small_pictures import small_pictures
from tests.factories.catalog import a_picture
from tests.factories.home import a_standard_page, image_value

pytestmark = pytest.mark.django_db

SMALL, LARGE = (120, 90), (1600, 1200)
HERO = {"title": "Made of paper", "text": "", "image": {"image": None}, "links": []}


def found(*blocks) -> list[str]:
    page = a_standard_page(*blocks)
    return [f"{child.block_type} {picture.title}" for child, picture in small_pictures(page)]


def test_pictures_are_found_in_every_block_that_shows_them():
    small, large = image_value(a_picture("Small", size=SMALL)), image_value(a_picture("Large", size=LARGE))

    assert found(
        ("image", {"image": small, "caption": ""}),
        ("image", {"image": large, "caption": ""}),
        ("gallery", {"pictures": [large, small], "caption": ""}),
        ("video", {"url": "https://vimeo.com/76979871", "title": "A film", "image": small}),
        ("hero", {**HERO, "image": small}),
        ("hero", HERO),
    ) == ["image Small", "gallery Small", "video Small", "hero Small"]


def save(client, page, picture, **options):
    block = {"image": image_value(picture), "caption": ""}
    data = nested_form_data({"title": page.title, "slug": page.slug, "body": streamfield([("image", block)])})
    data |= {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data, **options)


def test_whoever_saves_is_told(editor_client):
    response = save(editor_client, a_standard_page(), a_picture("Small", size=SMALL))

    said = " ".join(str(message) for message in get_messages(response.wsgi_request))
    assert response.status_code == 302
    assert "Picture: “Small” has 120 × 90 pixels, and needs at least 960 × 540." in said


def test_an_autosave_leaves_it_to_the_next_save(editor_client):
    page, picture = a_standard_page(), a_picture("Small", size=SMALL)

    response = save(editor_client, page, picture, headers={"accept": "application/json"})

    assert response.json()["success"]
    assert not list(get_messages(response.wsgi_request))
