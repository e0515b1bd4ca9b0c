"""Control characters are refused, in words, where people type."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from catalog.fields import parse_options, validate_options
from catalog.forms.stock import NewStockForm
from catalog.models import ProductGroupPage
from commerce.desk.forms import CancelForm, NoteForm, ReplaceFileForm
from commerce.forms import DesignNameForm
from core.plain_text import PlainTextMixin, refuse_control_characters, without_control_characters
from home.models import BrandSettings, SiteImage
from tests.catalog.test_admin import form_data, send_new

REFUSAL = "There is an invisible control character in this text. Delete it, or type the text anew."


def test_tabs_and_line_breaks_are_text():
    refuse_control_characters("Oak,\twood\r\nand more 🪵")
    assert without_control_characters("a\x0bb\tc\n\x85\ufffe") == "ab\tc\n"


@pytest.mark.django_db
def test_a_product_says_which_of_its_texts_hold_one(admin_client):
    variants = [{"sku": "OW-NEW", "title": "Ten\x0bcards", "pack_size": 1, "options": "Paper: Ma\x0btt"}]
    answer = send_new(
        admin_client, form_data(variants, title="Guest book\x0bspecial", summary="Fine\x1bpaper")
    )

    assert answer.context["form"].errors == {"title": [REFUSAL], "summary": [REFUSAL]}
    [variant] = answer.context["form"].formsets["variants"].errors
    assert variant == {"title": [REFUSAL], "options": [REFUSAL]}
    assert not ProductGroupPage.objects.exists()


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (DesignNameForm, "name"),
        (NoteForm, "text"),
        (CancelForm, "reason"),
        (ReplaceFileForm, "reason"),
        (NewStockForm, "reason"),
    ],
)
def test_a_form_refuses_them(form, field):
    with pytest.raises(ValidationError) as refused:
        form.base_fields[field].clean("Oak\x0bwood")
    assert refused.value.messages[-1] == REFUSAL


def test_every_model_whose_texts_editors_type_refuses_them():
    pages = [model for model in apps.get_models() if model._meta.app_label in ("home", "catalog")]
    pages = [
        model for model in pages if hasattr(model, "get_edit_handler") or model in (SiteImage, BrandSettings)
    ]
    assert pages
    assert not [model for model in pages if not issubclass(model, PlainTextMixin)]


def test_options_refuse_them():
    with pytest.raises(ValidationError, match="invisible"):
        validate_options(parse_options("Paper: Ma\x0btt"))
