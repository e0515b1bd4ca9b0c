"""The editor page, its token and the pictures of designs."""

from dataclasses import replace

from .kinds import (
    AWAY,
    CONTRACT,
    FAILURES,
    FORBIDDEN,
    JSON,
    NONE,
    NOT_FOUND,
    REJECTED,
    STATUSES,
    UNAVAILABLE,
    Call,
    Failure,
    Outcome,
    fault,
)

BREAK = "Our design studio is taking a short break. Please try again in a minute."
CART_KEPT = "the cart, designs and the quantity chosen"
OPENS = Outcome("the editor", "nothing", CART_KEPT, {"status": 200})
OPEN_UNAVAILABLE = Outcome(BREAK, "a warning with the call and its status", CART_KEPT, {"status": 503})
OPEN_SETUP = Outcome(
    BREAK, "an error that names the call, and the settings to check", CART_KEPT, {"status": 503}
)
OPEN_ERRORS = {
    NONE: OPENS,
    UNAVAILABLE: OPEN_UNAVAILABLE,
    FORBIDDEN: OPEN_SETUP,
    REJECTED: OPEN_SETUP,
    CONTRACT: OPEN_SETUP,
}
NOT_CONNECTED = Outcome(
    "This product cannot be personalized yet. We are getting it ready.",
    "an error with the SKU",
    CART_KEPT,
    {"status": 404},
)
NOT_SET_UP = Outcome(
    "The editor of this product is not set up properly. We are looking into it, please try later.",
    "an error that says what is wrong with the workflow",
    CART_KEPT,
    {"status": 503},
)
NOT_ONLINE = Outcome(
    "This product cannot be personalized online. Please have a look at our other products.",
    "an error that names the element",
    CART_KEPT,
    {"status": 503},
)
NO_EDITOR = Outcome(
    "We cannot open the editor of this product yet. Please have a look at our other products.",
    "an error that names the workflow type",
    CART_KEPT,
    {"status": 503},
)
NOT_AVAILABLE = Outcome(
    "This option cannot be personalized at the moment. Please choose another one.",
    "an error with the SKU",
    CART_KEPT,
    {"status": 503},
)


def workflow(title: str, choice: str) -> Failure:
    return Failure(title, switches={"workflow": choice})


def sku(title: str, choice: str) -> Failure:
    return Failure(title, switches={"sku": choice})


PARAMETERS = Call(
    "Opening the editor: which editor, which workflow",
    "open",
    "references.parameters",
    OPEN_ERRORS | {NOT_FOUND: NOT_CONNECTED},
    {name: error for name, error in JSON.items() if name not in ("unknown-enum", "nulls")},
    (
        (FAILURES["unknown-enum"], NONE, NO_EDITOR),
        (FAILURES["nulls"], NONE, NO_EDITOR),
        (workflow("the workflow is empty", "empty"), NONE, NOT_SET_UP),
        (workflow("the workflow is no JSON", "not-json"), NONE, NOT_SET_UP),
        (workflow("the workflow names an unknown component", "unknown-component"), NONE, NOT_SET_UP),
        (workflow("the workflow names the template editor", "template-editor"), NONE, NOT_ONLINE),
        (workflow("the workflow has several elements, one an editor", "several"), NONE, OPENS),
        (
            workflow("the workflow has several elements, none an editor", "several-without-editor"),
            NONE,
            NOT_ONLINE,
        ),
    ),
    methods=("personalization_parameters",),
)
SUMMARY = Call(
    "Opening the editor: the chosen SKU",
    "open",
    "references.summary",
    OPEN_ERRORS | {NOT_FOUND: OPENS},
    JSON | {"nulls": NONE},
    (
        (sku("the SKU is not mapped", "not-mapped"), NONE, OPENS),
        (sku("the variant is not available", "unavailable"), NONE, NOT_AVAILABLE),
        (sku("the price is null", "no-price"), NONE, OPENS),
    ),
    methods=("product_summary",),
)
PARAMETERS_BY_NUMBER = replace(
    PARAMETERS,
    title="Opening the editor of a product without reference: which editor, which workflow",
    scene="open-by-number",
    endpoint="products.parameters",
)
SUMMARY_BY_NUMBER = replace(
    SUMMARY,
    title="Opening the editor of a product without reference: the chosen SKU",
    scene="open-by-number",
    endpoint="products.summary",
)
USERS = Call(
    "Opening the editor: making the shopper known",
    "open",
    "users.get",
    OPEN_ERRORS,
    STATUSES | {"404": NONE, "malformed": NONE, "nulls": NONE},
    methods=("ensure_storefront_user",),
)
USER_TOKEN = Call(
    "Opening the editor: the shopper's token",
    "open",
    "users.token",
    OPEN_ERRORS | {NOT_FOUND: OPEN_SETUP},
    STATUSES | {"malformed": CONTRACT},
    ((fault("answers 404 once: the Hub has lost the shopper", status=404, times=1), NOT_FOUND, OPENS),),
    methods=("storefront_user_token",),
)
DESIGN_EDITOR_TOKEN = Call(
    "Opening the Design Editor: its token",
    "open-design-editor",
    "design-editor.tokens",
    OPEN_ERRORS | {NOT_FOUND: NOT_CONNECTED},
    {
        **{name: error for name, error in STATUSES.items() if name != "revoked"},
        "malformed": CONTRACT,
    },
    methods=("design_editor_token",),
)
WRONG_SECRET = Failure("refuses the client id or secret", settings={"CLIENTSECRET": "not-the-secret"})
TOKEN = Call(
    "The shop's access token",
    "open",
    "token",
    OPEN_ERRORS,
    AWAY | {"404": CONTRACT, "malformed": CONTRACT},
    (
        (WRONG_SECRET, FORBIDDEN, OPEN_SETUP),
        (fault("answers 200 with a web page", "html", status=200), CONTRACT, OPEN_SETUP),
        (Failure("gives tokens that end after a second", switches={"access_token_seconds": 1}), NONE, OPENS),
        (Failure("revokes all tokens", act="revoke_tokens"), NONE, OPENS),
    ),
)

# ——— an editor that is open ———

WORK_STAYS = "the work stays in the editor; the page asks again by itself"
TOKEN_FRESH = Outcome("nothing: the editor goes on", "nothing", "everything", {"status": 200})
TOKEN_AWAY = Outcome(BREAK, "a warning with the cause", WORK_STAYS, {"status": 503})
FRESH_TOKEN = Call(
    "A fresh token for an open editor",
    "fresh-token",
    "users.token",
    dict.fromkeys((UNAVAILABLE, FORBIDDEN, REJECTED, NOT_FOUND, CONTRACT), TOKEN_AWAY) | {NONE: TOKEN_FRESH},
    STATUSES | {"malformed": CONTRACT},
    methods=("storefront_user_token",),
)

# ——— pictures ———

COPIED = Outcome("the shop's own picture", "nothing", "everything", {"copied": True, "due": False})
COPY_LATER = Outcome(
    "the Hub's picture for now",
    "a warning with the cause",
    "the design is in the cart; the copy is tried four times more, up to three hours later",
    {"copied": False, "due": True, "attempts": 1},
)
PREVIEW = Call(
    "Copying a design's preview",
    "preview",
    "previews.design",
    {
        NONE: COPIED,
        **dict.fromkeys((UNAVAILABLE, FORBIDDEN, REJECTED, NOT_FOUND, CONTRACT), COPY_LATER),
    },
    {name: error for name, error in STATUSES.items() if name not in ("revoked", "401")},
    ((fault("answers with a web page", "html", status=200), CONTRACT, COPY_LATER),),
    methods=("fetch_preview",),
)
