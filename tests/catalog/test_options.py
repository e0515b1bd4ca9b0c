import pytest
from django.core.exceptions import ValidationError

from catalog.fields import OptionsField, format_options, parse_options
from catalog.models import ProductVariant
from catalog.selectors.choices import choice_groups, choice_title


def variant(sku: str, *options: tuple[str, str]) -> ProductVariant:
    return ProductVariant(sku=sku, title=f"Title {sku}", options=[list(option) for option in options])


def labels(variants) -> list[tuple[str, list[str]]]:
    return [(group.title, [choice.label for choice in group.choices]) for group in choice_groups(variants)]


def test_an_editor_types_one_option_a_line():
    assert parse_options("Paper: Matt 350 g\n Size : A5 \n\n") == [["Paper", "Matt 350 g"], ["Size", "A5"]]


def test_options_may_be_divided_by_semicolons():
    assert parse_options("Paper: Matt; Size: A5") == [["Paper", "Matt"], ["Size", "A5"]]


def test_a_value_may_contain_a_colon():
    assert parse_options("Ratio: 3:2") == [["Ratio", "3:2"]]


def test_what_is_shown_reads_back_to_the_same_options():
    options = [["Size", "A5"], ["Paper", "Matt, coated"]]

    assert parse_options(format_options(options)) == options


@pytest.mark.parametrize("text", ["Matt", "Paper:", ": Matt"])
def test_a_line_without_name_and_value_is_explained(text):
    with pytest.raises(ValidationError, match="Write each option as a name, a colon and a value"):
        parse_options(text)


def test_an_option_is_named_once():
    with pytest.raises(ValidationError, match="Name each option once"):
        OptionsField().formfield().clean("Paper: Matt\npaper: Satin")


def test_the_form_shows_lines_and_never_json():
    field = OptionsField().formfield()

    assert field.prepare_value([["Paper", "Matt"], ["Size", "A5"]]) == "Paper: Matt\nSize: A5"


def test_one_option_gives_the_choice_its_title():
    variants = [variant("A", ("Colour", "Clay")), variant("B", ("Colour", "Sage"))]

    assert choice_title(variants) == "Colour"
    assert labels(variants) == [("", ["Clay", "Sage"])]


def test_several_options_are_grouped_by_the_first():
    variants = [
        variant("A", ("Paper", "Matt"), ("Pack", "50")),
        variant("B", ("Paper", "Matt"), ("Pack", "100")),
        variant("C", ("Paper", "Cotton"), ("Pack", "50")),
    ]

    assert labels(variants) == [("Paper: Matt", ["50", "100"]), ("Paper: Cotton", ["50"])]


@pytest.mark.parametrize(
    "second",
    [(), (("Size", "A5"),), (("Size", "A5"), ("Paper", "Matt")), (("Paper", "Matt"), ("Size", "A4"))],
    ids=["no options", "one is missing", "another order", "the same values"],
)
def test_irregular_options_leave_the_choice_to_titles(second):
    variants = [variant("A", ("Paper", "Matt"), ("Size", "A4")), variant("B", *second)]

    assert labels(variants) == [("", ["Title A", "Title B"])]
    assert choice_title(variants) == "Choose a version"
