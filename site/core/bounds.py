"""How deep, wide and long data from outside may be.

JSON that nests without end is small to send, and then fails wherever it is read, copied or written: in a
page, in a worker, in the database. So it is measured where it comes in.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Bounds:
    """The most levels of lists and objects, values in all of them, and characters of a key and of a text."""

    depth: int
    nodes: int
    key: int
    text: int


FROM_BROWSERS = Bounds(depth=20, nodes=10_000, key=200, text=128 * 1024)
# Answers hold whole lists of products, and workflow files as one text.
FROM_HUB = Bounds(depth=40, nodes=250_000, key=1_000, text=4 * 1024 * 1024)


class OutOfBounds(ValueError):
    """Data from outside is deeper, wider or longer than it may be; the text says which, quoting nothing."""


def bounded_json(text: str | bytes, bounds: Bounds) -> Any:
    """What a text of JSON holds. Raises OutOfBounds, and ValueError for what is no JSON."""
    try:
        value = json.loads(text)
    except RecursionError:
        raise OutOfBounds(_too_deep(bounds)) from None
    check_bounds(value, bounds)
    return value


def check_bounds(value: Any, bounds: Bounds) -> None:
    """Raises OutOfBounds if the value, as read from JSON, is larger than it may be."""
    level, depth, nodes = [value], 0, 0
    while level:
        nodes += len(level)
        if nodes > bounds.nodes:
            raise OutOfBounds(f"holds more than {bounds.nodes} values")
        if depth == bounds.depth and any(isinstance(each, list | dict) for each in level):
            raise OutOfBounds(_too_deep(bounds))
        level = [part for each in level for part in _parts(each, bounds)]
        depth += 1


def _parts(value: Any, bounds: Bounds) -> Iterator[Any]:
    if isinstance(value, str):
        if len(value) > bounds.text:
            raise OutOfBounds(f"holds a text of more than {bounds.text} characters")
    elif isinstance(value, list):
        yield from value
    elif isinstance(value, dict):
        if any(len(key) > bounds.key for key in value):
            raise OutOfBounds(f"holds a key of more than {bounds.key} characters")
        yield from value.values()


def _too_deep(bounds: Bounds) -> str:
    return f"nests deeper than {bounds.depth} levels"
