"""Failures on demand, by code, by HTTP and from the console page."""

import json
import threading
import time

import pytest
import requests

from sandbox_calls import (
    OWNER,
    REFERENCE,
    STOREFRONT,
    Caller,
    backend,
    create_project,
    new_token,
    project_body,
)

CREATE = f"{STOREFRONT}/projects/with-single-item?storefrontId=42"
INFO = f"{STOREFRONT}/info"


@pytest.fixture
def anybody(sandbox):
    return Caller(sandbox, None)


@pytest.mark.parametrize(
    ("status", "body"),
    [(401, b""), (403, b""), (404, b"Armed"), (409, b"GeneralConflict"), (500, b"Armed"), (503, b"Armed")],
)
def test_a_status_is_answered_once(sandbox, anybody, status, body):
    sandbox.control.fail("info", status=status)
    answer = anybody.get(INFO)
    assert (answer.status_code, body in answer.content) == (status, True)
    assert anybody.get(INFO).status_code == 200


def test_a_failure_lasts_as_many_calls_as_armed_and_spares_other_endpoints(sandbox, anybody):
    sandbox.control.fail("users", times=2)
    shop = backend(sandbox)
    users = f"{STOREFRONT}/storefront-users?storefrontId=42"
    assert anybody.get(INFO).status_code == 200
    assert [shop.get(users).status_code for _ in range(3)] == [500, 500, 200]


def test_too_many_requests_say_when_to_come_back(sandbox, anybody):
    sandbox.control.fail("", status=429, retry_after=7)
    answer = anybody.get(INFO)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "7")


def test_a_gateway_answers_in_html(sandbox):
    sandbox.control.fail("token", "html", status=502)
    answer = new_token(sandbox)
    assert (answer.status_code, answer.headers["Content-Type"]) == (502, "text/html")


@pytest.mark.parametrize(("mode", "made"), [("reset", 0), ("reset-after", 1)])
def test_a_connection_is_cut_before_or_after_the_work(sandbox, mode, made):
    shop, body = backend(sandbox), project_body(sandbox.control.add_design(OWNER, REFERENCE))
    sandbox.control.fail("projects.create", mode)
    with pytest.raises(requests.ConnectionError):
        shop.post(CREATE, body)
    assert sandbox.control.created_count("1042", "1042-1") == made


def test_a_late_answer_comes_after_the_work_is_done(sandbox):
    shop, body = backend(sandbox), project_body(sandbox.control.add_design(OWNER, REFERENCE))
    sandbox.control.fail("projects.create", "late", seconds=5)
    with pytest.raises(requests.ReadTimeout):
        requests.post(sandbox.url + CREATE, json=body, headers=shop._headers, timeout=0.3)
    assert sandbox.control.created_count("1042", "1042-1") == 1


def test_clearing_lets_go_of_held_calls(sandbox, anybody):
    sandbox.control.fail("info", "late", seconds=60)
    started = time.monotonic()
    threading.Timer(0.3, sandbox.control.clear).start()
    assert anybody.get(INFO).status_code == 200
    assert time.monotonic() - started < 5


def test_creating_may_answer_200_instead_of_201(sandbox):
    body = project_body(sandbox.control.add_design(OWNER, REFERENCE))
    sandbox.control.fail("projects.create", "as-status", status=200)
    answer = backend(sandbox).post(CREATE, body)
    assert (answer.status_code, answer.json()["orderId"]) == (200, "1042")


def test_json_may_be_broken(sandbox, anybody):
    sandbox.control.fail("info", "malformed")
    with pytest.raises(requests.JSONDecodeError):
        anybody.get(INFO).json()


def test_numbers_may_arrive_as_texts(sandbox):
    project_id = create_project(sandbox)
    sandbox.control.fail("projects.get", "wrong-types")
    project = backend(sandbox).get(f"{STOREFRONT}/projects/{project_id}").json()
    assert (project["id"], project["items"][0]["quantity"]) == (str(project_id), "2")


def test_names_may_be_outside_the_known_list(sandbox):
    project_id = create_project(sandbox)
    sandbox.control.fail("projects.get", "unknown-enum")
    sandbox.control.fail("references.parameters", "unknown-enum")
    shop = backend(sandbox)
    project = shop.get(f"{STOREFRONT}/projects/{project_id}").json()
    path = f"{STOREFRONT}/product-references/{REFERENCE}/personalization-parameters?storefrontId=42"
    assert (project["processingStatus"], project["status"]) == ("Cancelled", 1)
    assert shop.get(path).json()["workflowType"] == "HandyEditor"


