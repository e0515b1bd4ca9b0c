"""Every call to the Hub, every way in which it can fail, and what comes of it.

The rows are data: test_failures.py makes each of them happen in the sandbox and looks whether it ends as it
says here, and docs/reference/failures.md is written from them:
`python -m tests.docs`.
"""

from .designs import COPY, DELETE, KEEP, LET_GO, LOOK_FOR
from .editor import (
    DESIGN_EDITOR_TOKEN,
    FRESH_TOKEN,
    PARAMETERS,
    PARAMETERS_BY_NUMBER,
    PREVIEW,
    SUMMARY,
    SUMMARY_BY_NUMBER,
    TOKEN,
    USER_TOKEN,
    USERS,
)
from .others import LEFT_ALONE, MERGE, WEBHOOK
from .production import (
    CREATE,
    CREATE_BUILT_IN,
    CREATE_BY_PIPELINE,
    DOWNLOAD,
    FIND,
    PIPELINE_OF_PRODUCT,
    RESTART,
    RESULTS,
    RESUME,
    SWEEP,
    TELL,
)
from .staff import STAFF_CALLS

CALLS = (
    PARAMETERS,
    SUMMARY,
    PARAMETERS_BY_NUMBER,
    SUMMARY_BY_NUMBER,
    USERS,
    USER_TOKEN,
    DESIGN_EDITOR_TOKEN,
    TOKEN,
    FRESH_TOKEN,
    PREVIEW,
    KEEP,
    LOOK_FOR,
    COPY,
    DELETE,
    LET_GO,
    FIND,
    CREATE,
    CREATE_BY_PIPELINE,
    CREATE_BUILT_IN,
    PIPELINE_OF_PRODUCT,
    RESULTS,
    DOWNLOAD,
    SWEEP,
    TELL,
    RESTART,
    RESUME,
    MERGE,
    WEBHOOK,
    *STAFF_CALLS,
)
ROWS = (*(row for call in CALLS for row in call.rows()), *LEFT_ALONE)

# What only a browser can show, with the test that shows it.
PAGE_TESTS = "tests/browser/test_editor_page.py"
CONTRACT_TESTS = "tests/browser/test_editor_contract.py"
IN_THE_BROWSER = (
    (
        "the editor's script answers 404",
        "The editor did not open. With a way back and another attempt",
        "nothing was made yet",
        f"{CONTRACT_TESTS}::test_a_missing_script_leads_to_a_way_back_and_another_attempt",
    ),
    (
        "the editor's script never loads, or defines no editor",
        "after 20 s: the editor did not open. With a way back and another attempt",
        "nothing was made yet",
        f"{PAGE_TESTS}::test_a_script_that_never_loads_or_defines_nothing_is_given_up",
    ),
    (
        "the Hub refuses the token when the design is saved",
        "that it did not work; the second attempt has a fresh token",
        "the work stays in the editor",
        f"{PAGE_TESTS}::test_a_token_that_the_hub_refuses_is_replaced_and_the_second_attempt_saves",
    ),
    (
        "the shop cannot be reached when the design is added",
        "that it did not work, and to try again",
        "the work stays in the editor",
        f"{PAGE_TESTS}::test_a_shop_that_cannot_be_reached_keeps_the_design",
    ),
    (
        "the token in the page ends",
        "nothing: the page fetches a fresh one in time",
        "everything",
        f"{CONTRACT_TESTS}::test_a_page_that_was_open_while_its_token_ended_still_saves",
    ),
)

INTRODUCTION = """# When the Hub fails

Each row is a test: it makes the failure happen in the sandbox Hub, lets the shop run into it, and looks
whether it ends as it says here, without a secret in a page, a log or an error. Written by
`python -m tests.docs`; do not edit by hand.

*Error* is what leaves `personalization.hub`. A dash: nothing does, the facade or the answer itself deals with
it. Calls that only read are repeated twice before they count as failed; calls that change something never
are. After five failed calls in a row (`CCHUB_BREAKER_FAILURES`) the Hub is left alone for 30 seconds
(`CCHUB_BREAKER_SECONDS`), and the worker looks whether it is back. What was once known of products is served
for a day meanwhile.
"""
HEAD = (
    "| the Hub | error | the shopper reads | staff see | what is kept, what goes on |\n|---|---|---|---|---|"
)


def as_markdown() -> str:
    """docs/reference/failures.md."""
    parts = [INTRODUCTION]
    section = ""
    for row in ROWS:
        if row.call != section:
            section = row.call
            parts.append(f"\n## {section}\n\n{HEAD}\n")
        error = f"`{row.error}`" if row.error else "—"
        outcome = row.outcome
        cells = (row.failure.title, error, outcome.shopper, outcome.staff, outcome.kept)
        parts.append(f"| {' | '.join(cells)} |\n")
    parts.append(
        "\n## In the browser\n\n| what happens | the shopper reads | what is kept |\n|---|---|---|\n"
    )
    parts += [f"| {title} | {shopper} | {kept} |\n" for title, shopper, kept, _ in IN_THE_BROWSER]
    return "".join(parts)
