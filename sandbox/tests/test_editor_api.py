"""What the sandbox's editors get and save, and what browsers load."""

import copy

import pytest
import requests
from PIL import Image

from sandbox_calls import OWNER, REFERENCE, SKU, Caller, backend, editor_of, picture

API = "/api/editor/v1"
DAY = 24 * 3600


@pytest.fixture
def editor(sandbox):
    return editor_of(sandbox)


@pytest.fixture
def product(editor):
    return editor.get(f"{API}/products/401").json()


def body(product, **changes) -> dict:
    return {"productId": 401, "sku": SKU, "model": copy.deepcopy(product["model"])} | changes


def own_item(product, kind="text", **fields) -> dict:
    """The product's template with one editable item of ours on its first side, and nothing else."""
    model = copy.deepcopy(product["model"])
    item = {"id": "mine", "type": kind, "label": "Mine", "x": 40, "y": 25}
    model["surfaces"][0]["items"] = [item | fields]
    return {"productId": 401, "sku": SKU, "model": model}


def upload(editor, data: bytes) -> requests.Response:
    return editor.post(f"{API}/assets", files={"file": ("photo.png", data)})


def test_the_editor_learns_all_about_a_product(editor, sandbox):
    product = editor.get(f"{API}/products", params={"reference": REFERENCE, "sku": "OW-BC-COTTON-50"}).json()
    assert (product["productId"], product["productVersionId"]) == (401, 901)
    assert product["selectedSku"] == "OW-BC-COTTON-50"
    assert product["variants"][0] == {
        "variantId": 55001,
        "sku": SKU,
        "title": "Matt, 50 cards",
        "options": {"Paper": "Matt 350 g", "Pack": "50 cards"},
        "available": True,
    }
    assert product["model"]["surfaces"][0]["name"] == "Front"
    assert [font["id"] for font in product["fonts"]] == ["lora", "worksans", "caveat", "playfair"]
    assert product["fonts"][0]["regular"] == f"{sandbox.url}/fonts/lora-regular.ttf"


def test_an_unknown_product_is_not_found(editor):
    assert editor.get(f"{API}/products", params={"reference": "nope"}).status_code == 404
    assert editor.get(f"{API}/products/1").status_code == 404
    assert editor.get(f"{API}/products").status_code == 400


def test_a_design_is_saved_and_opened_again(editor, product):
    made = editor.post(f"{API}/designs", body(product))
    opened = editor.get(f"{API}/designs/{made.json()['id']}").json()
    assert made.status_code == 201
    assert len(made.json()["id"]) == 24
    assert made.json()["violations"] == []
    assert opened == {"id": made.json()["id"], "productId": 401, "sku": SKU, "model": product["model"]}


def test_saving_again_keeps_the_id_and_the_old_preview(editor, product):
    made = editor.post(f"{API}/designs", body(product)).json()
    changed = own_item(product, text="Changed")
    saved = editor("PUT", f"{API}/designs/{made['id']}", json=changed)
    assert (saved.status_code, saved.json()["id"]) == (200, made["id"])
    assert saved.json()["previews"] != made["previews"]
    assert requests.get(made["previews"][0], timeout=10).content != (
        requests.get(saved.json()["previews"][0], timeout=10).content
    )


def test_an_ordered_design_is_never_changed(editor, product, sandbox):
    made = editor.post(f"{API}/designs", body(product)).json()
    backend(sandbox).post(
        "/api/storefront/v1/projects/with-single-item?storefrontId=42",
        {"ownerId": OWNER, "item": {"productReference": REFERENCE, "designIds": [made["id"]]}},
    )
    saved = editor("PUT", f"{API}/designs/{made['id']}", json=own_item(product, text="Changed")).json()
    assert saved["id"] != made["id"]
    assert editor.get(f"{API}/designs/{made['id']}").json()["model"] == product["model"]


def test_a_design_of_somebody_else_does_not_exist(editor, product, sandbox):
    made = editor.post(f"{API}/designs", body(product)).json()
    stranger = editor_of(sandbox, "visitor-2")
    assert stranger.get(f"{API}/designs/{made['id']}").status_code == 404
    assert stranger("PUT", f"{API}/designs/{made['id']}", json=body(product)).status_code == 404


