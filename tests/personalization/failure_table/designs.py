"""Retention of designs in the Hub, copying them, and what becomes of those that nobody needs."""

from .editor import BREAK
from .kinds import (
    CONTRACT,
    FORBIDDEN,
    JSON,
    NONE,
    NOT_FOUND,
    REJECTED,
    STATUSES,
    UNAVAILABLE,
    Call,
    Outcome,
    fault,
)

LOST = fault("does it, but the answer is lost", "reset-after", times=1)

# ——— retention ———

KEPT = Outcome("until when it is kept", "nothing", "everything", {"gone": False, "attempts": 0})
KEEP_LATER = Outcome(
    "until when it is kept",
    "a warning or an error with the cause",
    "the design; the Hub is told again after a pause that grows up to six hours",
    {"gone": False, "attempts": 1},
)
GONE = Outcome(
    "in the cart: Your design is no longer available. Remove it and personalize the product again.",
    "a warning with the design",
    "the cart, whose other lines can be ordered; the Hub is asked again every hour",
    {"gone": True, "attempts": 0},
)
KEEP = Call(
    "Retention of a design in the Hub",
    "keep",
    "designs.retention",
    dict.fromkeys((UNAVAILABLE, FORBIDDEN, REJECTED), KEEP_LATER) | {NONE: KEPT, NOT_FOUND: GONE},
    STATUSES,
    ((LOST, UNAVAILABLE, KEEP_LATER),),
    methods=("keep_private_design",),
)

# ——— looking ———

FOUND = Outcome("the design", "nothing", "everything", {"found": True, "gone": False})
NOBODY_KNOWS = Outcome(
    "the design, as if it were there",
    "a warning or an error with the cause",
    "everything",
    {"found": None, "gone": False},
)
NOT_THERE = Outcome(
    "that it is no longer available, and how to start anew",
    "nothing",
    "orders and their print files",
    {"found": False, "gone": True},
)
LOOK_FOR = Call(
    "Looking whether the Hub still has a design",
    "look-for",
    "designs.get",
    dict.fromkeys((UNAVAILABLE, FORBIDDEN, REJECTED, CONTRACT), NOBODY_KNOWS) | {NONE: FOUND},
    {name: error for name, error in JSON.items() if name not in ("404", "wrong-types")}
    | {"wrong-types": NONE},
    ((fault("answers 404", status=404), NONE, NOT_THERE),),
    methods=("has_private_design",),
)

# ——— copying ———

ORDER_STAYS = "the order and its design; no row is made, and what was copied is removed by the clean-up"
OPENS_COPY = Outcome(
    "the editor with a copy; the order stays as it is", "nothing", "everything", {"status": 200, "designs": 2}
)
COPY_AWAY = Outcome(BREAK, "a warning with the cause", ORDER_STAYS, {"status": 503, "designs": 1})
COPY_GONE = Outcome(
    "This design is no longer available. Please personalize the product again.",
    "a warning with the design",
    "the order and its print files",
    {"status": 410, "designs": 1},
)
COPY = Call(
    "Copying an ordered design to go on with it",
    "copy",
    "designs.copy",
    dict.fromkeys((UNAVAILABLE, FORBIDDEN, REJECTED, CONTRACT), COPY_AWAY)
    | {NONE: OPENS_COPY, NOT_FOUND: COPY_GONE},
    JSON | {"wrong-types": NONE},
    (
        (LOST, UNAVAILABLE, COPY_AWAY),
        (fault("copies, but answers 200", "as-status", status=200, times=1), NONE, OPENS_COPY),
    ),
    methods=("copy_private_design",),
)

# ——— the end of a design ———

ENDED = Outcome("nothing: it is gone from the shop", "nothing", "nothing is left", {"left": 0})
END_LATER = Outcome(
    "nothing: it is gone from the shop",
    "a warning or an error with the cause",
    "the ids under which the Hub has it; it is asked again after a pause that grows up to six hours",
    {"left": 1, "attempts": 1},
)
ENDS = dict.fromkeys((UNAVAILABLE, FORBIDDEN, REJECTED), END_LATER) | {NONE: ENDED, NOT_FOUND: ENDED}
DELETE = Call(
    "Deleting a design",
    "delete-design",
    "designs.delete",
    ENDS,
    STATUSES,
    ((LOST, UNAVAILABLE, END_LATER),),
    methods=("delete_private_design",),
)
LET_GO = Call(
    "Letting a design go whose time is over",
    "let-go",
    "designs.retention",
    ENDS,
    STATUSES,
    ((LOST, UNAVAILABLE, END_LATER),),
    methods=("let_private_design_go",),
)
