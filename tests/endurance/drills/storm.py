"""A Hub that errs all the time: still one project for each line."""

import re
import time

from ..report import table
from ..services import description
from ..settling import settle
from ..shop import Shop, running_shop
from ..shopping import Street
from ..verdict import Verdict, judge

ODDS = {"errors": 0.30, "lost_answers": 0.10, "too_many": 0.05}
LINES_OF_AN_ORDER = 10
SETTLE_SECONDS = 2400
# How the shop's log tells of a call that went wrong.
TROUBLE = re.compile(r" personalization\.hub: (?:GET|POST|PUT) \S+: (\w+) in \d+ ms")


def storm(*, lines: int = 1000, seed: int = 7) -> bool:
    """30 % of all calls answer 500, 10 % do their work and lose the answer, 5 % answer 429."""
    with running_shop() as shop:
        street = Street(shop)
        verdict, seconds = weather(shop, street, lines=lines, seed=seed)
        troubles = _troubles(shop)
    print(f"{description()}, seed {seed}\n")
    print(
        table(
            (
                "lines",
                "projects lost",
                "doubled",
                "wrong states",
                "files missing",
                "mails repeated",
                "doctor",
                "s",
            ),
            [
                (
                    verdict.lines,
                    verdict.lost_projects,
                    verdict.doubled_projects,
                    verdict.wrong_states,
                    verdict.missing_files,
                    verdict.repeated_mails,
                    verdict.doctor,
                    f"{seconds:.0f}",
                )
            ],
        )
    )
    print("\nCalls that went wrong: " + ", ".join(f"{count} × {what}" for what, count in troubles.items()))
    return passed(verdict)


def weather(shop: Shop, street: Street, *, lines: int, seed: int) -> tuple[Verdict, float]:
    """Order in bad weather, let everything be finished in it, and judge when it is over."""
    started = time.monotonic()
    shop.tell_sandbox("odds", seed=seed, **ODDS)
    placed = street.order(lines // LINES_OF_AN_ORDER, lines=LINES_OF_AN_ORDER)
    settle(shop, limit=SETTLE_SECONDS, may_restart=False)
    seconds = time.monotonic() - started
    shop.tell_sandbox("clear")
    return judge(shop, placed), seconds


def passed(verdict: Verdict) -> bool:
    for fault in verdict.faults[:20]:
        print(f"    {fault}", flush=True)
    return verdict.is_clean and not verdict.repeated_mails


def _troubles(shop: Shop) -> dict[str, int]:
    found: dict[str, int] = {}
    for what in TROUBLE.findall(shop.worker.log.read_text()):
        if what not in ("200", "201", "204"):
            found[what] = found.get(what, 0) + 1
    return found
