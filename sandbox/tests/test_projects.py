"""What the sandbox accepts as a project, how processing goes on, and the call-back to the shop."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

import tenant
from cchub_sandbox.clock import INSTANT
from cchub_sandbox.server import SandboxServer
from sandbox_calls import (
    OWNER,
    REFERENCE,
    STOREFRONT,
    Caller,
    backend,
    create_project,
    project_body,
)

CREATE = f"{STOREFRONT}/projects/with-single-item?storefrontId=42"


@pytest.fixture
def frozen(sandbox):
    """Rendering stands still until a test moves the clock."""
    sandbox.control.set_speed(0)
    return sandbox


def status_of(server, project_id: int) -> str:
    return backend(server).get(f"{STOREFRONT}/projects/{project_id}").json()["processingStatus"]


def results_of(server, project_id: int) -> dict:
    return backend(server).get(f"{STOREFRONT}/projects/{project_id}/processing-results").json()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ownerId": None}, "ownerId"),
        ({"ownerId": " "}, "ownerId"),
        ({"ownerId": "nobody"}, "ownerId"),
        ({"orderId": 1042}, "orderId"),
        ({"orderNumber": "1042"}, "orderNumber"),
        ({"item": None}, "item"),
        ({"item_designIds": []}, "designIds"),
        ({"item_designIds": [17]}, "item.designIds"),
        ({"item_designIds": ["0" * 24]}, "designIds"),
        ({"item_quantity": 0}, "item.quantity"),
        ({"item_quantity": 2.5}, "item.quantity"),
        ({"item_fields": []}, "item.fields"),
        ({"item_productReference": None}, "productReference"),
        ({"item_productReference": "nope"}, "productReference"),
        ({"item_productSpecifier": {"type": "Product", "id": "401"}}, "item.productSpecifier.id"),
    ],
)
def test_a_faulty_project_is_refused_and_not_made(sandbox, changes, field):
    design_id = sandbox.control.add_design(OWNER, REFERENCE)
    answer = backend(sandbox).post(CREATE, project_body(design_id, **changes))
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [field]
    assert sandbox.control.projects() == []


def test_a_design_of_somebody_else_is_refused_unless_switched_off(sandbox):
    sandbox.control.add_user(OWNER)
    foreign = sandbox.control.add_design("visitor-2", REFERENCE)
    assert backend(sandbox).post(CREATE, project_body(foreign)).status_code == 400
    sandbox.control.switches.strict_designs = False
    assert backend(sandbox).post(CREATE, project_body(foreign)).status_code == 201


def test_a_design_that_expired_before_rendering_fails_the_project(frozen):
    frozen.control.switches.strict_designs = False
    project_id = backend(frozen).post(CREATE, project_body("0" * 24)).json()["id"]
    frozen.control.complete_all()
    results = results_of(frozen, project_id)
    assert results["status"] == "Failed"
    assert results["statusDescription"].startswith("Task 'extract' failed: The private design")


def test_the_older_list_of_items_is_understood(sandbox):
    body = project_body(sandbox.control.add_design(OWNER, REFERENCE))
    body["items"] = [body.pop("item")]
    assert backend(sandbox).post(CREATE, body).json()["items"][0]["quantity"] == 2


def test_creating_twice_makes_two_projects_and_is_counted(sandbox):
    create_project(sandbox)
    create_project(sandbox)
    assert sandbox.control.created_count("1042", "1042-1") == 2
    assert sandbox.control.created_counts() == {("1042", "1042-1"): 2}


def test_processing_takes_its_time(frozen):
    project_id = create_project(frozen)
    seen = [status_of(frozen, project_id)]
    for seconds in (0.9, 0.2, 2.8, 0.2):
        frozen.control.advance(seconds)
        seen.append(status_of(frozen, project_id))
    assert seen == ["Pending", "Pending", "InProgress", "InProgress", "Completed"]


def test_at_instant_speed_a_project_is_done_when_somebody_looks(sandbox):
    sandbox.control.set_speed(INSTANT)
    project_id = create_project(sandbox)
    assert status_of(sandbox, project_id) == "Completed"


def test_the_last_change_is_dated(frozen):
    project_id = create_project(frozen)
    frozen.control.complete_all()
    project = backend(frozen).get(f"{STOREFRONT}/projects/{project_id}").json()
    assert project["created"] <= project["lastModified"]
    assert project["lastModified"].endswith("Z")


def test_processing_may_wait_for_a_status(frozen):
    frozen.control.switches.trigger_status = 3
    project_id = create_project(frozen)
    frozen.control.advance(3600)
    waiting = status_of(frozen, project_id)
    backend(frozen).post(f"{STOREFRONT}/projects/{project_id}/statuses/3")
    frozen.control.advance(5)
    assert (waiting, status_of(frozen, project_id)) == ("Pending", "Completed")


def test_unfinished_results_may_list_nothing_or_null(frozen):
    project_id = create_project(frozen)
    as_list = results_of(frozen, project_id)
    frozen.control.switches.unfinished_output_is_null = True
    assert (as_list["outputFileDetails"], results_of(frozen, project_id)["outputFileDetails"]) == ([], None)


def test_results_can_be_narrowed_to_an_item(frozen):
    project_id = create_project(frozen)
    (item,) = frozen.control.projects()[0]["items"]
    frozen.control.complete_all()
    shop, path = backend(frozen), f"{STOREFRONT}/projects/{project_id}/processing-results"
    assert len(shop.get(f"{path}?itemId={item['id']}").json()["outputFileDetails"]) == 1
    assert shop.get(f"{path}?itemId=1").status_code == 404


@pytest.mark.parametrize(
    ("trouble", "status"), [("stuck-pending", "Pending"), ("stuck", "InProgress"), ("fail", "Failed")]
)
def test_trouble_strikes_one_project_only(frozen, trouble, status):
    frozen.control.trouble(trouble)
    first, second = create_project(frozen), create_project(frozen)
    frozen.control.complete_all()
    assert (status_of(frozen, first), status_of(frozen, second)) == (status, "Completed")


def test_a_project_may_complete_without_files(frozen):
    frozen.control.trouble("no-files")
    project_id = create_project(frozen)
    frozen.control.complete_all()
    assert results_of(frozen, project_id) == {
        "status": "Completed",
        "statusDescription": None,
        "outputFileDetails": [],
    }


def download(server, project_id: int, caller=None):
    (file,) = results_of(server, project_id)["outputFileDetails"]
    path = f"/api/storage/v1/artifacts/{file['artifactId']}/file"
    return file, (caller or backend(server)), path


def test_a_file_is_for_the_external_app_only(frozen):
    project_id = create_project(frozen)
    frozen.control.complete_all()
    file, shop, path = download(frozen, project_id)
    plain, attached = shop.get(path), shop.get(f"{path}?attachment=true")
    described = shop.get(path.removesuffix("/file")).json()
    assert Caller(frozen, None).get(path).status_code == 401
    assert plain.content.startswith(b"%PDF") and len(plain.content) == file["size"]
    assert "Content-Disposition" not in plain.headers
    assert attached.headers["Content-Disposition"] == "attachment; filename=result.pdf"
    assert (described["type"], described["size"], described["anonymousAccess"]) == (
        "Final",
        file["size"],
        False,
    )


def test_an_anonymous_file_needs_no_token(frozen):
    design_id = frozen.control.add_design(OWNER, REFERENCE)
    scenario = {"designId": design_id, "anonymousAccess": True}
    made = backend(frozen).post(
        f"{STOREFRONT}/projects/by-scenario/render-hires?storefrontId=42",
        {"ownerId": OWNER, "scenario": scenario},
    )
    frozen.control.complete_all()
    _, _, path = download(frozen, made.json()["id"])
    assert Caller(frozen, None).get(path).status_code == 200


def test_files_may_name_a_host_nobody_knows(frozen):
    frozen.control.trouble("wrong-host")
    project_id = create_project(frozen)
    frozen.control.complete_all()
    file, shop, path = download(frozen, project_id)
    assert file["url"] == f"http://renderer.internal.invalid{path}"
    assert shop.get(path).status_code == 200


def test_a_download_may_break_off(frozen):
    frozen.control.trouble("truncated")
    project_id = create_project(frozen)
    frozen.control.complete_all()
    file, shop, path = download(frozen, project_id)
    answer = shop.get(path, stream=True)
    assert int(answer.headers["Content-Length"]) == file["size"]
    assert len(answer.raw.read(decode_content=False, amt=file["size"] // 2)) == file["size"] // 2


def test_a_file_may_be_gone(frozen):
    frozen.control.trouble("missing")
    project_id = create_project(frozen)
    frozen.control.complete_all()
    _, shop, path = download(frozen, project_id)
    assert shop.get(path).status_code == 404


def test_files_go_with_their_project(frozen):
    project_id = create_project(frozen)
    frozen.control.complete_all()
    _, shop, path = download(frozen, project_id)
    shop("DELETE", f"{STOREFRONT}/projects/{project_id}")
    assert shop.get(path).status_code == 404


@pytest.fixture
def shop_inbox():
    """A shop that only listens: (path, headers, body) of every call."""
    received = []

    class Inbox(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.append((self.path, self.headers, json.loads(body)))
            self.send_response(500)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Inbox)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", received
    server.shutdown()
    server.server_close()


@pytest.fixture
def calling_back(tmp_path, shop_inbox):
    """A sandbox of our own that knows the shop's address."""
    with SandboxServer(
        catalog=tenant.catalog(),
        state_dir=tmp_path,
        shop_url=shop_inbox[0],
        webhook_secret="between us",
        speed=50,
        **tenant.IDENTITY,
    ) as server:
        yield server


