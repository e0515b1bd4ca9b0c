"""Refusals in the shapes the Hub uses: ProblemDetails, conflicts, and empty 401/403."""

import secrets
from typing import Any

TITLES = {
    400: "One or more validation errors occurred.",
    404: "Not Found",
    405: "Method Not Allowed",
    409: "Conflict",
    413: "Payload Too Large",
    415: "Unsupported Media Type",
    429: "Too Many Requests",
    500: "An error occurred while processing your request.",
    503: "Service Unavailable",
}


class Refusal(Exception):
    """An answer other than success; `body` None means an answer without a body."""

    def __init__(self, status: int, body: dict[str, Any] | None) -> None:
        super().__init__(status)
        self.status = status
        self.body = body


def problem_details(status: int, detail: str, errors: dict[str, list[str]] | None = None) -> dict[str, Any]:
    """The body of MicrosoftAspNetCoreMvcProblemDetails, with the usual extra `traceId`."""
    title = TITLES.get(status, "Error") if status != 400 or errors else "Bad Request"
    body = {
        "type": f"https://httpstatuses.io/{status}",
        "title": title,
        "status": status,
        "detail": detail,
        "traceId": f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-00",
    }
    return body | ({"errors": errors} if errors else {})


def invalid(**errors: str) -> Refusal:
    """400 with one message per field."""
    detail = " ".join(errors.values())
    return Refusal(400, problem_details(400, detail, {field: [text] for field, text in errors.items()}))


def bad_request(detail: str) -> Refusal:
    return Refusal(400, problem_details(400, detail))


def not_found(detail: str) -> Refusal:
    return Refusal(404, problem_details(404, detail))


def conflict(description: str, kind: str = "GeneralConflict", **extra: Any) -> Refusal:
    """409 with a GeneralConflictDto; `kind` is a name of the Hub's ConflictType."""
    return Refusal(409, {"description": description, "type": kind} | extra)


def unauthorized() -> Refusal:
    return Refusal(401, None)


def forbidden() -> Refusal:
    return Refusal(403, None)
