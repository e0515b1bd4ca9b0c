"""Hands out a file, or the part of it that a download manager asks for (RFC 9110, section 14)."""

import re
from http import HTTPStatus
from typing import IO

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

# One range only; several in one answer are of use to viewers of streams, not to downloads.
ONE_RANGE = re.compile(r"bytes=[ \t]*([0-9]{0,18})-([0-9]{0,18})[ \t]*", re.ASCII | re.IGNORECASE)
BLOCK = 64 * 1024


class RangeNotSatisfiable(Exception):
    """The range begins behind the end of the file."""


class Part:
    """Reads `length` bytes of an open file from `start` on, then closes it; enough for FileResponse."""

    def __init__(self, content: IO[bytes], start: int, length: int):
        self._content = content
        self._left = length
        _go_to(content, start)

    def read(self, size: int = -1) -> bytes:
        wanted = self._left if size < 0 else min(size, self._left)
        chunk = self._content.read(wanted) if wanted else b""
        self._left -= len(chunk)
        return chunk

    def close(self) -> None:
        self._content.close()


def file_response(
    request: HttpRequest, content: IO[bytes], *, size: int, etag: str, filename: str, content_type: str
) -> HttpResponse:
    """The open file as a download: 200 whole, 206 in part, 304 unchanged, 412 changed, 416 beyond its end.

    `etag` names the content without quotation marks and must change whenever a byte does. The answer closes
    the file.
    """
    quoted = f'"{etag}"'
    early = get_conditional_response(request, etag=quoted)
    if early is not None:
        content.close()
        early.headers["ETag"] = quoted
        return early
    try:
        asked = asked_range(request, size, quoted)
    except RangeNotSatisfiable:
        content.close()
        return HttpResponse(
            status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
            headers={"Content-Range": f"bytes */{size}", "Accept-Ranges": "bytes"},
        )
    start, end = asked or (0, size - 1)
    response = FileResponse(
        Part(content, start, end - start + 1),
        as_attachment=True,
        filename=filename,
        content_type=content_type,
        status=HTTPStatus.PARTIAL_CONTENT if asked else HTTPStatus.OK,
    )
    response.block_size = BLOCK
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Content-Length"] = str(end - start + 1)
    response.headers["ETag"] = quoted
    if asked:
        response.headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    return response


def asked_range(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | None:
    """The first and the last byte asked for; None for the whole file.

    What cannot be read, asks for several ranges, or belongs to another version (`If-Range`) is answered with
    the whole file, as the RFC wants it. Raises RangeNotSatisfiable.
    """
    asked = ONE_RANGE.fullmatch(request.headers.get("Range", ""))
    if request.method != "GET" or asked is None or request.headers.get("If-Range", etag) != etag:
        return None
    first, last = asked.groups()
    if not first:
        return _last_bytes(int(last), size) if last else None
    start, end = int(first), min(int(last), size - 1) if last else size - 1
    if last and int(last) < start:
        return None
    if start >= size:
        raise RangeNotSatisfiable
    return start, end


def _last_bytes(count: int, size: int) -> tuple[int, int]:
    if not count or not size:
        raise RangeNotSatisfiable
    return max(0, size - count), size - 1


def _go_to(content: IO[bytes], start: int) -> None:
    """Not every storage's files can seek; those that cannot are read up to the place."""
    try:
        content.seek(start)
        return
    except (AttributeError, OSError):
        left = start
    while left and (skipped := len(content.read(min(left, BLOCK)))):
        left -= skipped
