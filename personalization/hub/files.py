"""Downloads: rendered files and previews of designs.

The addresses come from outside (the Hub's answers, or a browser), so each is checked before anything is sent
to it, and the access token goes to the hosts named in the environment only.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from time import monotonic
from urllib.parse import quote, urljoin

import requests

from .addresses import leads_inside, origin
from .config import HubConfig
from .errors import HubContractError, HubUnavailable
from .transport import NETWORK_ERRORS, Transport, describe_network_error
from .types import ArtifactStream, OutputFile, Preview

ARTIFACT = "/api/storage/v1/artifacts/{id}/file"
PREVIEW = "(design preview)"

ARTIFACT_BYTES = 1024**3
PREVIEW_BYTES = 5 * 1024**2
CHUNK_BYTES = 64 * 1024
MAXIMUM_CONTENT_TYPE = 100
REDIRECTS = 5

PICTURES: dict[str, Callable[[bytes], bool]] = {
    "image/png": lambda start: start.startswith(b"\x89PNG\r\n\x1a\n"),
    "image/jpeg": lambda start: start.startswith(b"\xff\xd8\xff"),
    "image/webp": lambda start: start.startswith(b"RIFF") and start[8:12] == b"WEBP",
}


class Files:
    """Fetches files from one Hub and from the places that it points to."""

    def __init__(self, config: HubConfig, transport: Transport):
        self._config = config
        self._transport = transport

    @contextmanager
    def open_artifact(self, file: OutputFile) -> Iterator[ArtifactStream]:
        """See `Hub.open_artifact`."""
        with self._follow(self._address_of(file)) as response:
            content_type = _content_type(response)
            if content_type == "text/html":
                raise HubContractError(f"GET {ARTIFACT}: a page instead of a file")
            promised = _content_length(response)
            content = _whole(response, file.size, promised)
            yield ArtifactStream(
                content_type=content_type,
                size=file.size if promised is None else promised,
                iter_bytes=lambda: content,
            )

    def fetch_preview(self, url: str, *, also_from: Iterable[str]) -> Preview:
        """See `Hub.fetch_preview`."""
        place = origin(url)
        if not place or place not in self._config.origins | {origin(other) for other in also_from}:
            raise HubContractError("A preview may only come from the Hub's own hosts.")
        give_up_at = monotonic() + self._config.timeout_seconds
        for _ in range(REDIRECTS):
            self._check_place(url)
            options = {"template": PREVIEW, "retry": True, "redirects": True, "stream": True}
            with self._transport.exchange("GET", url, headers={"Accept": "image/*"}, **options) as response:
                if not response.is_redirect:
                    return _picture(response, give_up_at)
                url = _target(response, url)
            if origin(url) != place:
                break
        raise HubContractError(f"GET {PREVIEW}: redirected elsewhere")

    def _address_of(self, file: OutputFile) -> str:
        """The file's address if it is on a configured host, else its place at the gateway.

        Output addresses may name a host inside the Hub; Aurigma's own samples rewrite them as well.
        """
        if origin(file.url) in self._config.origins:
            return file.url
        if not file.artifact_id:
            raise HubContractError(
                "An output file has no artifact id and lies on a host that is not configured."
            )
        return self._config.gateway_url + ARTIFACT.format(id=quote(file.artifact_id, safe=""))

    def _follow(self, url: str) -> requests.Response:
        """The open answer at the end of the redirects. From the first one out of the Hub on, no token."""
        exchange = self._transport.exchange_authorized
        headers = {"Accept": "*/*", "Accept-Encoding": "identity"}
        options = {"template": ARTIFACT, "retry": True, "redirects": True, "stream": True}
        for _ in range(REDIRECTS + 1):
            self._check_place(url)
            if origin(url) not in self._config.origins:
                exchange = self._transport.exchange
            response = exchange("GET", url, headers=headers, **options)
            if not response.is_redirect:
                return response
            response.close()
            url = _target(response, url)
        raise HubContractError(f"GET {ARTIFACT}: too many redirects")

    def _check_place(self, url: str) -> None:
        """Refuse what reaches into our network or can be read on the way. Configured hosts are trusted."""
        place = origin(url)
        if place in self._config.origins:
            return
        if not place.startswith("https://"):
            raise HubContractError("The Hub points to an address that is not https.")
        try:
            inside = leads_inside(url)
        except (OSError, UnicodeError):
            raise HubUnavailable("The Hub points to a host that cannot be found.") from None
        if inside:
            raise HubContractError("The Hub points to an address inside a private network.")


def _target(response: requests.Response, url: str) -> str:
    """Where a redirect leads; an empty string if that is no address."""
    try:
        return urljoin(url, response.headers["Location"])
    except ValueError:
        return ""


def _whole(response: requests.Response, *promised_sizes: int | None) -> Iterator[bytes]:
    """The answer's bytes; raises HubUnavailable at the end if there are not as many as were promised."""
    received = 0
    for chunk in _chunks(response, f"GET {ARTIFACT}"):
        received += len(chunk)
        if received > ARTIFACT_BYTES:
            raise HubContractError(f"GET {ARTIFACT}: more than {ARTIFACT_BYTES} bytes")
        yield chunk
    if any(size is not None and size != received for size in promised_sizes):
        raise HubUnavailable(f"GET {ARTIFACT}: incomplete, {received} bytes came")


def _picture(response: requests.Response, give_up_at: float) -> Preview:
    call = f"GET {PREVIEW}"
    content_type = _content_type(response)
    if content_type not in PICTURES:
        raise HubContractError(f"{call}: not a picture")
    content = bytearray()
    for chunk in _chunks(response, call):
        content += chunk
        if len(content) > PREVIEW_BYTES:
            raise HubContractError(f"{call}: more than {PREVIEW_BYTES} bytes")
        if monotonic() > give_up_at:
            raise HubUnavailable(f"{call}: not complete in time")
    if not PICTURES[content_type](bytes(content[:16])):
        raise HubContractError(f"{call}: not the picture that it claims to be")
    return Preview(content=bytes(content), content_type=content_type)


def _chunks(response: requests.Response, call: str) -> Iterator[bytes]:
    try:
        yield from response.iter_content(CHUNK_BYTES)
    except NETWORK_ERRORS as error:
        raise describe_network_error(call, error) from None


def _content_type(response: requests.Response) -> str:
    given = response.headers.get("Content-Type", "application/octet-stream")
    return given.partition(";")[0].strip().lower()[:MAXIMUM_CONTENT_TYPE]


def _content_length(response: requests.Response) -> int | None:
    text = response.headers.get("Content-Length", "")
    return int(text) if text.isdecimal() and "Content-Encoding" not in response.headers else None
