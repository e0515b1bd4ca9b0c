"""What an editor reports about how a design will look in print, read from the browser and said in words.

The editors' reports differ and are half documented, so every shape is read that may hold one, and nothing in
it can keep a design out of the cart: what cannot be understood is left out.

Source of the shapes: `getViolationsMessages` of Workflow Elements (its answer is not documented), Design
Atoms (`ITotalViolationInfo` with `messages`), the IFrame API of the Design Editor (`IViolationWarningData`
with a state per check, 2 for a warning and 3 for an error, and `dpiValue`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from personalization.models import Design

MAXIMUM_WARNINGS = 30
MAXIMUM_ENTRIES = 1000
MAXIMUM_DEPTH = 5
MAXIMUM_TEXT = 300
MAXIMUM_KIND = 40
MAXIMUM_DPI = 100_000
# Below this a picture looks blurred in print at reading distance.
SHARP_DPI = 150

TEXTS = ("message", "text", "description")
KINDS = ("kind", "type", "code")
RESOLUTIONS = ("dpi", "dpiValue", "resolution")
FAILED_STATES = (2, 3, "Warning", "Bad")
STATES = {
    "qualityViolationState": ("low-resolution", gettext_lazy("“%(name)s” may look blurred in print.")),
    "safetyLineViolationState": (
        "safe-area",
        gettext_lazy("“%(name)s” is very close to the edge and may be cut off."),
    ),
    "bleedViolationState": (
        "bleed",
        gettext_lazy("“%(name)s” does not reach over the edge; a white line may show there."),
    ),
    "regionViolationState": ("region", gettext_lazy("“%(name)s” is outside of its place.")),
    "textCropViolationState": (
        "text-cropped",
        gettext_lazy("“%(name)s” does not fit into its frame and is cut off."),
    ),
}


@dataclass(frozen=True)
class Quality:
    """The warnings, each with a `text` and a `kind` that may be empty, and the resolution of the worst
    picture.
    """

    warnings: list[dict[str, str]] = field(default_factory=list)
    lowest_dpi: int | None = None


def read_quality(report: Any) -> Quality:
    """What is understandable in an editor's report, in plain text, cut to size. Raises nothing."""
    warnings: dict[str, dict[str, str]] = {}
    resolutions = []
    for entry in islice(_entries(report, MAXIMUM_DEPTH), MAXIMUM_ENTRIES):
        resolutions += _resolutions(entry)
        for text, kind in _warnings(entry):
            warnings.setdefault(text, {"text": text, "kind": kind})
    return Quality(list(warnings.values())[:MAXIMUM_WARNINGS], min(resolutions, default=None))


def warnings_in_words(design: Design) -> list[str]:
    """What a shopper has to know before the design is printed; empty when nothing speaks against it."""
    texts = [warning["text"] for warning in design.warnings]
    if texts or design.lowest_dpi is None or design.lowest_dpi >= SHARP_DPI:
        return texts
    values = {"dpi": design.lowest_dpi, "sharp": SHARP_DPI}
    return [
        _(
            "A picture has only %(dpi)s dots per inch at its size here and may look blurred; from %(sharp)s "
            "on, pictures look sharp."
        )
        % values
    ]


def _entries(value: Any, depth: int) -> Iterator[str | dict[str, Any]]:
    """The single findings, however deep they lie in lists and objects."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list) and depth:
        for part in value:
            yield from _entries(part, depth - 1)
    elif isinstance(value, dict) and depth:
        yield value
        for part in value.values():
            if isinstance(part, list | dict):
                yield from _entries(part, depth - 1)


def _warnings(entry: str | dict[str, Any]) -> Iterator[tuple[str, str]]:
    if isinstance(entry, str):
        text, kind = entry, ""
    else:
        text, kind = _first_text(entry, TEXTS), _first_text(entry, KINDS)
    if text := _plain(text, MAXIMUM_TEXT):
        yield text, _plain(kind, MAXIMUM_KIND)
    elif isinstance(entry, dict):
        yield from _failed_checks(entry)


def _failed_checks(entry: dict[str, Any]) -> Iterator[tuple[str, str]]:
    name = _plain(_first_text(entry, ("name",)), MAXIMUM_TEXT // 2) or _("An element")
    for state, (kind, text) in STATES.items():
        if entry.get(state) in FAILED_STATES:
            yield text % {"name": name}, kind


def _resolutions(entry: str | dict[str, Any]) -> list[int]:
    if isinstance(entry, str):
        return []
    values = [entry.get(name) for name in RESOLUTIONS]
    numbers = [value for value in values if isinstance(value, int | float) and not isinstance(value, bool)]
    return [round(number) for number in numbers if 1 <= number <= MAXIMUM_DPI]


def _first_text(entry: dict[str, Any], names: tuple[str, ...]) -> str:
    return next((entry[name] for name in names if isinstance(entry.get(name), str)), "")


def _plain(text: str, limit: int) -> str:
    """One line without characters that cannot be seen or stored."""
    words = " ".join(text[: 4 * limit].split())
    visible = "".join(letter for letter in words if letter.isprintable())
    return visible if len(visible) <= limit else visible[: limit - 1] + "…"
