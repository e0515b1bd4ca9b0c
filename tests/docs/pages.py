"""What of the documentation is written from the code, below `docs/`."""

from tests.docs import rooms, settings_reference, signals_reference
from tests.personalization import failure_table

PAGES = {
    "reference/failures.md": failure_table.as_markdown,
    "reference/settings.md": settings_reference.as_markdown,
    "reference/signals.md": signals_reference.as_markdown,
    "rooms.svg": rooms.as_svg,
}
