"""The drawing of the rooms and of who imports whom, from the tables that `tests/test_imports.py` holds."""

from dataclasses import dataclass
from html import escape
from itertools import chain

from tests.rooms import MAY_IMPORT, MAY_IMPORT_WITHIN

WIDTH, HEIGHT = 920, 829
INK, DARK, LINE = "#33504a", "#16332a", "#1f4d3f"
WHITE, GREEN, SAND = "#ffffff", "#e6efe9", "#f6ecdd"
HEAD = f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" \
aria-label="The rooms of the code" font-family="system-ui, sans-serif">
<title>The rooms of the code</title>
<!-- Written by `python -m tests.docs`. -->
<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" \
orient="auto-start-reverse"><path d="M0 0 10 5 0 10z" fill="{INK}"/></marker></defs>
<rect width="{WIDTH}" height="{HEIGHT}" fill="#fbfaf6"/>"""


@dataclass(frozen=True)
class Box:
    """Where a room stands, and what it says: over its whole width, or beside the rooms within it."""

    x: int
    y: int
    width: int
    height: int
    says: tuple[str, ...]
    text_width: int | None = None
    fill: str = WHITE

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height


ROOMS = {
    "siteconf": Box(310, 15, 300, 58, ("settings, URLs, how processes begin",)),
    "commerce": Box(130, 107, 660, 132, ("cart, checkout, orders, e-mails",), 280),
    "catalog": Box(130, 273, 660, 84, ("categories, product groups,", "variants, prices, stock"), 280),
    "home": Box(20, 391, 270, 250, ("pages, blocks, search,", "site settings")),
    "personalization": Box(310, 391, 590, 250, ()),
    "core": Box(130, 675, 660, 139, ("the ground: money, addresses,", "limits, fields, exports"), 280, GREEN),
}
WITHIN = {
    "commerce/desk": Box(430, 117, 340, 44, ("the back office",)),
    "commerce/doctor": Box(430, 185, 340, 44, ("finds and mends drift",)),
    "catalog/mapping": Box(430, 293, 200, 44, ("which Hub product it is",)),
    "catalog/demo": Box(650, 293, 120, 44, ("fills a demo shop",)),
    "home/accounts": Box(40, 494, 230, 44, ("who somebody is",)),
    "personalization/designs": Box(330, 429, 260, 44, ("what shoppers made",)),
    "personalization/rendering": Box(620, 429, 260, 44, ("what is being printed",)),
    "personalization/editors": Box(330, 507, 200, 44, ("an adapter for each family",)),
    "personalization/shoppers": Box(555, 507, 235, 44, ("who they are in the Hub",)),
    "personalization/hub": Box(430, 585, 280, 44, ("the only code that asks the Hub",)),
    "core/outbox": Box(430, 687, 160, 44, ("what must happen",)),
    "core/audit": Box(430, 757, 160, 44, ("who did what",)),
    "core/worker": Box(610, 687, 160, 44, ("ends what hangs",)),
    "core/schedules": Box(610, 757, 160, 44, ("what happens when",)),
}
SANDBOX = Box(690, 15, 210, 77, ("a distribution of its own:", "it and the shop are strangers"), fill=SAND)


def as_svg() -> str:
    """All rooms, and an arrow to each one that a room stands on directly."""
    boxes = ROOMS | {"sandbox": SANDBOX} | WITHIN
    drawn = (_box(room.split("/")[-1], box, is_within="/" in room) for room, box in boxes.items())
    steps = chain(_steps(MAY_IMPORT), _steps(MAY_IMPORT_WITHIN))
    arrows = (_arrow(boxes[upper], boxes[lower]) for upper, lower in steps)
    return "\n".join([HEAD, *drawn, *arrows, "</svg>\n"])


def _steps(may_import: dict[str, set[str]]) -> list[tuple[str, str]]:
    """Without those that a longer way leads to as well."""
    return [
        (room, other)
        for room, others in may_import.items()
        for other in sorted(others - {room})
        if not any(other in may_import[between] for between in others - {room, other})
    ]


def _box(name: str, box: Box, *, is_within: bool) -> str:
    title, size = (15, 12) if is_within else (17, 14)
    colour = "#8a5a1c" if box.fill == SAND else LINE
    middle = box.x + (box.text_width or box.width) / 2
    at = f'x="{middle:g}" text-anchor="middle"'
    lines = [
        f'<text {at} y="{box.y + title + 6 + (size + 5) * number}" font-size="{size}" fill="{INK}">'
        f"{escape(line)}</text>"
        for number, line in enumerate(box.says, start=1)
    ]
    return "\n".join(
        [
            f'<rect x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}" rx="8" '
            f'fill="{box.fill}" stroke="{colour}" stroke-width="1.5"/>',
            f'<text {at} y="{box.y + title + 3}" font-size="{title}" font-weight="600" fill="{DARK}">'
            f"{name}</text>",
            *lines,
        ]
    )


def _arrow(upper: Box, lower: Box) -> str:
    """Straight down, where the one stands above the other."""
    x = (max(upper.x, lower.x) + min(upper.right, lower.right)) / 2
    return (
        f'<path d="M{x:g} {upper.bottom} L{x:g} {lower.y}" stroke="{INK}" stroke-width="1.6" fill="none" '
        'marker-end="url(#tip)"/>'
    )