def test_the_editor_of_a_visitor_who_logs_in_meanwhile_saves_for_the_account(editor, product, sandbox):
    sandbox.control.add_user("account-1", anonymous=False)
    backend(sandbox).post(
        "/api/storefront/v1/storefront-users/merge-anonymous?storefrontId=42",
        {"anonymousStorefrontUserId": OWNER, "regularStorefrontUserId": "account-1"},
    )
    made = editor.post(f"{API}/designs", body(product)).json()
    path = f"/api/storage/v1/private-designs/{made['id']}"
    assert backend(sandbox).get(f"{path}?ownerId={OWNER}").status_code == 404
    assert backend(sandbox).get(f"{path}?ownerId=account-1").json()["ownerId"] == "account-1"


def test_the_preview_shows_every_side_cut_to_its_shape(editor, sandbox):
    stickers = editor.get(f"{API}/products", params={"reference": "round-stickers"}).json()
    sticker = {
        "productId": stickers["productId"],
        "sku": stickers["selectedSku"],
        "model": stickers["model"],
    }
    (url,) = editor.post(f"{API}/designs", sticker).json()["previews"]
    answer = requests.get(url, stream=True, timeout=10)
    image = Image.open(answer.raw)
    assert answer.headers["Content-Type"] == "image/png"
    assert image.size == (800, 800)
    assert (image.getpixel((5, 5))[3], image.getpixel((400, 400))[3]) == (0, 255)


def test_previews_cannot_be_guessed_and_end(editor, product, sandbox):
    url = editor.post(f"{API}/designs", body(product)).json()["previews"][1]
    assert requests.get(url, timeout=10).status_code == 200
    assert requests.get(url.replace("/1.png", "/2.png"), timeout=10).status_code == 404
    assert requests.get(f"{sandbox.url}/previews/{'0' * 32}/0.png", timeout=10).status_code == 404


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"productId": 1}, "This product is not available for personalization."),
        ({"sku": "OTHER"}, "This version of the product is not available. Please choose another one."),
        ({"model": {"version": 2}}, "The design has an unknown version."),
        ({"model": []}, "The design could not be read."),
        ({"model": {"version": 1, "surfaces": []}}, "The design has no surface to print on."),
    ],
)
def test_a_design_that_cannot_be_printed_is_refused_in_plain_words(editor, product, changes, words):
    answer = editor.post(f"{API}/designs", body(product, **changes))
    assert (answer.status_code, answer.json()["detail"]) == (400, words)


def test_a_design_has_the_size_of_its_product(editor, product):
    wide = body(product)
    wide["model"]["surfaces"][0]["width"] = 400
    answer = editor.post(f"{API}/designs", wide)
    assert answer.json()["detail"] == "The design does not have the size of this product."


@pytest.mark.parametrize(
    "item",
    [
        {"text": "x" * 2001},
        {"text": "x", "size": "12"},
        {"text": "x", "size": 0},
        {"text": "x", "color": "red"},
        {"text": "x", "font": "comic"},
        {"text": "x", "x": 1e9},
        {"kind": "video"},
        {"kind": "image", "width": 10, "height": 10, "asset": "../../secret"},
    ],
)
def test_items_are_checked(editor, product, item):
    assert editor.post(f"{API}/designs", own_item(product, **item)).status_code == 400


def test_numbers_without_end_are_not_json(editor):
    answer = editor("POST", f"{API}/designs", data='{"productId": NaN}')
    assert (answer.status_code, answer.json()["detail"]) == (400, "The request body is not valid JSON.")


def test_a_picture_is_uploaded_and_placed(editor, product):
    answer = upload(editor, picture(640, 480))
    asset = answer.json()
    shown = requests.get(asset["url"], timeout=10)
    placed = own_item(product, "image", asset=asset["id"], width=30, height=20)
    assert answer.status_code == 201
    assert (asset["width"], asset["height"]) == (640, 480)
    assert (shown.content, shown.headers["Content-Type"]) == (picture(640, 480), "image/png")
    assert editor.post(f"{API}/designs", placed).status_code == 201


