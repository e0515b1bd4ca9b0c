"""A failed call becomes one of our errors, tells no secret, and is repeated only if that is safe."""

import copy
import json
import logging
import re
import traceback
from dataclasses import replace

import pytest
import requests
import responses

from personalization.hub import (
    HubContractError,
    HubError,
    HubForbidden,
    HubNotFound,
    HubRejected,
    HubUnavailable,
    NewProject,
)

API = "https://api.hub.example/api/storefront/v1"
PROJECT_URL = f"{API}/projects/7"
CREATE_URL = f"{API}/projects/with-single-item"
NEW_PROJECT = NewProject(
    owner_id="owner-of-the-design",
    order_id="OW-1042",
    order_number=1042,
    order_name="#1042",
    order_url="https://shop.example/orders/1042/private-path/",
    order_line_item_id="OW-1042-3",
    order_line_item_index=2,
    customer_name="Anna Kowalska",
    name="Business cards",
    product_reference="cards/classic",
    sku="OW-BC-MATT-50",
    quantity=2,
    design_ids=("642e793dc46d098d64514607",),
    fields={"Paper": "Matt"},
    hidden={"images": ["https://hub.example/p.png"]},
)


def calls_to(answers, url: str) -> int:
    return sum(call.request.url.partition("?")[0] == url for call in answers.calls)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (302, HubContractError),
        (400, HubRejected),
        (401, HubForbidden),
        (403, HubForbidden),
        (404, HubNotFound),
        (408, HubUnavailable),
        (409, HubRejected),
        (410, HubRejected),
        (422, HubRejected),
        (429, HubUnavailable),
        (500, HubUnavailable),
        (503, HubUnavailable),
    ],
)
@pytest.mark.parametrize("body", ["", "<html>Oops</html>", '{"type": "StrangeConflict"}', "[1]"])
def test_a_status_decides_which_error_it_is_whatever_the_body(far_hub, answers, pauses, status, kind, body):
    answers.get(PROJECT_URL, status=status, body=body, headers={"Location": "https://elsewhere.example/"})
    with pytest.raises(HubError) as failure:
        far_hub.project(7)
    assert type(failure.value) is kind
    assert getattr(failure.value, "status", status) == status


@pytest.mark.parametrize(
    "cause",
    [
        requests.ConnectTimeout("secret-in-cause"),
        requests.ReadTimeout("secret-in-cause"),
        requests.ConnectionError("secret-in-cause"),
        requests.exceptions.SSLError("secret-in-cause"),
        requests.exceptions.ChunkedEncodingError("secret-in-cause"),
        requests.exceptions.ProxyError("secret-in-cause"),
        ConnectionResetError("secret-in-cause"),
    ],
)
def test_a_broken_connection_is_unavailability_and_takes_nothing_from_its_cause(
    far_hub, answers, pauses, caplog, cause
):
    caplog.set_level(logging.DEBUG)
    answers.get(PROJECT_URL, body=cause)
    with pytest.raises(HubUnavailable) as failure:
        far_hub.project(7)
    assert "secret-in-cause" not in told_by(failure.value) + caplog.text


@pytest.mark.parametrize(
    "answer",
    [
        {"body": '{"id": 7', "content_type": "application/json"},
        {"body": "", "content_type": "application/json"},
        {"body": "null", "content_type": "application/json"},
        {"body": "<html>Anna Kowalska</html>", "content_type": "text/html"},
        {"body": b"\xff\xfe", "content_type": "application/json"},
        {"body": "{}", "content_type": "application/json; charset=no-such"},
        {"body": "{}", "content_type": "application/pdf"},
        {"json": []},
        {"json": {}},
        {"json": {"id": "7"}},
        {"json": {"id": 7.5}},
        {"json": {"id": 7, "created": "yesterday"}},
        {"json": {"id": 7, "items": [{"quantity": "Anna Kowalska"}]}},
        {"json": {"id": 7, "processingStatus": 3}},
        {"status": 204},
    ],
)
def test_a_success_that_cannot_be_read_breaks_the_contract_and_is_not_quoted(
    far_hub, answers, caplog, answer
):
    answers.get(PROJECT_URL, **answer)
    with pytest.raises(HubContractError) as failure:
        far_hub.project(7)
    assert "Kowalska" not in told_by(failure.value) + caplog.text
    assert calls_to(answers, PROJECT_URL) == 1


