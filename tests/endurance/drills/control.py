"""The control: without the look for a project before its creation, the same kills must double projects."""

from ..launcher import WITHOUT_LOOK
from ..services import description
from ..shop import SHORT, running_shop
from ..shopping import Street
from ..traps import BY_NAME
from .kills import kill_at


def control(*, times: int = 4) -> bool:
    """A drill that cannot fail proves nothing: K7 with the look removed, which has to be noticed."""
    with running_shop(settings=SHORT | {WITHOUT_LOOK: "1"}) as shop:
        verdict = kill_at(BY_NAME["K7"], shop, Street(shop), alone=0, group=times).verdict
    print(f"{description()}: {times} kills, {verdict.doubled_projects} projects doubled, as they must be")
    # The other worker of the group may have stood there as well.
    return verdict.doubled_projects >= times
