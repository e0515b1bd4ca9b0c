"""From the order to the print files, and what staff can do when they do not come."""

from dataclasses import replace

from .kinds import (
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

WAITING = "the order, being made"
GOES_ON = Outcome(WAITING, "nothing", "one project in the Hub", {"status": "rendering", "made": 1})
NOT_CREATED = Outcome(
    WAITING,
    "a warning; the cause at the order line",
    "no project yet; asked again with growing pauses, without end",
    {"status": "creating", "attempts": 1, "made": 0},
)
UNKNOWN_OUTCOME = Outcome(
    WAITING,
    "a warning or an error; the cause at the order line",
    "before the next attempt the Hub's list is searched, so no second project is made",
    {"status": "creating", "attempts": 1, "made": 1},
)
WAITS_FOR_SETTINGS = "an error that names the settings; the cause at the order line"
CREATED_WHEN_MENDED = Outcome(
    WAITING,
    WAITS_FOR_SETTINGS,
    "no project yet; asked again until the settings are mended",
    {"status": "creating", "attempts": 0, "made": 0},
)
UNREADABLE_LIST = Outcome(
    WAITING,
    "an error; the cause at the order line",
    "no project yet; fails after eight attempts",
    {"status": "creating", "attempts": 1, "made": 0},
)
REFUSED = Outcome(
    "the order; the shop gets in touch",
    "the line is Failed, with the Hub's words, and can be recreated",
    "the order and the design",
    {"status": "failed", "made": 0},
)
FIND = Call(
    "Looking for an earlier project of the line",
    "create",
    "projects.list",
    {
        NONE: GOES_ON,
        UNAVAILABLE: NOT_CREATED,
        CONTRACT: UNREADABLE_LIST,
        FORBIDDEN: CREATED_WHEN_MENDED,
        **dict.fromkeys((REJECTED, NOT_FOUND), REFUSED),
    },
    STATUSES | {"malformed": CONTRACT, "nulls": NONE},
    methods=("find_projects",),
)
CREATE = Call(
    "Creating the project",
    "create",
    "projects.create",
    {
        NONE: GOES_ON,
        UNAVAILABLE: NOT_CREATED,
        CONTRACT: UNKNOWN_OUTCOME,
        FORBIDDEN: CREATED_WHEN_MENDED,
        **dict.fromkeys((REJECTED, NOT_FOUND), REFUSED),
    },
    JSON,
    (
        (fault("does it, but answers too late", "late", seconds=5), UNAVAILABLE, UNKNOWN_OUTCOME),
        (fault("does it, but the answer is lost", "reset-after"), UNAVAILABLE, UNKNOWN_OUTCOME),
        (fault("answers 200 instead of 201", "as-status", status=200), NONE, GOES_ON),
        (fault("answers 400", status=400), REJECTED, REFUSED),
        (
            Failure("the design has expired since it was put in the cart", act="expire_designs"),
            REJECTED,
            REFUSED,
        ),
    ),
    methods=("create_project",),
)

CREATE_BY_PIPELINE = replace(
    CREATE,
    title="Creating the project by a given pipeline",
    scene="create-by-pipeline",
    methods=("create_project_by_pipeline",),
)
CREATE_BUILT_IN = replace(
    CREATE,
    title="Creating the project by the built-in rendering",
    scene="create-built-in",
    methods=("create_project_by_hires_rendering",),
)
PIPELINE_OF_PRODUCT = Call(
    "Creating the project of a product without reference: which pipeline",
    "create-by-number",
    "products.get",
    {
        NONE: GOES_ON,
        UNAVAILABLE: NOT_CREATED,
        CONTRACT: UNREADABLE_LIST,
        FORBIDDEN: CREATED_WHEN_MENDED,
        **dict.fromkeys((REJECTED, NOT_FOUND), REFUSED),
    },
    JSON,
    methods=("product",),
)

LOOK_LATER = Outcome(
    WAITING,
    "a warning; the cause at the order line",
    "looked at again later",
    {"status": "rendering", "attempts": 1},
)
LOOK_ERROR = Outcome(
    WAITING,
    "an error; the cause at the order line",
    "looked at again later",
    {"status": "rendering", "attempts": 1},
)
LOOKED_AT_WHEN_MENDED = Outcome(
    WAITING,
    WAITS_FOR_SETTINGS,
    "looked at again until the settings are mended",
    {"status": "rendering", "attempts": 0},
)
LOOK_HOPELESS = Outcome(
    WAITING,
    "an error; the cause at the order line",
    "looked at again; Failed after eight unreadable answers",
    {"status": "rendering", "attempts": 1},
)
STILL_RENDERS = Outcome(
    WAITING, "the Hub's own word at the order line", "looked at again later", {"status": "rendering"}
)
READY = Outcome(
    "the order, made", "the files, ready to download", "the print files", {"status": "ready", "files": 1}
)
FAILED = Outcome(
    "the order; the shop gets in touch",
    "the line is Failed, with the Hub's words; restart, resume or recreate",
    "the order and the design",
    {"status": "failed", "files": 0},
)


def trouble(title: str, kind: str) -> Failure:
    return Failure(title, trouble=kind)


RESULTS = Call(
    "Looking at a project that renders",
    "look",
    "projects.results",
    {
        NONE: READY,
        UNAVAILABLE: LOOK_LATER,
        CONTRACT: LOOK_HOPELESS,
        FORBIDDEN: LOOKED_AT_WHEN_MENDED,
        **dict.fromkeys((REJECTED, NOT_FOUND), LOOK_ERROR),
    },
    {name: error for name, error in JSON.items() if name not in ("unknown-enum", "nulls")},
    (
        (FAILURES["unknown-enum"], NONE, STILL_RENDERS),
        (FAILURES["nulls"], NONE, STILL_RENDERS),
        (trouble("the rendering fails", "fail"), NONE, FAILED),
        (trouble("the rendering never starts", "stuck-pending"), NONE, STILL_RENDERS),
        (trouble("the rendering never ends", "stuck"), NONE, STILL_RENDERS),
        (trouble("completed without files", "no-files"), NONE, FAILED),
        (Failure("the design is gone when it is rendered", act="expire_designs"), NONE, READY),
    ),
    methods=("processing_results",),
)
FETCH_LATER = Outcome(
    WAITING,
    "a warning; the cause at the order line",
    "no file is kept; fetched again later",
    {"status": "fetching", "files": 0, "attempts": 1},
)
FETCHED_WHEN_MENDED = Outcome(
    WAITING,
    WAITS_FOR_SETTINGS,
    "no file is kept; fetched again until the settings are mended",
    {"status": "fetching", "files": 0, "attempts": 0},
)
FETCH_HOPELESS = Outcome(
    WAITING,
    "an error; the cause at the order line",
    "no file is kept; fetched again, Failed after eight attempts",
    {"status": "fetching", "files": 0, "attempts": 1},
)
DOWNLOAD = Call(
    "Fetching a print file",
    "look",
    "artifacts.file",
    {
        NONE: READY,
        UNAVAILABLE: FETCH_LATER,
        FORBIDDEN: FETCHED_WHEN_MENDED,
        **dict.fromkeys((REJECTED, NOT_FOUND, CONTRACT), FETCH_HOPELESS),
    },
    STATUSES,
    (
        (trouble("the download breaks off", "truncated"), UNAVAILABLE, FETCH_LATER),
        (trouble("the file is gone", "missing"), NOT_FOUND, FETCH_HOPELESS),
        (trouble("the download is a web page", "wrong-type"), CONTRACT, FETCH_HOPELESS),
        (trouble("the file cannot be opened", "unreadable"), NONE, FETCH_HOPELESS),
        (
            trouble("redirects into a private network: not followed, no token shown", "redirected"),
            CONTRACT,
            FETCH_HOPELESS,
        ),
        (
            trouble("the file's address names an unknown host: asked at the gateway instead", "wrong-host"),
            NONE,
            READY,
        ),
    ),
    methods=("open_artifact",),
)
SWEPT = Outcome(WAITING, "nothing", "everything", {"status": "ready"})
SWEEP_LATER = Outcome(
    WAITING, "a warning with the cause", "looked at again in 30 s", {"status": "rendering", "attempts": 0}
)
SWEEP = Call(
    "Asking which projects have changed",
    "sweep",
    "projects.list",
    {NONE: SWEPT, **dict.fromkeys((UNAVAILABLE, FORBIDDEN, REJECTED, NOT_FOUND, CONTRACT), SWEEP_LATER)},
    STATUSES | {"malformed": CONTRACT},
    methods=("changed_projects",),
)
TOLD = Outcome(WAITING, "the status in the Hub", "everything", {"told": "active", "due": False})
TELL_LATER = Outcome(
    WAITING,
    "a warning or an error in the log",
    "told again later; nothing waits for it",
    {"told": "", "due": True},
)
TELL = Call(
    "Telling the Hub how the order stands",
    "tell",
    "projects.force-status",
    {NONE: TOLD, **dict.fromkeys((UNAVAILABLE, FORBIDDEN, REJECTED, NOT_FOUND, CONTRACT), TELL_LATER)},
    STATUSES | {"malformed": CONTRACT, "nulls": NONE},
    methods=("force_project_status",),
)

# ——— repairs by staff ———

REPAIRED = Outcome(WAITING, "the line renders again", "everything", {"status": "rendering"})
NOT_REPAIRED = Outcome(
    "nothing", "why not, and what to do instead", "the line stays Failed", {"status": "failed"}
)
RESTART = Call(
    "Restarting a failed project",
    "restart",
    "projects.restart",
    {NONE: REPAIRED, **dict.fromkeys((UNAVAILABLE, FORBIDDEN, REJECTED, NOT_FOUND), NOT_REPAIRED)},
    STATUSES,
    methods=("restart_processing",),
)
RESUME = replace(
    RESTART,
    title="Resuming a failed project",
    scene="resume",
    endpoint="projects.resume",
    methods=("resume_processing",),
)
