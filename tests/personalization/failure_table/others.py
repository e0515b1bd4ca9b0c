"""Logins, call-backs of the pipeline, and calls that are not made because the Hub is left alone."""

from typing import Any

from .designs import COPY_AWAY, NOBODY_KNOWS
from .editor import BREAK, CART_KEPT, TOKEN_AWAY
from .kinds import (
    CONTRACT,
    FORBIDDEN,
    NONE,
    NOT_ASKED,
    NOT_FOUND,
    REJECTED,
    STATUSES,
    UNAVAILABLE,
    Call,
    Failure,
    Outcome,
    Row,
    fault,
)
from .production import NOT_REPAIRED, TELL_LATER, WAITING

MERGED = Outcome("the designs, in the account", "nothing", "everything", {"merge": "done"})
MERGE_LATER = Outcome(
    "the designs, in the account", "a warning with the cause", "the Hub is asked again", {"merge": "waiting"}
)
MERGE_REFUSED = Outcome(
    "the designs, in the account",
    "an error with the Hub's words",
    "the designs are printed as the visitor's",
    {"merge": "given_up"},
)
MERGE = Call(
    "Merging a visitor into an account",
    "merge",
    "users.merge",
    {
        NONE: MERGED,
        UNAVAILABLE: MERGE_LATER,
        FORBIDDEN: MERGE_LATER,
        NOT_FOUND: MERGED,
        REJECTED: MERGED,
        CONTRACT: MERGE_LATER,
    },
    STATUSES,
    ((fault("answers 400", status=400), REJECTED, MERGE_REFUSED),),
    methods=("merge_storefront_users",),
)

# ——— call-backs, and no calls at all ———

HEARD = Outcome(
    "the order, made", "the hint, stored", "everything", {"answer": 202, "hints": 1, "status": "ready"}
)
HEARD_EARLY = Outcome(
    WAITING,
    "the hint, stored",
    "looked at for ten seconds, then by the sweep",
    {"answer": 202, "hints": 1, "status": "rendering"},
)
HEARD_NOTHING = Outcome(
    WAITING, "the hint, stored", "nothing changes", {"answer": 202, "hints": 1, "status": "rendering"}
)
NOT_HEARD = Outcome(
    WAITING, "403 in the access log", "nothing is stored", {"answer": 403, "hints": 0, "status": "rendering"}
)


def call_back(title: str, choice: str = "", **options: Any) -> Failure:
    return Failure(title, switches={"call_back": choice}, **options)


WEBHOOK = Call(
    "A call-back of the pipeline",
    "webhook",
    "",
    {},
    {},
    (
        (Failure("is sent twice", switches={"webhook_repeats": 2}), NONE, HEARD),
        (call_back("has the project's id as a number", "numbers"), NONE, HEARD),
        (call_back("comes before the project is completed", is_early=True), NONE, HEARD_EARLY),
        (call_back("has a wrong secret", "wrong-secret"), NONE, NOT_HEARD),
        (call_back("is about a project that nobody knows", "unknown-project"), NONE, HEARD_NOTHING),
    ),
)


def left_alone(title: str, scene: str, outcome: Outcome, error: str = NOT_ASKED) -> Row:
    failure = Failure(title, is_left_alone=True)
    return Row("Any call while the Hub is left alone", failure, error, outcome, scene, "")


AT_ONCE = {"status": 503}
WAITS = "waits for the Hub; the wait is no attempt"
NOT_SWEPT = Outcome(
    WAITING,
    "that the Hub is left alone, on the home page",
    "the sweep wakes nothing until its probe finds the Hub back",
    {"status": "rendering", "attempts": 0},
)
LEFT_ALONE = (
    left_alone(
        "opening the editor", "open", Outcome(BREAK, "a warning with the last failure", CART_KEPT, AT_ONCE)
    ),
    left_alone("a fresh token", "fresh-token", TOKEN_AWAY),
    left_alone(
        "copying a preview",
        "preview",
        Outcome("the Hub's picture for now", "nothing", WAITS, {"due": True, "attempts": 0}),
    ),
    left_alone(
        "retention of a design",
        "keep",
        Outcome("until when it is kept", "a warning with the last failure", WAITS, {"attempts": 0}),
    ),
    left_alone("looking for a design", "look-for", NOBODY_KNOWS),
    left_alone("copying an ordered design", "copy", COPY_AWAY),
    left_alone(
        "deleting a design",
        "delete-design",
        Outcome(
            "nothing: it is gone from the shop",
            "a warning with the last failure",
            WAITS,
            {"left": 1, "attempts": 0},
        ),
    ),
    left_alone(
        "creating a project",
        "create",
        Outcome(
            WAITING, "the cause at the order line", WAITS, {"status": "creating", "attempts": 0, "made": 0}
        ),
    ),
    left_alone(
        "looking at a project",
        "look",
        Outcome(WAITING, "the cause at the order line", WAITS, {"status": "rendering", "attempts": 0}),
    ),
    left_alone("asking for changes", "sweep", NOT_SWEPT, error=NONE),
    left_alone("telling the status", "tell", TELL_LATER),
    left_alone("restarting a project", "restart", NOT_REPAIRED),
    left_alone("merging a visitor", "merge", MERGE_LATER),
)