def wait_until(true) -> None:
    deadline = time.monotonic() + 10
    while not true():
        assert time.monotonic() < deadline, "It did not happen within ten seconds."
        time.sleep(0.02)


def test_the_shop_is_called_back_before_completion_whatever_it_answers(calling_back, shop_inbox):
    project_id = create_project(calling_back)
    wait_until(lambda: status_of(calling_back, project_id) == "Completed")
    ((path, headers, body),) = shop_inbox[1]
    assert path == "/personalization/webhook/"
    assert headers["X-CCHub-Secret"] == "between us"
    assert body == {"projectId": str(project_id), "orderId": "1042"}
    (call,) = calling_back.control.calls_to("webhook")
    assert call.status == 500


def test_the_call_back_can_be_repeated(calling_back, shop_inbox):
    calling_back.control.switches.webhook_repeats = 2
    project_id = create_project(calling_back)
    wait_until(lambda: status_of(calling_back, project_id) == "Completed")
    calling_back.control.fire_webhook(project_id)
    assert len(shop_inbox[1]) == 3


def test_a_failed_project_calls_nobody(calling_back, shop_inbox):
    calling_back.control.trouble("fail")
    project_id = create_project(calling_back)
    wait_until(lambda: status_of(calling_back, project_id) == "Failed")
    assert shop_inbox[1] == []


def test_what_is_stored_survives_a_restart(tmp_path):
    options = {"catalog": tenant.catalog(), "state_dir": tmp_path, "speed": 0, **tenant.IDENTITY}
    with SandboxServer(**options) as server:
        project_id = create_project(server)
        before = server.control.projects()
    with SandboxServer(**options) as server:
        assert server.control.projects() == before
        server.control.complete_all()
        assert len(results_of(server, project_id)["outputFileDetails"]) == 1
        server.control.reset()
        assert create_project(server) > project_id


@pytest.mark.parametrize(
    ("choice", "secret", "project"),
    [
        ("wrong-secret", "not-the-secret", str),
        ("unknown-project", "between us", lambda _: "999999999"),
        ("numbers", "between us", int),
    ],
)
def test_call_backs_may_be_wrong(calling_back, shop_inbox, choice, secret, project):
    calling_back.control.switches.call_back = choice
    project_id = create_project(calling_back)
    wait_until(lambda: status_of(calling_back, project_id) == "Completed")
    ((_, headers, body),) = shop_inbox[1]
    assert headers["X-CCHub-Secret"] == secret
    assert body["projectId"] == project(project_id)