def test_the_field_that_broke_the_contract_is_named(far_hub, answers):
    answers.get(PROJECT_URL, json={"id": 7, "items": [{"quantity": "a lot"}]})
    with pytest.raises(HubContractError, match=r"projects_get: .*quantity: int_type"):
        far_hub.project(7)


def test_a_value_that_the_client_does_not_know_is_plain_text(far_hub, answers):
    answers.get(PROJECT_URL, json={"id": 7, "processingStatus": "Paused"})
    status = far_hub.project(7).processing_status
    assert status == "Paused"
    assert type(status) is str


def test_fields_that_the_client_does_not_know_are_ignored(far_hub, answers):
    answers.get(PROJECT_URL, json={"id": 7, "colour": {"of": "the day"}, "items": None})
    assert far_hub.project(7).design_ids == ()


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ({"title": "Bad", "detail": "No such pipeline.", "traceId": "00-ab-01"}, "No such pipeline."),
        (
            {"title": "Invalid.", "errors": {"OwnerId": ["OwnerId is required."]}},
            "Invalid. OwnerId is required.",
        ),
        ({"description": "Already there.", "type": "IdConflict"}, "Already there."),
        ({"title": "x" * 600}, "x" * 500),
    ],
)
def test_the_reason_of_a_refusal_is_kept_apart_from_the_text(far_hub, answers, body, detail):
    answers.post(CREATE_URL, status=400, json=body)
    with pytest.raises(HubRejected) as failure:
        far_hub.create_project(NEW_PROJECT)
    assert failure.value.detail == detail
    assert str(failure.value) == "POST /api/storefront/v1/projects/with-single-item answered 400"


def test_a_copy_of_a_refusal_keeps_status_and_detail():
    refusal = copy.copy(HubRejected("text", status=409, detail="why"))
    assert (str(refusal), refusal.status, refusal.detail) == ("text", 409, "why")


# Repeats


def test_a_read_is_repeated_twice_with_growing_pauses(far_hub, answers, pauses):
    answers.get(PROJECT_URL, status=502)
    answers.get(PROJECT_URL, body=requests.ConnectionError())
    answers.get(PROJECT_URL, json={"id": 7})
    assert far_hub.project(7).id == 7
    first, second = pauses
    assert 0.05 <= first <= 0.15
    assert 0.2 <= second <= 0.6


def test_a_read_is_given_up_after_the_second_repeat(far_hub, answers, pauses):
    answers.get(PROJECT_URL, status=500)
    with pytest.raises(HubUnavailable):
        far_hub.project(7)
    assert calls_to(answers, PROJECT_URL) == 3


@pytest.mark.parametrize("status", [400, 403, 404, 409, 422])
def test_a_refused_read_is_not_repeated(far_hub, answers, pauses, status):
    answers.get(PROJECT_URL, status=status)
    with pytest.raises(HubError):
        far_hub.project(7)
    assert calls_to(answers, PROJECT_URL) == 1


def test_a_short_retry_after_is_honoured(far_hub, answers, pauses):
    answers.get(PROJECT_URL, status=429, headers={"Retry-After": "2"})
    answers.get(PROJECT_URL, json={"id": 7})
    far_hub.project(7)
    assert pauses == [2.0]


@pytest.mark.parametrize(
    ("header", "expected"), [("120", 120), ("Wed, 21 Oct 2015 07:28:00 GMT", 0), ("soon", None)]
)
def test_retry_after_is_passed_on_in_seconds(far_hub, answers, pauses, header, expected):
    answers.post(CREATE_URL, status=429, headers={"Retry-After": header})
    with pytest.raises(HubUnavailable) as failure:
        far_hub.create_project(NEW_PROJECT)
    assert failure.value.retry_after == expected


def test_a_long_retry_after_is_left_to_the_caller(far_hub, answers, pauses):
    answers.get(PROJECT_URL, status=503, headers={"Retry-After": "60"})
    with pytest.raises(HubUnavailable) as failure:
        far_hub.project(7)
    assert failure.value.retry_after == 60
    assert pauses == []


def test_a_read_that_took_half_the_time_is_not_repeated(far_hub, answers, pauses, monkeypatch):
    moments = iter(range(0, 1000, 3))
    monkeypatch.setattr("personalization.hub.transport.monotonic", lambda: next(moments))
    answers.get(PROJECT_URL, body=requests.ReadTimeout())
    with pytest.raises(HubUnavailable):
        far_hub.project(7)
    assert calls_to(answers, PROJECT_URL) == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda hub: hub.create_project(NEW_PROJECT),
        lambda hub: hub.restart_processing(7),
        lambda hub: hub.resume_processing(7),
        lambda hub: hub.force_project_status(7, status=5),
        lambda hub: hub.merge_storefront_users(anonymous_id="a", regular_id="r"),
    ],
)
def test_a_change_is_never_repeated(far_hub, answers, pauses, change):
    answers.post(re.compile(f"{API}/.*"), status=503, headers={"Retry-After": "0"})
    with pytest.raises(HubUnavailable):
        change(far_hub)
    assert len(answers.calls) == 2  # the token and the change
    assert pauses == []


