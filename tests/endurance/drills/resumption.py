"""How long work rests after a kill, with the settings of production and on the real clock."""

import time

from ..report import table
from ..services import description
from ..settling import settle
from ..shop import Shop, running_shop
from ..shopping import Placed, Street
from ..traps import BY_NAME, GROUP
from ..verdict import judge

LIMIT_SECONDS = 600
# What is promised: a lease of 20 s, then until the next sweep, or until the worker is there again.
LONGEST_REST_SECONDS = 60
HEAD = (
    "round",
    "new order begun after",
    "new order completed after",
    "killed order goes on after",
    "killed order completed after",
)
LOOK_EVERY_SECONDS = 0.2


def resumption(*, rounds: int = 2) -> bool:
    """The whole worker is killed with a project just created; `manage.py work` starts it anew."""
    with running_shop(worker="work", settings={}) as shop:
        shop.tell_sandbox("speed", speed=1)
        street = Street(shop)
        rows = [one_round(shop, street, number) for number in range(1, rounds + 1)]
        settle(shop, limit=LIMIT_SECONDS, leap=False, may_restart=False)
        verdict = judge(shop, street.placed)
    print(f"{description()}\n")
    print(table(HEAD, [(row[0], *(f"{seconds:.0f} s" for seconds in row[1:])) for row in rows]))
    for number, new, _new_completed, killed, _killed_completed in rows:
        for what, rested in (("new", new), ("killed", killed)):
            if rested > LONGEST_REST_SECONDS:
                verdict.faults.append(f"round {number}: the {what} order rested {rested:.0f} s")
    for fault in verdict.faults:
        print(f"    {fault}")
    return verdict.is_clean


def one_round(shop: Shop, street: Street, number: int) -> tuple[int, float, float, float, float]:
    """How long the orders rested, and until they were completed."""
    trap = BY_NAME["K7"]
    shop.fuses.lay(trap, [GROUP])
    [hit] = street.order(1)
    wait_for(lambda: not shop.fuses.left(trap))
    killed_at = time.monotonic()
    [new] = street.order(1)
    moments = moments_of(
        {
            "new goes on": lambda: _status_of(new) != "waiting",
            "new completed": lambda: _is_completed(new),
            "killed goes on": lambda: _status_of(hit) != "creating",
            "killed completed": lambda: _is_completed(hit),
        }
    )
    row = (number, *(moment - killed_at for moment in moments.values()))
    print(row, flush=True)
    return row


def moments_of(conditions: dict) -> dict[str, float]:
    """When each of the conditions was first seen to hold, in their order."""
    seen: dict[str, float] = {}

    def look() -> bool:
        for name, holds in conditions.items():
            if name not in seen and holds():
                seen[name] = time.monotonic()
        return len(seen) == len(conditions)

    wait_for(look)
    return {name: seen[name] for name in conditions}


def wait_for(condition) -> float:
    started = time.monotonic()
    while not condition():
        if time.monotonic() - started > LIMIT_SECONDS:
            raise SystemExit(f"It did not happen within {LIMIT_SECONDS} s")
        time.sleep(LOOK_EVERY_SECONDS)
    return time.monotonic()


def _status_of(placed: Placed) -> str:
    from personalization.models import RenderProject

    return RenderProject.objects.get(line_id=f"{placed.code}-1").status


def _is_completed(placed: Placed) -> bool:
    from commerce.models import Order

    return Order.objects.get(code=placed.code).status == "completed"
