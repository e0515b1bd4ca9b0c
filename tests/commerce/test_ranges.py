"""A download that broke off goes on where it stopped, and never mixes two files."""

import io

import pytest
from django.test import Client, RequestFactory

from commerce import downloads
from commerce.ranges import file_response
from tests.commerce.test_order_pages import PDF, file_of, make_ready_order

CONTENT = bytes(range(256)) * 1000
SIZE = len(CONTENT)


class Unseekable(io.RawIOBase):
    """A file of a storage that only streams."""

    def __init__(self, content: bytes):
        self._inner = io.BytesIO(content)

    def read(self, size=-1):
        return self._inner.read(size)

    def seek(self, *args):
        raise io.UnsupportedOperation


def ask(content=None, method="get", **headers):
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    request = getattr(RequestFactory(), method)("/", headers=headers)
    return file_response(
        request,
        content or io.BytesIO(CONTENT),
        size=SIZE,
        etag="v1",
        filename="a.pdf",
        content_type="application/pdf",
    )


def body(response) -> bytes:
    return b"".join(response.streaming_content)


@pytest.mark.parametrize(
    "asked, start, end",
    [
        ("bytes=0-0", 0, 0),
        ("bytes=0-99", 0, 99),
        ("bytes=100-", 100, SIZE - 1),
        ("bytes=-100", SIZE - 100, SIZE - 1),
        (f"bytes=-{SIZE * 2}", 0, SIZE - 1),
        (f"bytes={SIZE - 1}-", SIZE - 1, SIZE - 1),
        (f"bytes=70000-{SIZE * 9}", 70_000, SIZE - 1),
        ("Bytes= 5-6", 5, 6),
    ],
)
@pytest.mark.parametrize("storage", [io.BytesIO, Unseekable])
def test_a_range_is_handed_out_exactly(storage, asked, start, end):
    response = ask(storage(CONTENT), Range=asked)

    assert response.status_code == 206
    assert response.headers["Content-Range"] == f"bytes {start}-{end}/{SIZE}"
    assert response.headers["Content-Length"] == str(end - start + 1)
    assert body(response) == CONTENT[start : end + 1]


@pytest.mark.parametrize(
    "asked",
    ["", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=9-5", "bytes=0-1,4-5", "lines=0-9", "bytes=٣-٤"],
)
def test_what_is_no_single_range_gets_the_whole_file(asked):
    response = ask(Range=asked)

    assert response.status_code == 200
    assert "Content-Range" not in response.headers
    assert response.headers["Accept-Ranges"] == "bytes"
    assert response.headers["Content-Length"] == str(SIZE)
    assert body(response) == CONTENT


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", f"bytes={SIZE * 2}-{SIZE * 3}", "bytes=-0"])
def test_a_range_behind_the_end_is_refused_with_the_size(asked):
    content = io.BytesIO(CONTENT)

    response = ask(content, Range=asked)

    assert (response.status_code, response.content) == (416, b"")
    assert response.headers["Content-Range"] == f"bytes */{SIZE}"
    assert content.closed


@pytest.mark.parametrize(
    "if_range, status",
    [('"v1"', 206), ('"v0"', 200), ('W/"v1"', 200), ("Tue, 24 Nov 2026 10:00:00 GMT", 200)],
)
def test_a_range_of_another_version_gets_the_whole_file(if_range, status):
    assert ask(Range="bytes=0-9", If_Range=if_range).status_code == status


def test_an_unchanged_file_is_not_sent_again():
    unchanged = ask(If_None_Match='"v1"')
    assert (unchanged.status_code, unchanged["ETag"]) == (304, '"v1"')
    assert ask(If_None_Match='"v0"').status_code == 200


def test_a_head_request_tells_the_size_of_the_whole():
    response = ask(method="head", Range="bytes=0-9")

    assert response.status_code == 200
    assert response.headers["Content-Length"] == str(SIZE)


@pytest.mark.django_db
def test_a_print_file_comes_in_parts_that_make_the_whole(owner):
    order = make_ready_order(owner)
    link = downloads.link_to(file_of(order), order_id=order.pk)

    first = Client().get(link, headers={"Range": "bytes=0-6"})
    etag = first.headers["ETag"]
    rest = Client().get(link, headers={"Range": "bytes=7-", "If-Range": etag})

    assert (first.status_code, rest.status_code) == (206, 206)
    assert body(first) + body(rest) == PDF
    assert rest.headers["Cache-Control"] == "private, no-store"
    assert rest.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db
def test_a_file_that_was_replaced_has_another_etag(owner):
    print_file = file_of(make_ready_order(owner))
    before = downloads.etag_of(print_file)

    print_file.file.name = "print-files/other.pdf"

    assert downloads.etag_of(print_file) != before


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["fetching", "failed", "cancelled"])
def test_a_file_of_a_project_that_is_not_ready_is_not_handed_out(owner, status):
    order = make_ready_order(owner)
    print_file = file_of(order)
    type(print_file.project).objects.update(status=status)

    assert Client().get(downloads.link_to(print_file, order_id=order.pk)).status_code == 404
