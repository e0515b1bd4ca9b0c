"""A picture with fewer pixels than its place shows is taken, and the editor says so beside it."""

import pytest
from django.urls import reverse

from catalog.models import ProductPicture
from home.models import StandardPage
from tests.factories.catalog import a_category, a_group, a_picture, a_shop

pytestmark = pytest.mark.django_db

SMALL = (120, 90)


def warnings(editor, page) -> list[str]:
    html = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    return [part.split("pixels.")[0].strip() for part in html.split("This picture has ")[1:]]


def test_a_products_main_picture(editor):
    group = a_group("OW-A", picture=a_picture(size=SMALL))

    assert warnings(editor, group) == [
        "120 × 90 pixels, and is shown larger: it will look blurred. Choose one of at least 1200 × 900"
    ]


def test_one_that_is_too_low(editor):
    assert len(warnings(editor, a_group("OW-A", picture=a_picture(size=(1600, 800))))) == 1


def test_nothing_is_said_of_one_that_is_large_enough_or_of_none(editor):
    assert warnings(editor, a_group("OW-A", picture=a_picture(size=(1200, 900)))) == []
    assert warnings(editor, a_group("OW-B")) == []


def test_pictures_of_the_gallery_and_of_variants(editor):
    group = a_group("OW-A")
    group.gallery = [ProductPicture(image=a_picture(size=SMALL))]
    group.variants = list(group.variants.all())
    group.variants.all()[0].image = a_picture(size=SMALL)
    group.save_revision()

    assert len(warnings(editor, group)) == 2


def test_other_pages(editor):
    small = a_picture(size=SMALL)
    category = a_category("Cards", picture=small, social_image=small)
    standard = a_shop().get_parent().add_child(instance=StandardPage(title="About", picture=small))

    assert len(warnings(editor, category)) == 2
    assert "1280 × 720" in warnings(editor, standard)[0]