@pytest.mark.parametrize("data", [b"", b"not a picture", picture(10, 10)[:40], b"<svg xmlns='x'/>"])
def test_what_is_no_picture_is_refused(editor, data):
    answer = upload(editor, data)
    assert (answer.status_code, answer.json()["detail"]) == (
        400,
        "This file is not a PNG, JPEG or WebP picture we can read.",
    )


def test_a_file_that_is_far_too_large_is_refused_in_plain_words(editor):
    answer = upload(editor, b"x" * (25 * 1024 * 1024))
    assert answer.status_code == 413
    assert answer.json()["detail"] == "This file is larger than 20 MB. Please choose a smaller one."


def test_a_gif_is_not_among_the_kinds_we_take(editor):
    assert upload(editor, picture(10, 10, "L", 0, "GIF")).status_code == 400


def test_a_picture_of_somebody_else_cannot_be_placed(editor, product, sandbox):
    asset = upload(editor_of(sandbox, "visitor-2"), picture(640, 480)).json()
    answer = editor.post(f"{API}/designs", own_item(product, "image", asset=asset["id"], width=9, height=9))
    assert answer.status_code == 400
    assert "no longer available" in answer.json()["detail"]


def test_an_enlarged_picture_is_reported(editor, product):
    asset = upload(editor, picture(400, 300)).json()
    placed = own_item(product, "image", asset=asset["id"], width=80, height=50, x=2, y=2)
    (violation,) = editor.post(f"{API}/designs", placed).json()["violations"]
    assert (violation["code"], violation["itemId"]) == ("low-resolution", "mine")
    assert "127 pixels per inch" in violation["message"]
    sharp = own_item(product, "image", asset=asset["id"], width=40, height=30, x=2, y=2)
    assert editor.post(f"{API}/designs", sharp).json()["violations"] == []


@pytest.mark.parametrize(
    ("place", "safe"),
    [
        ({"x": 2.1, "y": 10}, True),
        ({"x": 1.9, "y": 10}, False),
        ({"x": 40, "y": 52.2, "size": 10}, True),
        ({"x": 40, "y": 53.5, "size": 10}, False),
        ({"x": 82.9, "y": 10, "align": "right"}, True),
        ({"x": 84, "y": 10, "align": "right"}, False),
        ({"x": 40, "y": 25, "rotation": 90, "text": "A very long line of text indeed"}, False),
    ],
)
def test_text_keeps_two_millimetres_from_the_edge(editor, product, place, safe):
    design = own_item(product, **({"text": "Anna", "size": 12} | place))
    violations = editor.post(f"{API}/designs", design).json()["violations"]
    assert [violation["code"] for violation in violations] == ([] if safe else ["safe-area"])


def test_locked_items_are_the_templates_affair(editor, product):
    design = own_item(product, text="Edge", x=0, y=10, locked=True)
    assert editor.post(f"{API}/designs", design).json()["violations"] == []


def test_characters_nobody_can_draw_are_reported(editor, product):
    (violation,) = editor.post(f"{API}/designs", own_item(product, text="Hi 😀")).json()["violations"]
    assert violation["code"] == "missing-character"
    assert "😀" in violation["message"]


def test_the_shops_back_end_keeps_copies_and_deletes_designs(sandbox):
    design_id = sandbox.control.add_design(OWNER, REFERENCE)
    shop, path = backend(sandbox), f"/api/storage/v1/private-designs/{design_id}"
    kept = shop.post(f"{path}/retention-policy?policy=Never&ownerId={OWNER}")
    copied = shop.post(f"{path}?ownerId={OWNER}&name=Again")
    foreign = shop.get(f"{path}?ownerId=visitor-2")
    removed = shop("DELETE", f"{path}?ownerId={OWNER}")
    assert (kept.status_code, kept.content) == (200, b"")
    assert (copied.status_code, copied.json()["ownerId"]) == (201, OWNER)
    assert copied.json()["id"] != design_id
    assert (foreign.status_code, removed.status_code) == (404, 200)
    assert shop.get(f"{path}?ownerId={OWNER}").status_code == 404


def test_whose_design_it_is_has_to_be_said(sandbox):
    path = f"/api/storage/v1/private-designs/{sandbox.control.add_design(OWNER, REFERENCE)}"
    shop = backend(sandbox)
    assert shop.get(path).status_code == 400
    assert shop("DELETE", path).status_code == 400
    assert shop.post(f"{path}/retention-policy?policy=Never&ownerId=visitor-2").status_code == 404
    assert shop.get(f"{path}?ownerId={OWNER}").json()["retentionPolicy"] == "Default"