# Creating a project


def test_a_project_is_created_with_all_that_the_hub_needs(far_hub, answers):
    answers.post(CREATE_URL, status=201, json={"id": 906, "processingStatus": "Pending"})
    assert far_hub.create_project(NEW_PROJECT).id == 906
    request = answers.calls[-1].request
    assert request.params == {"storefrontId": "42"}
    line = {
        "orderLineItemId": "OW-1042-3",
        "orderLineItemIndex": 2,
        "productReference": "cards/classic",
        "name": "Business cards",
    }
    assert json.loads(request.body) == {
        **line,
        "ownerId": "owner-of-the-design",
        "orderId": "OW-1042",
        "orderNumber": 1042,
        "orderName": "#1042",
        "orderUrl": "https://shop.example/orders/1042/private-path/",
        "customerId": "",
        "customerName": "Anna Kowalska",
        "item": {
            **line,
            "resources": [],
            "quantity": 2,
            "sku": "OW-BC-MATT-50",
            "designIds": ["642e793dc46d098d64514607"],
            "fields": {"Paper": "Matt"},
            "hidden": {"images": ["https://hub.example/p.png"]},
        },
    }


def test_a_project_created_with_another_success_is_not_lost(far_hub, answers):
    answers.post(CREATE_URL, status=200, json={"id": 906, "processingStatus": "Pending"})
    assert far_hub.create_project(NEW_PROJECT).id == 906


@pytest.mark.parametrize("body", ["", "null", "{}", "accepted"])
def test_a_creation_without_a_project_breaks_the_contract(far_hub, answers, body):
    answers.post(CREATE_URL, status=202, body=body, content_type="application/json")
    with pytest.raises(HubContractError):
        far_hub.create_project(NEW_PROJECT)
    assert calls_to(answers, CREATE_URL) == 1


def test_a_creation_refused_for_its_token_is_sent_once_more(far_hub, answers):
    answers.post(CREATE_URL, status=401)
    answers.post(CREATE_URL, status=201, json={"id": 906})
    assert far_hub.create_project(NEW_PROJECT).id == 906
    assert calls_to(answers, CREATE_URL) == 2


# Users


@pytest.mark.parametrize("body", ['"aa.bb.cc"', "aa.bb.cc"])
@pytest.mark.parametrize("content_type", ["application/json", "text/plain"])
def test_a_users_token_comes_without_quotes(far_hub, answers, body, content_type):
    if (body, content_type) == ("aa.bb.cc", "application/json"):
        body = '"aa.bb.cc"'
    answers.get(f"{API}/storefront-users/token", body=body, content_type=content_type)
    assert far_hub.storefront_user_token("u-1") == "aa.bb.cc"


@pytest.mark.parametrize("body", ["<html>Log in</html>", "", '""'])
def test_what_is_no_token_is_not_handed_out(far_hub, answers, body):
    answers.get(f"{API}/storefront-users/token", body=body, content_type="text/html")
    with pytest.raises(HubContractError):
        far_hub.storefront_user_token("u-1")


def test_a_user_made_by_another_request_at_the_same_time_is_fine(far_hub, answers):
    answers.get(f"{API}/storefront-users/u-1", status=404)
    answers.post(f"{API}/storefront-users", status=409, json={"type": "IdConflict"})
    far_hub.ensure_storefront_user("u-1", anonymous=True)
    assert answers.calls[-1].request.body == b'{"storefrontUserId": "u-1", "isAnonymous": true}'


def test_a_user_that_cannot_be_made_is_not_fine(far_hub, answers):
    answers.get(f"{API}/storefront-users/u-1", status=404)
    answers.post(f"{API}/storefront-users", status=400)
    with pytest.raises(HubRejected):
        far_hub.ensure_storefront_user("u-1", anonymous=True)


# Secrets


def told_by(error: BaseException) -> str:
    """All that a log with the traceback would show of an error."""
    return "".join(traceback.format_exception(error)) + repr(error) + str(error.args)


