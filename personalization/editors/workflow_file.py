"""Reads a workflow file as merchants write it into the Hub: JSON text of one element's set-up, or of
several.
"""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

from core.bounds import FROM_HUB, OutOfBounds, bounded_json

from .base import EditorUnavailable, misconfigured

# Elements that a shopper cannot design with alone, and why, for staff.
WITHOUT_AN_EDITOR = {
    "cc-options": "cc-options only chooses options; the workflow file needs an editor beside it",
    "configurator": "configurator is not supported",
    "headless-editor": "headless-editor has no controls of its own; the shop offers none for it",
    "template-editor": "template-editor is a tool of administrators; it changes the template for everybody",
}


def read_workflow(content: str | None, *, editors: Collection[str], wanted: str = "") -> dict[str, Any]:
    """The set-up of the first element whose component is among `editors`, or is the `wanted` one.

    A file may hold one element, a list of them, or an object with an element under each key (whether the
    Hub writes all three is not documented). Raises EditorUnavailable when there is none, or no JSON at all.
    """
    if not content or not content.strip():
        raise misconfigured("the workflow file is empty")
    try:
        data = bounded_json(content, FROM_HUB)
    except OutOfBounds as error:
        raise misconfigured(f"the workflow file {error}") from None
    except ValueError as error:
        raise misconfigured(f"the workflow file is not JSON ({error})") from None
    elements = [element for element in _elements(data) if isinstance(element.get("component"), str)]
    components = [element["component"] for element in elements]
    usable = [element for element in elements if element["component"] in editors]
    chosen = [element for element in usable if wanted in ("", element["component"])]
    if chosen:
        return chosen[0]
    if usable:
        raise misconfigured(
            f"the page asks for {wanted}, and the workflow file in the Hub has none ({', '.join(components)})"
        )
    raise _no_editor(components)


def _elements(data: Any) -> list[dict[str, Any]]:
    if isinstance(data, dict) and "component" not in data:
        data = list(data.values())
    candidates = data if isinstance(data, list) else [data]
    return [candidate for candidate in candidates if isinstance(candidate, dict)]


def _no_editor(components: list[str]) -> EditorUnavailable:
    known = [WITHOUT_AN_EDITOR[component] for component in components if component in WITHOUT_AN_EDITOR]
    if not known:
        return misconfigured(
            f"no supported editor in the workflow file (it has: {', '.join(components) or 'none'})"
        )
    message = _("This product cannot be personalized online. Please have a look at our other products.")
    return EditorUnavailable("; ".join(known), message=message)
