"""What editors report about print quality becomes plain sentences, whatever shape it comes in."""

import pytest

from personalization.designs.services.quality import read_quality, warnings_in_words
from personalization.designs.services.storing import save_design
from tests.factories.personalization import make_design, make_output, make_storefront_user

BLURRED = {"text": "The photo may look blurred.", "kind": ""}


@pytest.mark.parametrize(
    "report, warnings, lowest_dpi",
    [
        (["The photo may look blurred."], [BLURRED], None),
        ("The photo may look blurred.", [BLURRED], None),
        ({"messages": ["The photo may look blurred."], "state": 2}, [BLURRED], None),
        (
            [{"type": "low-resolution", "message": "The photo may look blurred.", "dpi": 71.6}],
            [BLURRED | {"kind": "low-resolution"}],
            72,
        ),
        (
            {"violations": [{"text": "One"}, {"description": "Two", "code": "safe-area"}, {"text": "One"}]},
            [{"text": "One", "kind": ""}, {"text": "Two", "kind": "safe-area"}],
            None,
        ),
        ({"surfaces": [{"images": [{"resolution": 300}, {"resolution": 96}]}]}, [], 96),
        (
            [{"type": "ImageItem", "name": "Photo", "dpiValue": 40, "qualityViolationState": 3}],
            [{"text": "“Photo” may look blurred in print.", "kind": "low-resolution"}],
            40,
        ),
        (
            [{"name": "Title", "safetyLineViolationState": "Warning", "textCropViolationState": 1}],
            [
                {
                    "text": "“Title” is very close to the edge and may be cut off.",
                    "kind": "safe-area",
                }
            ],
            None,
        ),
    ],
)
def test_reports_of_many_shapes_are_understood(report, warnings, lowest_dpi):
    quality = read_quality(report)

    assert (quality.warnings, quality.lowest_dpi) == (warnings, lowest_dpi)


@pytest.mark.parametrize(
    "report",
    [
        None,
        True,
        7,
        [],
        {},
        [None, 7, [], {"message": 7}, {"message": ""}, {"message": " \n\x00\u202e"}],
        {"id": "642e793dc46d098d64514607", "ready": "yes"},
        [{"dpi": True}, {"dpi": -1}, {"dpi": "72"}, {"dpi": float("inf")}, {"dpi": float("nan")}],
        [[[[[["too deep"]]]]]],
    ],
)
def test_what_is_no_report_says_nothing(report):
    assert (read_quality(report).warnings, read_quality(report).lowest_dpi) == ([], None)


def test_texts_are_plain_short_and_few():
    report = ["<b>Big</b>\nand\u202e \x00bold\ud800", "x" * 5000, *(f"Number {n}" for n in range(100_000))]

    texts = [warning["text"] for warning in read_quality(report).warnings]

    assert texts[0] == "<b>Big</b> and bold"
    assert texts[1] == "x" * 299 + "…"
    assert len(texts) == 30


def test_a_report_that_nests_without_end_is_left_alone():
    report: list = []
    report.append(report)

    assert read_quality(report).warnings == []


@pytest.mark.django_db
@pytest.mark.parametrize("report", [["It may look blurred."], None, {"x": [1, {"y": "\ud800"}]}])
def test_a_design_is_kept_with_any_report(report):
    owner = make_storefront_user()

    design = save_design(
        owner=owner,
        variant_sku="OW-BC-MATT",
        allowed_skus={"OW-BC-MATT"},
        product_reference="classic-business-cards",
        title="Classic business cards",
        output=make_output(owner),
        quality=report,
    )

    design.refresh_from_db()
    assert [warning["text"] for warning in design.warnings] == (report if isinstance(report, list) else [])


@pytest.mark.django_db
@pytest.mark.parametrize(
    "warnings, lowest_dpi, words",
    [
        ([], None, 0),
        ([], 150, 0),
        ([], 149, 1),
        ([{"text": "It may look blurred.", "kind": ""}], 149, 1),
    ],
)
def test_a_low_resolution_is_said_in_words_where_the_editor_has_none(warnings, lowest_dpi, words):
    design = make_design(warnings=warnings, lowest_dpi=lowest_dpi)

    assert len(warnings_in_words(design)) == words
    assert warnings or not words or "149" in warnings_in_words(design)[0]


@pytest.mark.django_db
def test_every_change_that_can_be_seen_is_another_version():
    design = make_design(preview_urls=["https://hub.example/1.png"])
    same = design.version

    assert make_design(**_seen(design)).version != same
    for change in (
        {"sku": "OW-BC-GLOSS"},
        {"state_ids": ["f" * 24]},
        {"preview_urls": []},
        {"warnings": [{"text": "Blurred", "kind": ""}]},
        {"lowest_dpi": 40},
    ):
        for name, value in change.items():
            before = getattr(design, name)
            setattr(design, name, value)
            assert design.version != same, name
            setattr(design, name, before)
    design.name = "For Anna"
    assert design.version == same


def _seen(design) -> dict:
    return {name: getattr(design, name) for name in ("sku", "state_ids", "preview_urls", "warnings")}
