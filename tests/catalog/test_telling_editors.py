"""What an editor of products reads in the admin, in words and once."""

import re

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from catalog.mapping.publication_warnings import _warning
from catalog.mapping.selectors.mapping_check import Finding, Found, ProductCheck
from catalog.models import ProductGroupPage
from tests.factories.catalog import a_group, a_picture

pytestmark = pytest.mark.django_db


def test_a_comparison_shows_options_as_they_are_typed(editor):
    group = a_group("OW-A")
    revisions = []
    for options in ([["Paper", "Matt"]], [["Paper", "Laid 100 g"]]):
        draft = ProductGroupPage.objects.get(pk=group.pk).get_latest_revision_as_object()
        variant = draft.variants.get()
        variant.options = options
        draft.variants = [variant]
        revisions.append(draft.save_revision().pk)

    html = editor.get(reverse("wagtailadmin_pages:revisions_compare", args=[group.pk, *revisions])).content

    assert "Laid 100 g" in html.decode()
    assert "[[&#x27;Paper" not in html.decode()


def test_whoever_copies_a_product_is_told_that_its_variants_stay_behind(editor):
    group = a_group("OW-A", title="Cards")
    data = {
        "new_title": "More cards",
        "new_slug": "more-cards",
        "new_parent_page": group.get_parent().pk,
    }

    response = editor.post(reverse("wagtailadmin_pages:copy", args=[group.pk]), data)

    said = [str(message) for message in get_messages(response.wsgi_request)]
    assert any("“More cards” has no variants yet" in text for text in said)


def test_skus_that_lack_the_same_share_one_sentence():
    kind = next(kind for kind in Finding if kind != Finding.NOT_CONNECTED)
    missing = tuple(Found(kind, sku=f"OW-{n}", shopper_sees="Shoppers see nothing.") for n in range(24))
    check = ProductCheck(reference="pg-1", product_id=None, connected=True, general=missing)

    text = _warning(ProductGroupPage(title="Cards"), check)

    assert text.count("<li>") == 1
    assert f"OW-0, OW-1, OW-2, OW-3, OW-4 and 19 more: {kind.label}." in text


def test_a_product_is_called_a_product_wherever_editors_read_of_it(editor):
    group = a_group("OW-A")

    for address in (
        reverse("products:index"),
        reverse("wagtailadmin_pages:add_subpage", args=[group.get_parent().pk]),
        reverse("wagtailadmin_pages:edit", args=[group.pk]),
        reverse("wagtailadmin_pages:delete", args=[group.pk]),
    ):
        assert "product group" not in editor.get(address).content.decode().lower(), address


def test_a_picture_is_called_an_image_as_in_the_menu(editor):
    address = reverse("wagtailimages:delete", args=[a_picture().pk])

    assert "This image is referenced 0 times" in editor.get(address).content.decode()


def test_buttons_that_add_a_row_are_written_alike(editor):
    html = editor.get(reverse("wagtailadmin_pages:edit", args=[a_group("OW-A").pk])).content.decode()

    buttons = {text.strip() for text in re.findall(r"</svg>\s*(Add [^<]+?)\s*</button>", html)}
    assert {"Add variant", "Add discount", "Add picture"} <= buttons
    assert all(text == text.capitalize() for text in buttons)
