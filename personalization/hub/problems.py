"""What the Hub says about a request it refuses: RFC 7807 problem details, a conflict, or an OAuth error."""

import re
from dataclasses import dataclass
from typing import Any

import requests
import urllib3

from core.bounds import FROM_HUB, bounded_json

READ_BYTES = 64 * 1024
DETAIL_LENGTH = 500
TRACE_ID = re.compile(r"[\w.:|-]{1,100}")


@dataclass(frozen=True)
class Problem:
    """The Hub's explanation, shortened; both parts empty when it gave none. `detail` may repeat what was
    sent.
    """

    detail: str = ""
    trace_id: str = ""


def read_problem(response: requests.Response) -> Problem:
    """The problem that an error answer describes. Never raises: an unreadable answer is a problem without
    words.
    """
    try:
        answer = bounded_json(next(response.iter_content(READ_BYTES), b""), FROM_HUB)
    except (ValueError, requests.RequestException, urllib3.exceptions.HTTPError, OSError):
        return Problem()
    if not isinstance(answer, dict):
        return Problem()
    trace_id = answer.get("traceId")
    return Problem(
        detail=_detail_of(answer)[:DETAIL_LENGTH],
        trace_id=trace_id if isinstance(trace_id, str) and TRACE_ID.fullmatch(trace_id) else "",
    )


def _detail_of(answer: dict[str, Any]) -> str:
    """The most telling text of `MicrosoftAspNetCoreMvcProblemDetails`, `GeneralConflictDto` or an RFC 6749
    error.
    """
    reasons = [answer.get(key) for key in ("detail", "description", "title", "error")]
    parts = [next((text for text in reasons if isinstance(text, str) and text), "")]
    errors = answer.get("errors")
    if isinstance(errors, dict):
        parts += [
            text
            for texts in errors.values()
            if isinstance(texts, list)
            for text in texts
            if isinstance(text, str)
        ]
    return " ".join(part for part in parts if part)
