import pytest
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form

from tests.factories.catalog import a_picture

pytestmark = pytest.mark.django_db


def test_an_image_is_described_by_its_description_never_by_its_file_name():
    image = a_picture("A press")
    image.title = "IMG_2041.jpg"

    assert image.default_alt_text == "A press"
    image.description = ""
    assert image.default_alt_text == ""


def test_editors_are_asked_for_a_description():
    form = get_image_form(get_image_model())

    assert form.base_fields["description"].required
    assert "cannot see the picture" in str(form.base_fields["description"].help_text)
