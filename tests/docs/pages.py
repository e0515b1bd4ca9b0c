"""The pages of the documentation that are written from the code."""

from tests.docs import settings_reference, signals_reference
from tests.personalization import failure_table

PAGES = {
    "failures.md": failure_table.as_markdown,
    "settings.md": settings_reference.as_markdown,
    "signals.md": signals_reference.as_markdown,
}
