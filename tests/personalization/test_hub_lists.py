"""Lists of projects from a Hub that matches loosely, sorts in its own way or counts wrongly."""

from datetime import UTC, datetime, timedelta

import pytest

from personalization.hub.paging import goes_back_beyond

PROJECTS_URL = "https://api.hub.example/api/storefront/v1/projects"
SINCE = datetime(2026, 3, 1, 12, tzinfo=UTC)
AFTER, LATER = SINCE + timedelta(hours=1), SINCE + timedelta(hours=2)
BEFORE = SINCE - timedelta(hours=1)


def test_an_order_is_matched_exactly_however_loosely_the_hub_matches(far_hub, answers):
    items = [
        {"id": 3, "orderId": "OW-1"},
        {"id": 4, "orderId": "OW-12"},
        {"id": 5, "orderId": "ow-1"},
        {"id": 6, "orderId": None},
        {"id": 2, "orderId": "OW-1", "items": [{"orderLineItemId": "OW-1-2", "designIds": ["d"]}]},
    ]
    answers.get(PROJECTS_URL, json={"total": 5, "items": items})
    found = far_hub.find_projects("OW-1")
    assert [project.id for project in found] == [2, 3]
    assert (found[0].order_line_item_id, found[0].design_ids) == ("OW-1-2", ("d",))
    assert answers.calls[-1].request.params == {
        "orderId": "OW-1",
        "includeObsolete": "true",
        "storefrontId": "42",
        "skip": "0",
        "take": "100",
    }


@pytest.mark.parametrize(
    "list_body", [{"total": 0, "items": []}, {"total": 3, "items": None}, {"total": None, "items": []}, {}]
)
def test_an_empty_list_ends_whatever_its_total_says(far_hub, answers, list_body):
    answers.get(PROJECTS_URL, json=list_body)
    assert far_hub.find_projects("OW-1") == []
    assert len(answers.calls) == 2  # the token and one page


def test_a_date_without_a_zone_is_utc(far_hub, answers):
    answers.get(PROJECTS_URL, json={"total": 1, "items": [{"id": 1, "lastModified": "2026-03-01T12:30:00"}]})
    (project,) = far_hub.changed_projects(since=SINCE)
    assert project.last_modified == SINCE + timedelta(minutes=30)


@pytest.mark.parametrize(
    ("moments", "expected"),
    [
        ([LATER, AFTER, BEFORE], True),
        ([LATER, AFTER, SINCE], False),
        ([LATER, None], True),
        ([None, LATER], False),
        ([None, BEFORE], True),
        ([None, None], False),
        ([BEFORE, LATER, BEFORE], False),
    ],
)
def test_reading_stops_only_where_nothing_newer_can_follow(moments, expected):
    assert goes_back_beyond(SINCE, moments) is expected
