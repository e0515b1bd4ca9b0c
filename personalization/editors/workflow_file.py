"""Reads a workflow file as merchants write it into the Hub: JSON text of one element's set-up, or of
several.
"""

import json
from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

from .base import EditorUnavailable


def read_workflow(content: str | None, *, editors: Collection[str]) -> dict[str, Any]:
    """The set-up of the first element whose component is among `editors`.

    A file may hold one element, a list of them, or an object with an element under each key (whether the
    Hub writes all three is not documented). Raises EditorUnavailable when there is none, or no JSON at all.
    """
    if not content or not content.strip():
        raise _unusable("the workflow file is empty")
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise _unusable(f"the workflow file is not JSON ({error})") from None
    elements = [element for element in _elements(data) if isinstance(element.get("component"), str)]
    for element in elements:
        if element["component"] in editors:
            return element
    named = ", ".join(sorted(element["component"] for element in elements))
    raise _unusable(f"no supported editor in the workflow file (it has: {named or 'none'})")


def _elements(data: Any) -> list[dict[str, Any]]:
    if isinstance(data, dict) and "component" not in data:
        data = list(data.values())
    candidates = data if isinstance(data, list) else [data]
    return [candidate for candidate in candidates if isinstance(candidate, dict)]


def _unusable(reason: str) -> EditorUnavailable:
    message = _(
        "The editor of this product is not set up properly. We are looking into it, please try later."
    )
    return EditorUnavailable(reason, message=message)
