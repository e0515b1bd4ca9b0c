"""What editors and the order desk ask the Hub: choosing, importing, comparing, looking things up."""

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
)

NOBODY = "nothing: no shopper waits for it"
REFUSALS = (FORBIDDEN, REJECTED, NOT_FOUND, CONTRACT)
TEXTS = {
    "away": "“Customer's Canvas Hub does not answer at the moment.”",
    "refused": "“Customer's Canvas Hub refused the shop's question.”",
}


def said(key: str, kept: str, staff: str = "") -> Outcome:
    """Staff read it where they asked."""
    return Outcome(NOBODY, staff or TEXTS[key], kept, {"says": key})


def in_place(kept: str, done: str, refusals=REFUSALS) -> dict[str, Outcome]:
    """The page in which somebody asked says what is the matter."""
    return {
        NONE: said("done", kept, done),
        UNAVAILABLE: said("away", kept),
        **dict.fromkeys(refusals, said("refused", kept)),
    }


# ——— choosing, in the page editor ———

TYPED = "the form with all that was entered; it can be typed instead"
CHOOSE_PRODUCT = Call(
    "Page editor: the list of products",
    "choose-product",
    "products.list",
    in_place(TYPED, "the list"),
    {**JSON, "nulls": NONE},
    methods=("products",),
)
CHOOSE_CONNECTED = Call(
    "Page editor: the list of connected products",
    "choose-connected",
    "references.list",
    in_place(TYPED, "the list"),
    {**JSON, "nulls": NONE},
    methods=("product_references",),
)
CHOOSE_PIPELINE = Call(
    "Page editor: the list of pipelines",
    "choose-pipeline",
    "pipelines.list",
    in_place(TYPED, "the list"),
    {**JSON, "nulls": NONE},
    methods=("processing_pipelines",),
)
BY_NUMBER = Outcome(NOBODY, "the product, chosen by its number", "everything", {"by": "number"})
PICK_PRODUCT = Call(
    "Page editor: is the product that was picked connected?",
    "pick-product",
    "references.list",
    {
        NONE: Outcome(NOBODY, "the product, chosen by its reference", "everything", {"by": "reference"}),
        **dict.fromkeys((UNAVAILABLE, *REFUSALS), BY_NUMBER),
    },
    {name: error for name, error in JSON.items() if name != "nulls"},
    methods=("product_references",),
)
NO_PICTURE = Outcome(
    NOBODY, "the name without its picture", "the list, which is there already", {"status": 503}
)
PICTURED = {
    NONE: Outcome(NOBODY, "the picture", "everything", {"status": 200}),
    **dict.fromkeys((UNAVAILABLE, *REFUSALS), NO_PICTURE),
    NOT_FOUND: Outcome(
        NOBODY, "the name without its picture", "the list, which is there already", {"status": 404}
    ),
}
PICTURE_OF = Call(
    "Page editor: where a product's picture is",
    "picture",
    "products.get",
    PICTURED,
    JSON,
    methods=("product",),
)
PICTURE = Call(
    "Page editor: a product's picture",
    "picture",
    "previews.product",
    PICTURED,
    {name: error for name, error in STATUSES.items() if name not in ("revoked", "401")},
    methods=("fetch_preview",),
)

# ——— importing ———

NOTHING_MADE = "no page, no picture"
NOT_IMPORTED = {
    NONE: said("done", "the draft with everything that the Hub has", "the draft"),
    UNAVAILABLE: said("away", NOTHING_MADE, "“Nothing was imported: the Hub does not answer.”"),
    **dict.fromkeys(
        REFUSALS,
        said("refused", NOTHING_MADE, "“Nothing was imported: the Hub refused the shop's question.”"),
    ),
}
GONE = said("gone", NOTHING_MADE, "“The Hub does not have this product any more.”")
IMPORT_PRODUCT = Call(
    "Importing: the product",
    "import",
    "products.get",
    NOT_IMPORTED | {NOT_FOUND: GONE},
    JSON,
    methods=("product",),
)
IMPORT_VARIANTS = Call(
    "Importing: its variants",
    "import",
    "products.variants",
    NOT_IMPORTED | {NOT_FOUND: GONE},
    {name: error for name, error in JSON.items() if name != "nulls"},
    methods=("product_variants",),
)
IMPORT_CONNECTION = Call(
    "Importing: its product reference",
    "import",
    "references.list",
    NOT_IMPORTED | {NOT_FOUND: GONE},
    {name: error for name, error in JSON.items() if name != "nulls"},
    methods=("product_references",),
)
PLAINER = said(
    "plainer", "the draft without these pictures", "the draft, and a note which pictures are missing"
)
IMPORT_VARIANT_PICTURES = Call(
    "Importing: where the pictures of its variants are",
    "import",
    "products.variant-designs",
    NOT_IMPORTED | dict.fromkeys((UNAVAILABLE, *REFUSALS), PLAINER),
    {name: error for name, error in JSON.items() if name != "nulls"},
    methods=("variant_pictures",),
)
IMPORT_PICTURES = Call(
    "Importing: the pictures",
    "import",
    "previews.product",
    NOT_IMPORTED | dict.fromkeys((UNAVAILABLE, *REFUSALS), PLAINER),
    {name: error for name, error in STATUSES.items() if name not in ("revoked", "401")},
    methods=("fetch_preview",),
)

