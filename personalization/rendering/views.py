"""The address that the Hub's pipelines call."""

import re
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from core.bounds import FROM_HUB, bounded_json
from personalization.hub import HubConfig

from .services.events import receive_hint

MAXIMUM_BYTES = 16 * 1024
# Interpolated values of a pipeline arrive as text: "906".
DIGITS = re.compile(r"[0-9]{1,18}", re.ASCII)
ORDER_ID = re.compile(r"[^\x00-\x1f\x7f\ud800-\udfff]{1,64}")


class Malformed(Exception):
    """The call's body is not what the shop's documentation asks pipelines to send."""


@dataclass(frozen=True)
class Hint:
    """What a call is about. Nothing in it is believed; it only says where to look."""

    project_id: int | None
    order_id: str


@csrf_exempt
@require_POST
def webhook(request: HttpRequest) -> HttpResponse:
    """Take a call of a pipeline's invoke-url task: store it, look later. Answers 202 to everything well
    formed.
    """
    if not _knows_secret(request):
        return _answer(403, "The header X-CCHub-Secret is missing or wrong.")
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAXIMUM_BYTES:
        return _answer(413, "The body is larger than 16 kB.")
    try:
        hint = read_hint(request.body)
    except Malformed as fault:
        return _answer(400, str(fault))
    receive_hint(project_id=hint.project_id, order_id=hint.order_id)
    return _answer(202, "Thank you.")


def read_hint(body: bytes) -> Hint:
    """The hint in a body of JSON: `projectId` (a number, also as text) or `orderId`, or both. Raises
    Malformed.
    """
    try:
        data = bounded_json(body, FROM_HUB)
    except ValueError:
        raise Malformed("The body is not JSON.") from None
    if not isinstance(data, dict):
        raise Malformed("The body is not a JSON object.")
    hint = Hint(project_id=_project_id(data.get("projectId")), order_id=_order_id(data.get("orderId")))
    if hint.project_id is None and not hint.order_id:
        raise Malformed("Neither projectId nor orderId is given.")
    return hint


def _project_id(value: Any) -> int | None:
    if value is None or value == "":
        return None
    if (
        isinstance(value, bool)
        or not isinstance(value, int | str)
        or not DIGITS.fullmatch(str(value).strip())
    ):
        raise Malformed("projectId is not a number.")
    return int(value)


def _order_id(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool) or not isinstance(value, int | str) or not ORDER_ID.fullmatch(str(value)):
        raise Malformed("orderId is not a text of at most 64 characters.")
    return str(value)


def _knows_secret(request: HttpRequest) -> bool:
    expected = HubConfig.from_settings().webhook_secret
    given = request.headers.get("X-CCHub-Secret", "")
    return bool(expected) and constant_time_compare(given, expected)


def _answer(status: int, detail: str) -> JsonResponse:
    return JsonResponse({"detail": detail}, status=status)