@pytest.mark.parametrize("status", [201, 400, 401, 404, 500])
def test_neither_log_nor_error_shows_a_token_or_a_person(far_hub, answers, caplog, status):
    caplog.set_level(logging.DEBUG, logger="personalization")
    answers.post(
        CREATE_URL, status=status, json={"detail": "Anna Kowalska", "traceId": "00-ab-01", "id": "x"}
    )
    with pytest.raises(HubError) as failure:
        far_hub.create_project(NEW_PROJECT)
    told = caplog.text + told_by(failure.value)
    for secret in ("token-1", "the-client", "Kowalska", "owner-of-the-design", "private-path"):
        assert secret not in told
    assert failure.value.__context__ is None
    assert failure.value.__cause__ is None


def test_a_project_to_create_shows_no_person():
    for secret in ("Kowalska", "owner-of-the-design", "private-path"):
        assert secret not in repr(NEW_PROJECT)


def test_the_log_names_the_call_its_outcome_and_the_trace(far_hub, answers, caplog):
    caplog.set_level(logging.INFO, logger="personalization.hub")
    answers.get(f"{API}/storefront-users/visitor-17", status=404, json={"traceId": "00-ab-01"})
    answers.post(f"{API}/storefront-users", status=201, json={"userId": "visitor-17"})
    far_hub.ensure_storefront_user("visitor-17", anonymous=False)
    lines = [record.getMessage() for record in caplog.records]
    assert [line.partition(" in ")[0] for line in lines] == [
        "POST /connect/token: 200",
        "GET /api/storefront/v1/storefront-users/{id}: 404",
        "POST /api/storefront/v1/storefront-users: 201",
    ]
    assert lines[1].endswith("ms, trace 00-ab-01")
    assert "visitor-17" not in caplog.text


def test_a_trace_that_is_no_identifier_is_not_logged(far_hub, answers, caplog):
    answers.get(PROJECT_URL, status=404, json={"traceId": "forged\nERROR line"})
    with pytest.raises(HubNotFound):
        far_hub.project(7)
    assert "forged" not in caplog.text


@pytest.mark.parametrize(
    ("status", "level"), [(404, "INFO"), (400, "WARNING"), (500, "WARNING"), (302, "ERROR")]
)
def test_the_level_of_a_log_line_tells_who_should_care(far_hub, answers, pauses, caplog, status, level):
    caplog.set_level(logging.DEBUG, logger="personalization.hub")
    answers.get(PROJECT_URL, status=status)
    with pytest.raises(HubError):
        far_hub.project(7)
    assert caplog.records[-1].levelname == level


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_json_cannot_say_is_not_sent(far_hub, answers, value):
    with pytest.raises(HubContractError):
        far_hub.create_project(replace(NEW_PROJECT, fields={"Weight": value}))
    assert calls_to(answers, CREATE_URL) == 0


@pytest.mark.parametrize("depth", [41, 500, 100_000])
def test_an_answer_that_nests_without_end_is_no_answer(far_hub, answers, depth):
    answers.get(PROJECT_URL, body='{"id": 7, "x": ' + "[" * depth + "]" * depth + "}")

    with pytest.raises(HubContractError, match="nests deeper than 40 levels"):
        far_hub.project(7)


def test_an_error_that_nests_without_end_is_an_error_without_words(far_hub, answers):
    answers.get(PROJECT_URL, status=422, body='{"detail": ' + "[" * 50_000)

    with pytest.raises(HubRejected) as refused:
        far_hub.project(7)

    assert refused.value.detail == ""


def test_a_token_that_nests_without_end_is_no_token(far_hub):
    with responses.RequestsMock() as answers:
        answers.post("https://hub.example/connect/token", body="[" * 50_000)
        with pytest.raises(HubContractError, match="did not answer with a token"):
            far_hub.project(7)


@pytest.mark.parametrize("number", [2**63, -1])
def test_a_number_that_no_database_keeps_is_no_id(far_hub, answers, number):
    answers.get(PROJECT_URL, json={"id": number})

    with pytest.raises(HubContractError, match="project id is out of range"):
        far_hub.project(7)


def test_a_project_with_more_than_a_thousand_files_is_not_read(far_hub, answers):
    files = [{"artifactId": str(number)} for number in range(1001)]
    answers.get(f"{PROJECT_URL}/processing-results", json={"outputFileDetails": files})

    with pytest.raises(HubContractError, match="more than 1000 files"):
        far_hub.processing_results(7)