# ——— comparing a page with the Hub ———

PAGE_KEPT = "the page; the check can be asked for again"
CHECKED = in_place(PAGE_KEPT, "the comparison")


def found(kind: str, words: str) -> Outcome:
    return said(kind, PAGE_KEPT, f"the comparison: “{words}”")


CHECK_REFERENCE = Call(
    "Check of the mapping: the product reference",
    "check",
    "references.get",
    CHECKED | {NOT_FOUND: found("not-connected", "Not connected in the Hub.")},
    {name: error for name, error in JSON.items() if name != "nulls"},
    methods=("product_reference",),
)
CHECK_EDITOR = Call(
    "Check of the mapping: the editor",
    "check",
    "references.parameters",
    CHECKED | {NOT_FOUND: found("no-editor", "The product has no personalization workflow in the Hub.")},
    {name: error for name, error in JSON.items() if name not in ("nulls", "unknown-enum")},
    methods=("personalization_parameters",),
)
CHECK_VARIANTS = Call(
    "Check of the mapping: the SKUs",
    "check",
    "products.variants",
    CHECKED,
    {name: error for name, error in JSON.items() if name != "nulls"},
    methods=("product_variants",),
)
CHECK_PRODUCT = Call(
    "Check of the mapping: the product", "check", "products.get", CHECKED, JSON, methods=("product",)
)
CHECK_PIPELINE = Call(
    "Check of the mapping: the pipeline",
    "check",
    "pipelines.get",
    CHECKED | {NOT_FOUND: found("no-pipeline", "There is no processing pipeline 31 in the Hub.")},
    JSON,
    methods=("processing_pipeline",),
)
PUBLISHED = "the page is published whatever the Hub says"
NOT_COMPARED = said("refused", PUBLISHED, "“The Hub refused to say whether it knows its SKUs.”")
PUBLISH = Call(
    "After publishing a product: do the SKUs fit?",
    "publish",
    "references.get",
    {
        NONE: said("done", PUBLISHED, "nothing"),
        UNAVAILABLE: said("later", PUBLISHED, "that the report will tell"),
        **dict.fromkeys(REFUSALS, NOT_COMPARED),
        NOT_FOUND: said("not-connected", PUBLISHED, "“Not connected in the Hub.”"),
    },
    {name: error for name, error in JSON.items() if name != "nulls"},
    methods=("product_reference",),
)
AS_IT_WAS = Outcome(
    NOBODY, "a warning with the cause", "what the report said before; compared the next night", {"issues": 1}
)
NIGHTLY = Call(
    "Nightly comparison for the report of differences",
    "report",
    "references.get",
    {
        NONE: Outcome(NOBODY, "the report", "everything", {"issues": 1}),
        **dict.fromkeys((UNAVAILABLE, *REFUSALS), AS_IT_WAS),
        NOT_FOUND: Outcome(NOBODY, "the report: not connected in the Hub", "everything", {"issues": 1}),
    },
    {name: error for name, error in JSON.items() if name != "nulls"},
    methods=("product_reference",),
)

# ——— the order desk and the doctor ———

DESK_KEPT = "the order, and what the shop knows of it"
ASK_PROJECT = Call(
    "Order desk: what the Hub says about a project",
    "desk",
    "projects.get",
    {
        NONE: said("done", DESK_KEPT, "the Hub's answer"),
        **dict.fromkeys(
            (UNAVAILABLE, FORBIDDEN, REJECTED, CONTRACT),
            said("trouble", DESK_KEPT, "“The Hub does not answer properly now”, and how"),
        ),
        NOT_FOUND: said("gone", DESK_KEPT, "“The Hub knows no such project (any more).”"),
    },
    JSON,
    methods=("project",),
)
DOCTOR = Call(
    "Doctor: which projects the Hub has",
    "doctor",
    "projects.list",
    {
        NONE: Outcome(NOBODY, "the doctor's report", "everything", {"compared": True}),
        **dict.fromkeys(
            (UNAVAILABLE, *REFUSALS),
            Outcome(
                NOBODY,
                "an error; the doctor's report says that the Hub could not be compared, and why",
                "what the doctor finds without the Hub",
                {"compared": False},
            ),
        ),
    },
    {name: error for name, error in JSON.items() if name != "nulls"},
    methods=("projects_created",),
)

STAFF_CALLS = (
    CHOOSE_PRODUCT,
    CHOOSE_CONNECTED,
    CHOOSE_PIPELINE,
    PICK_PRODUCT,
    PICTURE_OF,
    PICTURE,
    IMPORT_PRODUCT,
    IMPORT_VARIANTS,
    IMPORT_CONNECTION,
    IMPORT_VARIANT_PICTURES,
    IMPORT_PICTURES,
    CHECK_REFERENCE,
    CHECK_EDITOR,
    CHECK_VARIANTS,
    CHECK_PRODUCT,
    CHECK_PIPELINE,
    PUBLISH,
    NIGHTLY,
    ASK_PROJECT,
    DOCTOR,
)
