"""The control's levers by name, with values as they arrive in JSON or from a form."""

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

from . import projects
from .clock import INSTANT
from .hub import Hub
from .variations import CHOICES

Values = Mapping[str, Any]
MOST = 10**12  # more than any number here has to be, and less than the database can hold


def run(hub: Hub, name: str, values: Values) -> None:
    """Do what a command says.

    Raises LookupError for an unknown command, project or reference and ValueError for unusable values;
    both messages are fit for a person.
    """
    command = COMMANDS.get(name)
    if command is None:
        raise LookupError(f"There is no command '{name}'. Known ones: {', '.join(sorted(COMMANDS))}.")
    command(hub, values)


def _reset(hub: Hub, values: Values) -> None:
    hub.control.reset()


def _clear(hub: Hub, values: Values) -> None:
    hub.control.clear()


def _fail(hub: Hub, values: Values) -> None:
    options: dict[str, Any] = {
        name: _number(values, name, int)
        for name in ("times", "status", "retry_after")
        if _given(values, name)
    }
    if _given(values, "seconds"):
        options["seconds"] = _number(values, "seconds", float)
    hub.control.fail(str(values.get("group", "")), str(values.get("mode", "status")), **options)


def _odds(hub: Hub, values: Values) -> None:
    shares: dict[str, Any] = {
        name: _number(values, name, float)
        for name in ("errors", "lost_answers", "too_many")
        if _given(values, name)
    }
    if _given(values, "seed"):
        shares["seed"] = _number(values, "seed", int)
    hub.control.odds(group=str(values.get("group", "")), **shares)


def _trouble(hub: Hub, values: Values) -> None:
    times = _number(values, "times", int) if _given(values, "times") else 1
    hub.control.trouble(str(values.get("kind", "")), times)


def _advance(hub: Hub, values: Values) -> None:
    hub.control.advance(_number(values, "seconds", float))


def _speed(hub: Hub, values: Values) -> None:
    instant = values.get("speed") == "instant"
    try:
        hub.control.set_speed(INSTANT if instant else _number(values, "speed", float))
    except ValueError as error:
        raise ValueError("speed must be a number of at least 0, or 'instant'.") from error


def _complete(hub: Hub, values: Values) -> None:
    hub.control.complete_all()


def _revoke_tokens(hub: Hub, values: Values) -> None:
    hub.control.revoke_tokens()


def _webhook(hub: Hub, values: Values) -> None:
    hub.control.fire_webhook(_number(values, "projectId", int))


def _restart(hub: Hub, values: Values) -> None:
    project_id = _number(values, "projectId", int)
    row = projects.find(hub, project_id)
    if row is None:
        raise LookupError(f"Project {project_id} was not found.")
    projects.requeue(hub, row, from_start=True)


def _expire_designs(hub: Hub, values: Values) -> None:
    age = _number(values, "olderThanSeconds", float) if _given(values, "olderThanSeconds") else 0
    hub.control.expire_designs(age)


def _connect(hub: Hub, values: Values) -> None:
    reference = str(values.get("reference", "")).strip()
    if not reference:
        raise ValueError("Please enter the reference that the shop uses.")
    hub.control.connect(reference, _number(values, "productId", int))


def _disconnect(hub: Hub, values: Values) -> None:
    hub.control.disconnect(str(values.get("reference", "")).strip())


def _switches(hub: Hub, values: Values) -> None:
    fields = {field.name: field for field in dataclasses.fields(hub.switches)}
    for name, value in values.items():
        if name not in fields:
            raise LookupError(f"There is no switch '{name}'. Known ones: {', '.join(sorted(fields))}.")
        default = fields[name].default
        if name == "scopes":
            if not isinstance(value, list) or not all(isinstance(scope, str) for scope in value):
                raise ValueError("scopes is a list of texts.")
            value = tuple(value)
        elif name == "trigger_status":
            if value is not None and type(value) is not int:
                raise ValueError("trigger_status is a status code or null.")
        elif name in CHOICES and value not in CHOICES[name]:
            raise ValueError(f"{name} is one of: {', '.join(filter(None, CHOICES[name]))}, or empty.")
        elif type(value) is not type(default):
            raise ValueError(f"{name} must be like {default!r}.")
        setattr(hub.switches, name, value)


COMMANDS: dict[str, Callable[[Hub, Values], None]] = {
    "advance": _advance,
    "clear": _clear,
    "complete": _complete,
    "connect": _connect,
    "disconnect": _disconnect,
    "expire-designs": _expire_designs,
    "fail": _fail,
    "odds": _odds,
    "reset": _reset,
    "restart": _restart,
    "revoke-tokens": _revoke_tokens,
    "speed": _speed,
    "switches": _switches,
    "trouble": _trouble,
    "webhook": _webhook,
}


def _given(values: Values, name: str) -> bool:
    return values.get(name) not in (None, "")


def _number(values: Values, name: str, kind: type[int] | type[float]) -> Any:
    try:
        number = kind(values[name])
    except (KeyError, OverflowError, TypeError, ValueError) as error:
        raise ValueError(f"{name} must be a number.") from error
    if not -MOST <= number <= MOST:
        raise ValueError(f"{name} must be a number.")
    return number
