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
    head = ("round", "new order begun after", "new order completed after", "killed order completed after")
    print(table(head, rows))
    for fault in verdict.faults:
        print(f"    {fault}")
    return verdict.is_clean


def one_round(shop: Shop, street: Street, number: int) -> tuple:
    trap = BY_NAME["K7"]
    shop.fuses.lay(trap, [GROUP])
    [hit] = street.order(1)
    wait_for(lambda: not shop.fuses.left(trap))
    killed_at = time.monotonic()
    [new] = street.order(1)
    begun = wait_for(lambda: _status_of(new) != "waiting") - killed_at
    completed = wait_for(lambda: _is_completed(new)) - killed_at
    recovered = wait_for(lambda: _is_completed(hit)) - killed_at
    row = (number, f"{begun:.0f} s", f"{completed:.0f} s", f"{recovered:.0f} s")
    print(row, flush=True)
    return row


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
