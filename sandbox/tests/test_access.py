"""Who may call the sandbox, from where, and what strangers are told."""

import base64
import json

import pytest

from sandbox_calls import (
    OWNER,
    REFERENCE,
    SKU,
    STOREFRONT,
    Caller,
    backend,
    editor_of,
    new_token,
)

SUMMARY = f"{STOREFRONT}/product-references/{REFERENCE}/product-summary"


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({"client_secret": "wrong"}, "invalid_client"),
        ({"client_id": "wrong"}, "invalid_client"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"scope": "Projects_full Everything_full"}, "invalid_scope"),
    ],
)
def test_a_token_is_refused_in_the_words_of_rfc_6749(sandbox, form, error):
    answer = new_token(sandbox, **form)
    assert (answer.status_code, answer.json()) == (400, {"error": error})


def test_a_token_lives_as_long_as_it_says(sandbox):
    sandbox.control.switches.access_token_seconds = 120
    issued = new_token(sandbox).json()
    shop = Caller(sandbox, issued["access_token"])
    sandbox.control.advance(119)
    before = shop.get(f"{STOREFRONT}/tenant-info").status_code
    sandbox.control.advance(1)
    assert (issued["expires_in"], issued["token_type"]) == (120, "Bearer")
    assert (before, shop.get(f"{STOREFRONT}/tenant-info").status_code) == (200, 401)


def test_revoked_tokens_are_unknown_and_new_ones_work(sandbox):
    old = backend(sandbox)
    sandbox.control.revoke_tokens()
    assert old.get(f"{STOREFRONT}/tenant-info").status_code == 401
    assert backend(sandbox).get(f"{STOREFRONT}/tenant-info").status_code == 200


@pytest.mark.parametrize("token", [None, "", "nonsense", "a.b.c", "é.é.é".encode().decode("latin1")])
def test_without_a_known_token_the_answer_is_an_empty_401(sandbox, token):
    answer = Caller(sandbox, token).get(f"{STOREFRONT}/tenant-info")
    assert (answer.status_code, answer.content) == (401, b"")


def test_build_info_needs_no_token(sandbox):
    assert Caller(sandbox, None).get(f"{STOREFRONT}/info").status_code == 200


def test_a_token_without_the_scope_is_an_empty_403(sandbox):
    token = new_token(sandbox, scope="Tenants_read").json()["access_token"]
    answer = Caller(sandbox, token).get(f"{STOREFRONT}/projects")
    assert (answer.status_code, answer.content) == (403, b"")


def test_full_access_to_a_resource_includes_reading_it(sandbox):
    token = new_token(sandbox, scope="Projects_full").json()["access_token"]
    assert Caller(sandbox, token).get(f"{STOREFRONT}/projects").status_code == 200


def test_the_two_kinds_of_token_do_not_replace_each_other(sandbox):
    page, shop = editor_of(sandbox), backend(sandbox)
    assert page.get(f"{STOREFRONT}/projects").status_code == 403
    assert shop.get("/api/editor/v1/products/401").status_code == 403
    assert page.get("/api/editor/v1/products/401").status_code == 200


def test_the_token_of_a_user_says_whose_it_is_and_expires(sandbox):
    sandbox.control.switches.user_token_seconds = 60
    page = editor_of(sandbox)
    claims = json.loads(base64.urlsafe_b64decode(page._headers["Authorization"].split(".")[1] + "=="))
    sandbox.control.advance(61)
    assert (claims["sub"], claims["storefrontId"], claims["tenantId"]) == (OWNER, 42, 4242)
    assert claims["exp"] - claims["iat"] == 60
    answer = page.get("/api/editor/v1/products/401")
    assert (answer.status_code, answer.content) == (401, b"")


def test_the_token_of_a_user_who_is_gone_is_unknown(sandbox):
    editor = editor_of(sandbox)
    sandbox.control.reset()
    assert editor.get("/api/editor/v1/products/401").status_code == 401


def test_a_token_signed_by_somebody_else_is_unknown(sandbox):
    head, body, _ = new_token(sandbox).json()["access_token"].split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "==")) | {"exp": 9_999_999_999}
    forged = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    assert Caller(sandbox, f"{head}.{forged}.").get(f"{STOREFRONT}/projects").status_code == 401