def test_the_clean_up_removes_only_old_temporary_designs(sandbox):
    kept = sandbox.control.add_design(OWNER, REFERENCE)
    shop = backend(sandbox)
    shop.post(f"/api/storage/v1/private-designs/{kept}/retention-policy?policy=Never&ownerId={OWNER}")
    sandbox.control.add_design(OWNER, REFERENCE)
    assert sandbox.control.expire_designs(older_than_seconds=60) == 0
    sandbox.control.advance(61)
    assert sandbox.control.expire_designs(older_than_seconds=60) == 1
    assert editor_of(sandbox).get(f"{API}/designs/{kept}").status_code == 200


def test_once_a_day_the_hub_removes_what_nobody_has_used_for_the_tenants_period(sandbox):
    used, unused = (sandbox.control.add_design(OWNER, REFERENCE) for _ in range(2))
    sandbox.control.switches.retention_days = 30
    sandbox.control.advance(29 * DAY)
    assert editor_of(sandbox).get(f"{API}/designs/{used}").status_code == 200
    sandbox.control.advance(2 * DAY)
    shop = backend(sandbox)
    states = [
        shop.get(f"/api/storage/v1/private-designs/{design}?ownerId={OWNER}").status_code
        for design in (used, unused)
    ]
    assert states == [200, 404]


def test_scripts_styles_and_fonts_are_served_to_any_page(sandbox):
    anybody = Caller(sandbox, None)
    script = anybody.get("/libs/us/workflow-elements/handy-editor/index.js")
    styles = anybody.get("/libs/eu/workflow-elements/handy-editor/styles.css")
    font = anybody.get("/fonts/lora-regular.ttf")
    kinds = [answer.headers["Content-Type"] for answer in (script, styles, font)]
    assert kinds == ["text/javascript; charset=utf-8", "text/css; charset=utf-8", "font/ttf"]
    for answer in (script, styles, font):
        assert answer.status_code == 200
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
    again = anybody.get(
        "/libs/us/workflow-elements/handy-editor/index.js",
        headers={"If-None-Match": script.headers["ETag"]},
    )
    assert again.status_code == 304


@pytest.mark.parametrize(
    "path",
    [
        "/libs/us/workflow-elements/%2e%2e/server.py",
        "/libs/us/workflow-elements/..%2f..%2fserver.py",
        "/libs/us/workflow-elements//etc/passwd",
        "/libs/xx/workflow-elements/handy-editor/index.js",
        "/libs/us/workflow-elements/nope/index.js",
        "/libs/us/ui-framework/..%2fserver.py",
        "/design-editor/..%2fserver.py",
        "/design-editor/api/Auth/Users/visitor-1/Tokens",
        "/fonts/..%2fserver.py",
        "/fonts/README.md",
    ],
)
def test_nothing_else_is_served(sandbox, path):
    assert Caller(sandbox, None).get(path).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/libs/us/ui-framework/editor.js",
        "/libs/us/ui-framework/drivers/default-driver.js",
        "/design-editor/Resources/Generated/IframeApi.js",
        "/design-editor/frame.html",
    ],
)
def test_the_other_families_are_served_too(sandbox, path):
    assert Caller(sandbox, None).get(path).status_code == 200


def design_editor_token(sandbox, user_id=OWNER, key="sandbox-design-editor-key"):
    return Caller(sandbox, None).post(
        f"/design-editor/api/Auth/Users/{user_id}/Tokens", headers={"X-CustomersCanvasAPIKey": key}
    )


def test_a_token_of_the_design_editor_saves_designs_of_its_user(sandbox, product):
    token = design_editor_token(sandbox).json()["tokenId"]
    assert Caller(sandbox, token).post(f"{API}/designs", body(product)).status_code == 201


def test_the_design_editor_gives_tokens_for_its_key_and_known_users_only(sandbox, editor):
    assert design_editor_token(sandbox, key="").status_code == 401
    assert design_editor_token(sandbox, key="another").status_code == 401
    assert design_editor_token(sandbox, user_id="nobody").status_code == 404