def test_fields_may_all_be_null(sandbox, anybody):
    sandbox.control.fail("info", "nulls")
    assert set(anybody.get(INFO).json().values()) == {None}


@pytest.mark.parametrize(
    "options", [{"mode": "nope"}, {"times": 0}, {"status": 99}, {"seconds": -1}, {"seconds": 1e9}]
)
def test_what_cannot_be_armed_is_refused(sandbox, options):
    with pytest.raises(ValueError, match=r"."):
        sandbox.control.fail("info", **options)
    with pytest.raises(ValueError, match="Unknown trouble"):
        sandbox.control.trouble("nope")


def statuses_of(caller, times):
    """What so many calls are answered; 0 for a connection that was cut."""
    answers = []
    for _ in range(times):
        try:
            answers.append(caller.get(INFO).status_code)
        except requests.ConnectionError:
            answers.append(0)
    return answers


def test_calls_go_wrong_by_chance_in_the_given_shares_and_the_same_way_for_the_same_seed(sandbox, anybody):
    sandbox.control.odds(errors=0.3, lost_answers=0.1, too_many=0.05, seed=3)
    answers = statuses_of(anybody, 200)
    counts = {status: answers.count(status) for status in (200, 500, 0, 429)}
    assert sum(counts.values()) == 200
    assert 45 <= counts[500] <= 75
    assert 10 <= counts[0] <= 32
    assert 3 <= counts[429] <= 20
    sandbox.control.odds(errors=0.3, lost_answers=0.1, too_many=0.05, seed=3)
    assert statuses_of(anybody, 200) == answers
    sandbox.control.clear()
    assert statuses_of(anybody, 20) == [200] * 20


def test_chance_leaves_other_endpoints_alone_and_comes_after_what_is_armed(sandbox, anybody):
    sandbox.control.odds(errors=1, group="projects")
    sandbox.control.fail("projects", status=503)
    shop = backend(sandbox)
    assert anybody.get(INFO).status_code == 200
    projects = f"{STOREFRONT}/projects/1"
    assert [shop.get(projects).status_code for _ in range(3)] == [503, 500, 500]


def test_a_lost_answer_is_of_a_call_that_did_its_work(sandbox):
    shop, body = backend(sandbox), project_body(sandbox.control.add_design(OWNER, REFERENCE))
    sandbox.control.odds(lost_answers=1, group="projects.create")
    with pytest.raises(requests.ConnectionError):
        shop.post(CREATE, body)
    assert sandbox.control.created_count("1042", "1042-1") == 1


@pytest.mark.parametrize("shares", [{"errors": -0.1}, {"errors": 0.6, "too_many": 0.6}])
def test_shares_that_make_no_sense_are_refused(sandbox, shares):
    with pytest.raises(ValueError, match="at most 1"):
        sandbox.control.odds(**shares)


def test_calls_are_recorded_without_secrets(sandbox):
    body = project_body(sandbox.control.add_design(OWNER, REFERENCE))
    sandbox.control.fail("tenant-info", status=503)
    shop = backend(sandbox)
    shop.get(f"{STOREFRONT}/tenant-info")
    shop.post(CREATE, body)
    calls = [(call.name, call.status, call.failure) for call in sandbox.control.calls]
    assert calls == [
        ("token", 200, None),
        ("tenant-info.tenant", 503, "status 503"),
        ("projects.create", 201, None),
    ]
    assert sandbox.control.calls_to("projects.create")[0].body == body
    assert "test-client-secret" not in repr(sandbox.control.calls)


def test_reset_forgets_everything_quickly_but_keeps_tokens(sandbox):
    shop = backend(sandbox)
    create_project(sandbox)
    sandbox.control.fail("", times=100)
    sandbox.control.switches.strict_designs = False
    sandbox.control.advance(100)
    started = time.monotonic()
    sandbox.control.reset()
    assert time.monotonic() - started < 0.2
    assert (sandbox.control.projects(), sandbox.control.calls) == ([], [])
    assert sandbox.control.switches.strict_designs is True
    assert shop.get(f"{STOREFRONT}/tenant-info").status_code == 200


