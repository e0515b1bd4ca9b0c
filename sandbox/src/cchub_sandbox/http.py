"""Reading requests and writing answers the way the Hub does."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from werkzeug.wrappers import Request, Response

from . import problems

JSON = "application/json; charset=utf-8"


class HubRequest(Request):
    """A request with the caller that the token proved, set before a view runs."""

    max_content_length = 24 * 1024 * 1024
    max_form_memory_size = 1024 * 1024
    user_id: str | None = None
    json_body: Any = None


def json_response(body: Any, status: int = 200) -> Response:
    return Response(json.dumps(body, ensure_ascii=False), status=status, content_type=JSON)


def empty(status: int) -> Response:
    response = Response(status=status)
    response.headers.remove("Content-Type")
    return response


def json_object(request: HubRequest) -> dict[str, Any]:
    """The request's JSON object.

    Raises Refusal (400) when the body is not one.
    """
    try:
        body = json.loads(request.get_data(), parse_constant=_refuse_constant)
    except ValueError as error:
        raise problems.bad_request("The request body is not valid JSON.") from error
    if not isinstance(body, dict):
        raise problems.bad_request("The request body must be a JSON object.")
    request.json_body = body
    return body


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def query_int(request: HubRequest, name: str, *, required: bool = False) -> int | None:
    """An integer of the query string.

    Raises Refusal (400) when it is missing though required, or not an integer.
    """
    text = request.args.get(name)
    if text is None or text == "":
        if required:
            raise problems.invalid(**{name: f"The {name} field is required."})
        return None
    try:
        return int(text)
    except ValueError as error:
        raise problems.invalid(**{name: f"The value '{text}' is not valid."}) from error


def _row_count(request: HubRequest, name: str) -> int | None:
    number = query_int(request, name)
    if number is not None and number < 0:
        raise problems.invalid(**{name: f"The value '{number}' is not valid: it must not be below 0."})
    return number


def query_bool(request: HubRequest, name: str, *, default: bool) -> bool:
    text = request.args.get(name, "").lower()
    if text not in ("", "true", "false"):
        raise problems.invalid(**{name: f"The value '{text}' is not valid."})
    return default if text == "" else text == "true"


def paged(request: HubRequest, rows: Iterable[dict[str, Any]]) -> Response:
    """One page of rows: `total` counts all of them, `skip` and `take` choose the slice.

    Raises Refusal (400) when one of the two is no number of rows.
    """
    rows = list(rows)
    skip = _row_count(request, "skip") or 0
    take = _row_count(request, "take")
    end = len(rows) if take is None else skip + take
    return json_response({"total": len(rows), "items": rows[skip:end]})


def sorted_by(
    request: HubRequest, rows: list[dict[str, Any]], *, fields: dict[str, str]
) -> list[dict[str, Any]]:
    """Rows in the order of the `sorting` query ("Title ASC, LastModified DESC").

    `fields` maps the names a caller may use, in lower case, to keys of the rows.
    Raises Refusal (400) on an unknown name.
    """
    for part in reversed(
        [part.split() for part in request.args.get("sorting", "").split(",") if part.strip()]
    ):
        key = fields.get(part[0].lower())
        direction = part[1].upper() if len(part) > 1 else "ASC"
        if key is None or direction not in ("ASC", "DESC") or len(part) > 2:
            raise problems.invalid(sorting=f"Cannot sort by '{' '.join(part)}'.")
        present = [row for row in rows if row[key] is not None]
        absent = [row for row in rows if row[key] is None]
        present.sort(key=lambda row: row[key], reverse=direction == "DESC")
        rows = present + absent if direction == "DESC" else absent + present
    return rows


def timestamp(seconds: float) -> str:
    """ISO 8601 in UTC with milliseconds and a Z, as the Hub writes time."""
    moment = datetime.fromtimestamp(seconds, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
