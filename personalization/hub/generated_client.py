"""Runs the generated client (`aurigma-storefront-api-client`) over our blocking transport.

Its generated methods and models are used as they are; only the part below them is ours. The methods are
coroutines that end in one request. That request blocks here, so nothing is ever awaited and a coroutine runs
from start to end in one step.

The package takes half a second and 47 MB to import, therefore it is imported on the first call.
"""

from collections.abc import Callable, Coroutine, Iterator, Sequence
from enum import Enum
from types import ModuleType
from typing import TYPE_CHECKING, Any

import requests

from core.bounds import FROM_HUB, OutOfBounds, bounded_json

from .errors import HubContractError, HubError
from .transport import Transport

if TYPE_CHECKING:
    from pydantic import ValidationError

APIS = {
    "processing_pipelines": "ProcessingPipelinesApi",
    "product_references": "ProductReferencesApi",
    "products": "ProductsApi",
    "projects": "ProjectsApi",
    "storefront_users": "StorefrontUsersApi",
    "tenant_info": "TenantInfoApi",
}


class GeneratedClient:
    """The generated API of one Hub. Safe for threads: after it is built nothing in it changes."""

    def __init__(self, gateway_url: str, transport: Transport):
        from aurigma import storefront
        from aurigma.storefront import api

        accept_unknown_enum_values(storefront.models)
        client = storefront.ApiClient(storefront.Configuration(host=gateway_url))
        # The generated client offers no way to replace these two parts; it is looked up by name.
        replaced = {
            "rest_client": BlockingRestClient(transport),
            "param_serialize": _remembering_the_template(client.param_serialize),
        }
        vars(client).update(replaced)
        self._models = storefront.models
        self._apis = {name: getattr(api, kind)(client) for name, kind in APIS.items()}

    def call(self, operation: str, *, expects: str | None, **arguments: Any) -> Any:
        """What the generated operation "api.method" answers: the model `expects`, or None for no content.
        Raises HubError.
        """
        return self.call_with_body(operation, expects=expects, **arguments)[0]

    def call_with_body(self, operation: str, *, expects: str | None, **arguments: Any) -> tuple[Any, str]:
        """Like `call`, with the body of the answer as it came.

        For a success with another status than the documented one the client would silently
        return None; then the body is read as the expected model.
        """
        from aurigma.storefront.exceptions import OpenApiException
        from pydantic import ValidationError

        api, _, method = operation.partition(".")
        run = getattr(self._apis[api], f"{method}_with_http_info")
        try:
            answer = run_without_loop(run(**arguments))
            found, body = answer.data, answer.raw_data or b""
            if found is None and expects is not None:
                found = self._read_body(expects, body)
            return found, body.decode(errors="replace")
        except HubError:
            raise
        except ValidationError as error:
            complaint = ", ".join(_complaints(error))
        except (OpenApiException, ValueError, LookupError, TypeError, AttributeError) as error:
            complaint = type(error).__name__
        # Raised outside the except blocks: the causes quote what the Hub sent.
        raise HubContractError(f"{operation}: what was sent or answered does not fit the API ({complaint})")

    def _read_body(self, expects: str, body: bytes) -> Any:
        value = getattr(self._models, expects).from_json(body.decode())
        if value is None:
            raise ValueError("empty")
        return value


class BlockingRestClient:
    """Stands in for the generated client's `rest_client`; sends through our transport. Only GET may be
    repeated.
    """

    def __init__(self, transport: Transport):
        self._transport = transport

    async def request(
        self,
        method: str,
        url: "Address",
        headers: dict[str, str] | None = None,
        body: Any = None,
        post_params: Any = None,
        _request_timeout: Any = None,
    ) -> "BlockingResponse":
        accepts = {"Accept": headers["Accept"]} if headers and "Accept" in headers else {}
        response = self._transport.exchange_authorized(
            method, str(url), template=url.template, retry=method == "GET", headers=accepts, json=body
        )
        _check_size(url.template, response.content)
        return BlockingResponse(response)

    async def close(self) -> None:
        """The transport outlives the client."""


class BlockingResponse:
    """A complete answer in the form that the generated client reads."""

    def __init__(self, response: requests.Response):
        self.status = response.status_code
        self.reason = response.reason
        self.headers = {name.lower(): value for name, value in response.headers.items()}
        self.data = response.content

    async def read(self) -> bytes:
        return self.data


class Address(str):
    """A request's address that still knows the path template it was made from: what the log may show."""

    template: str


def _remembering_the_template(
    param_serialize: Callable[..., Sequence[Any]],
) -> Callable[..., tuple[Any, ...]]:
    def serialize(method: str, resource_path: str, **parts: Any) -> tuple[Any, ...]:
        method, url, *rest = param_serialize(method=method, resource_path=resource_path, **parts)
        address = Address(url)
        address.template = resource_path
        return method, address, *rest

    return serialize


def _check_size(call: str, body: bytes) -> None:
    """Raises HubContractError for an answer that nests or grows without end."""
    excess = None
    try:
        bounded_json(body, FROM_HUB)
    except OutOfBounds as found:
        excess = found
    except ValueError:
        # Some answers are no JSON; whoever reads this one knows.
        return
    if excess is not None:
        raise HubContractError(f"{call}: the answer {excess}")


def run_without_loop(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """The result of a coroutine that never really waits; raises what it raises."""
    try:
        coroutine.send(None)
    except StopIteration as finished:
        return finished.value
    coroutine.close()
    raise RuntimeError("The generated client waited for something other than our transport.")


def accept_unknown_enum_values(models: ModuleType) -> None:
    """Let the client's string enumerations take values that it does not know: the Hub is newer than its
    client.

    Without this one unknown `processingStatus` makes a whole list of projects unreadable.
    """
    for kind in vars(models).values():
        if isinstance(kind, type) and issubclass(kind, str) and issubclass(kind, Enum):
            setattr(kind, "_missing_", classmethod(_unknown_member))  # noqa: B010 - its type is fixed


def _unknown_member(kind: type, value: object) -> Any:
    if not isinstance(value, str):
        return None
    member: Any = str.__new__(kind, value)
    member._name_ = member._value_ = value
    return member


def _complaints(error: "ValidationError") -> Iterator[str]:
    """Which field is wrong and how, without the value."""
    for complaint in error.errors(include_url=False, include_context=False, include_input=False)[:3]:
        yield f"{'.'.join(str(part) for part in complaint['loc'])}: {complaint['type']}"