def test_the_same_by_http(sandbox, anybody):
    project_id = create_project(sandbox)
    arm = {"group": "info", "mode": "status", "status": 503}
    answers = [
        anybody.post("/_control/speed", {"speed": "instant"}),
        anybody.post("/_control/switches", {"access_token_seconds": 5, "scopes": ["Projects_full"]}),
        anybody.post("/_control/fail", arm),
        anybody.post("/_control/trouble", {"kind": "no-files"}),
    ]
    assert [answer.status_code for answer in answers] == [204] * 4
    anybody.post("/_control/odds", {"errors": 0.5, "group": "artifacts", "seed": 4})
    armed = anybody.get("/_control/failures").json()
    assert (armed["faults"][0]["status"], armed["troubles"]) == (503, ["no-files"])
    assert (armed["odds"]["errors"], armed["odds"]["group"]) == (0.5, "artifacts")
    assert "artifacts: by chance 50% errors" in anybody.get("/").text
    assert anybody.get(INFO).status_code == 503
    assert new_token(sandbox).json()["expires_in"] == 5
    anybody.post("/_control/complete")
    assert anybody.get("/_control/projects").json()[0]["processingStatus"] == "Completed"
    assert anybody.get("/_control/counters").json() == [
        {"orderId": "1042", "orderLineItemId": "1042-1", "created": 1}
    ]
    assert [call["name"] for call in anybody.get("/_control/calls?name=projects").json()] == [
        "projects.create"
    ]
    assert anybody.post("/_control/webhook", {"projectId": project_id}).status_code == 204
    assert anybody.post("/_control/reset").status_code == 204
    assert anybody.get("/_control/projects").json() == []


@pytest.mark.parametrize(
    ("command", "values", "status"),
    [
        ("nope", {}, 404),
        ("webhook", {"projectId": 1}, 404),
        ("webhook", {}, 400),
        ("fail", {"group": "info", "mode": "nope"}, 400),
        ("trouble", {"kind": "stuck", "times": 10**400}, 400),
        ("webhook", {"projectId": 10**20}, 400),
        ("odds", {"errors": 2}, 400),
        ("speed", {"speed": "fast"}, 400),
        ("speed", {"speed": -1}, 400),
        ("advance", {"seconds": "inf"}, 400),
        ("switches", {"nope": 1}, 404),
        ("switches", {"strict_designs": "yes"}, 400),
        ("connect", {"reference": " ", "productId": 401}, 400),
        ("connect", {"reference": "x", "productId": 1}, 404),
    ],
)
def test_faulty_commands_are_explained(anybody, command, values, status):
    answer = anybody.post(f"/_control/{command}", values)
    assert answer.status_code == status
    assert answer.json()["detail"]


@pytest.mark.parametrize(
    ("group", "known"),
    [
        ("nope", "artifacts, design-editor, designs"),
        ("projects.creat", "projects.all-transitions, projects.change-status, projects.create"),
        ("control", "artifacts"),
    ],
)
def test_no_failure_is_armed_for_a_group_without_endpoints(anybody, group, known):
    answers = [
        anybody.post("/_control/fail", {"group": group}),
        anybody.post("/_control/odds", {"group": group}),
    ]
    assert [answer.status_code for answer in answers] == [400, 400]
    for answer in answers:
        assert answer.json()["detail"].startswith(f"There is no endpoint or group '{group}'. Known: {known}")
    assert anybody.get("/_control/failures").json() == {"faults": [], "troubles": [], "odds": None}


def test_calls_of_a_group_without_endpoints_are_refused_instead_of_none(sandbox, anybody):
    answer = anybody.get("/_control/calls?name=project")
    assert (answer.status_code, answer.json()["detail"].partition(". ")[0]) == (
        400,
        "There is no endpoint or group 'project'",
    )
    with pytest.raises(ValueError, match="no endpoint or group 'project'"):
        sandbox.control.calls_to("project")
    assert sandbox.control.calls_to("webhook") == []