def test_a_missing_storefront_id_is_named(sandbox):
    answer = backend(sandbox).get(SUMMARY, params={"sku": SKU})
    problem = answer.json()
    assert answer.status_code == problem["status"] == 400
    assert problem["errors"] == {"storefrontId": ["The storefrontId field is required."]}
    assert problem["traceId"].startswith("00-")
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"


def test_a_storefront_id_that_is_no_number_is_refused(sandbox):
    answer = backend(sandbox).get(SUMMARY, params={"storefrontId": "x"})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["storefrontId"])


@pytest.mark.parametrize("name", ["skip", "take"])
def test_a_page_that_begins_or_ends_before_the_first_row_is_refused(sandbox, name):
    answer = backend(sandbox).get(f"{STOREFRONT}/projects", params={name: -1})
    assert answer.status_code == 400
    assert answer.json()["errors"] == {name: ["The value '-1' is not valid: it must not be below 0."]}
    assert backend(sandbox).get(f"{STOREFRONT}/projects", params={name: 0}).status_code == 200


def test_another_storefront_or_tenant_is_not_ours(sandbox):
    shop = backend(sandbox)
    assert shop.get(SUMMARY, params={"storefrontId": 43}).status_code == 404
    assert shop.get(SUMMARY, params={"storefrontId": 42, "tenantId": 1}).status_code == 403


@pytest.mark.parametrize("path", ["/api/storefront/v1/info/", "/api//storefront/v1/info", "/api/v1/projects"])
def test_paths_are_exact(sandbox, path):
    assert Caller(sandbox, None).get(path).status_code == 404


def test_an_endpoint_refuses_other_methods(sandbox):
    assert backend(sandbox)("PATCH", f"{STOREFRONT}/projects").status_code == 405


def test_a_reference_may_contain_slashes(sandbox):
    shop = backend(sandbox)
    body = {"productReference": "cards/classic product", "productId": 401}
    made = shop.post("/api/backoffice/v1/product-references?storefrontId=42", body)
    again = shop.post("/api/backoffice/v1/product-references?storefrontId=42", body)
    path = f"{STOREFRONT}/product-references/cards%2Fclassic%20product"
    found = shop.get(f"{path}/product-summary?storefrontId=42&sku={SKU}")
    removed = shop(
        "DELETE", "/api/backoffice/v1/product-references/cards%2Fclassic%20product?storefrontId=42"
    )
    assert (made.status_code, again.status_code, removed.status_code) == (201, 409, 200)
    assert found.json()["productVariantId"] == 55001
    assert shop.get(f"{path}?storefrontId=42").status_code == 404


@pytest.mark.parametrize("origin", ["http://127.0.0.1:8000", "http://localhost:3000"])
def test_pages_on_this_machine_may_call_the_editor_api(sandbox, origin):
    asked = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type",
    }
    preflight = Caller(sandbox, None)("OPTIONS", "/api/editor/v1/designs", headers=asked)
    answer = editor_of(sandbox).get("/api/editor/v1/products/401", headers={"Origin": origin})
    assert preflight.status_code == 204
    assert "POST" in preflight.headers["Access-Control-Allow-Methods"]
    assert "Authorization" in preflight.headers["Access-Control-Allow-Headers"]
    for each in (preflight, answer):
        assert each.headers["Access-Control-Allow-Origin"] == origin


def test_pages_elsewhere_may_not_call_the_editor_api(sandbox):
    headers = {"Origin": "https://elsewhere.example"}
    answer = editor_of(sandbox).get("/api/editor/v1/products/401", headers=headers)
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_an_expired_user_token_is_readable_for_the_page_as_401(sandbox):
    headers = {"Origin": "http://127.0.0.1:8000"}
    answer = Caller(sandbox, "old").get("/api/editor/v1/products/401", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["Access-Control-Allow-Origin"] == headers["Origin"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "http://127.0.0.1:8000"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_other_pages_cannot_pull_the_levers(sandbox, headers):
    sandbox.control.add_user(OWNER)
    for path in ("/_control/reset", "/_console/reset"):
        assert Caller(sandbox, None)("POST", path, headers=headers).status_code == 403
    assert backend(sandbox).get(f"{STOREFRONT}/storefront-users/{OWNER}?storefrontId=42").status_code == 200


def test_a_rebound_host_name_is_refused(sandbox):
    for path in ("/", "/_control/calls", f"{STOREFRONT}/info"):
        answer = Caller(sandbox, None).get(path, headers={"Host": "elsewhere.example"})
        assert answer.status_code == 400