@pytest.mark.parametrize("speed", ["warp", -1, None])
def test_a_speed_that_is_refused_names_both_choices(anybody, speed):
    answer = anybody.post("/_control/speed", {"speed": speed})
    assert (answer.status_code, answer.json()["detail"]) == (
        400,
        "speed must be a number of at least 0, or 'instant'.",
    )


def test_the_console_shows_what_there_is_and_escapes_it(sandbox, anybody):
    sandbox.control.add_user("<script>alert(1)</script>")
    project_id = create_project(sandbox, orderId="<b>1042</b>")
    sandbox.control.complete_all()
    html = anybody.get("/").text
    assert f"<td>{project_id}</td>" in html
    assert "&lt;b&gt;1042&lt;/b&gt;" in html
    assert "<script>" not in html
    assert "result.pdf" in html


def test_the_console_hands_out_files_and_previews_for_looking_at(sandbox, anybody):
    create_project(sandbox)
    sandbox.control.complete_all()
    html = anybody.get("/").text
    links = [part.split('"')[0] for part in html.split('="')[1:] if part.startswith("/_console/")]
    files = [link for link in links if link.endswith((".pdf", ".png"))]
    assert [anybody.get(link).content[:4] for link in files] == [b"%PDF", b"\x89PNG"]


def test_the_console_arms_failures_that_it_does_not_suffer_itself(sandbox, anybody):
    form = {"group": "", "mode": "status", "times": "1", "status": "503", "seconds": "30", "retry_after": ""}
    answer = anybody("POST", "/_console/fail", data=form)
    assert answer.status_code == 200
    assert "every endpoint: answer with the status" in answer.text
    assert anybody.get(INFO).status_code == 503


def test_the_console_explains_what_it_cannot_do(anybody):
    answer = anybody("POST", "/_console/webhook", data={"projectId": "1"})
    assert "Project 1 was not found." in answer.text


def test_workflow_sku_and_call_backs_are_chosen_until_changed(anybody, sandbox):
    answer = anybody("POST", "/_console/switches", data={"workflow": "not-json", "sku": "", "call_back": ""})
    assert answer.status_code == 200
    assert '<option value="not-json" selected>' in answer.text
    path = f"{STOREFRONT}/product-references/{REFERENCE}"
    shop = backend(sandbox)
    for _ in range(2):
        content = shop.get(f"{path}/personalization-parameters?storefrontId=42").json()["workflowContent"]
        with pytest.raises(json.JSONDecodeError):
            json.loads(content)
    assert anybody.post("/_control/switches", {"workflow": "nonsense"}).status_code == 400
    assert anybody.post("/_control/switches", {"workflow": "", "sku": "unavailable"}).status_code == 204
    summary = shop.get(f"{path}/product-summary?storefrontId=42&sku=OW-BC-MATT-50").json()
    assert (summary["isProductVariantAvailable"], summary["productVariantPrice"]) == (False, 19.0)


@pytest.mark.parametrize(
    ("choice", "components"),
    [
        ("unknown-component", ["unknown-component"]),
        ("template-editor", ["template-editor"]),
        ("several", ["cc-options", "handy-editor"]),
        ("several-without-editor", ["cc-options", "headless-editor"]),
    ],
)
def test_workflows_that_a_shop_has_to_refuse_or_to_read_twice(sandbox, choice, components):
    sandbox.control.switches.workflow = choice
    path = f"{STOREFRONT}/product-references/{REFERENCE}/personalization-workflow"
    elements = json.loads(backend(sandbox).get(path).json()["content"])
    elements = elements if isinstance(elements, list) else [elements]
    assert [element["component"] for element in elements] == components


@pytest.mark.parametrize(
    ("trouble", "status", "content_type", "start"),
    [
        ("redirected", 302, "text/html; charset=utf-8", b"<!doctype"),
        ("wrong-type", 200, "text/html", b"<!doctype"),
        ("unreadable", 200, "application/pdf", bytes(9)),
    ],
)
def test_downloads_that_are_no_print_file(sandbox, trouble, status, content_type, start):
    sandbox.control.trouble(trouble)
    project_id = create_project(sandbox)
    sandbox.control.complete_all()
    shop = backend(sandbox)
    (file,) = shop.get(f"{STOREFRONT}/projects/{project_id}/processing-results").json()["outputFileDetails"]
    answer = shop.get(file["url"], allow_redirects=False)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, content_type)
    assert answer.content[:9] == start
