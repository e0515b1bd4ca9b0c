"""The WSGI application: finds the endpoint, checks the caller, lets armed faults strike."""

import logging
import socket
import struct
from collections.abc import Callable, Iterable
from typing import Any

from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Response

from . import access, failures, origins, problems
from .calls import Call
from .failures import Fault, ResetConnection
from .http import HubRequest, empty, json_response
from .hub import Hub
from .routes import TABLES
from .routing import Audience, Route

logger = logging.getLogger(__name__)

MOST_BYTES_DISCARDED = 200 * 1024 * 1024


class HubApp:
    """All endpoints of the sandbox behind one WSGI callable."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        routes = [route for table in TABLES for route in table.routes]
        hub.endpoint_names = tuple(
            dict.fromkeys(route.name for route in routes if route.audience is not Audience.LOCAL)
        )
        self._urls = Map(
            [Rule(route.path, methods=[route.method], endpoint=route) for route in routes],
            merge_slashes=False,
        )

    def __call__(self, environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
        request = HubRequest(environ)
        try:
            response = self._answer(request)
        except ResetConnection:
            return _reset(environ, start_response)
        return response(environ, start_response)

    def _answer(self, request: HubRequest) -> Response:
        if not origins.names_loopback(request.host):
            return json_response(
                problems.problem_details(400, "The sandbox answers on loopback names only."), 400
            )
        adapter = self._urls.bind_to_environ(request.environ)
        try:
            if request.method == "OPTIONS":
                return origins.preflight(self._hub, request, adapter.allowed_methods())
            route, arguments = adapter.match()
        except HTTPException as error:
            return self._no_such_endpoint(request, error.code or 404)
        fault = None if route.audience is Audience.LOCAL else self._hub.failures.take(route.name)
        response = self._with_fault(route, request, arguments, fault)
        return origins.allow(self._hub, request, route, response)

    def _with_fault(
        self, route: Route, request: HubRequest, arguments: dict[str, Any], fault: Fault | None
    ) -> Response:
        try:
            if fault and fault.mode in failures.INSTEAD:
                response = failures.instead(fault, self._hub.failures)
            else:
                response = self._view(route, request, arguments)
            self._log(route, request, response.status_code, fault)
        except ResetConnection:
            self._log(route, request, 0, fault)
            raise
        if fault and fault.mode in failures.AFTERWARDS:
            response = failures.afterwards(fault, response, self._hub.failures)
        return response

    def _view(self, route: Route, request: HubRequest, arguments: dict[str, Any]) -> Response:
        try:
            if route.audience is Audience.LOCAL:
                origins.require_own_origin(request)
            access.authorize(self._hub, request, route)
            return route.view(self._hub, request, **arguments)
        except problems.Refusal as refusal:
            if refusal.body is None:
                return empty(refusal.status)
            return json_response(refusal.body, refusal.status)
        except RequestEntityTooLarge:
            _read_to_the_end(request)
            text = "This file is larger than 20 MB. Please choose a smaller one."
            return json_response(problems.problem_details(413, text), 413)
        except Exception:
            logger.exception("The sandbox failed on %s %s", request.method, request.path)
            return json_response(
                problems.problem_details(500, "The sandbox itself failed; see its output."), 500
            )

    def _log(self, route: Route, request: HubRequest, status: int, fault: Fault | None) -> None:
        if route.audience is Audience.LOCAL:
            return
        self._hub.calls.add(
            Call(
                at=self._hub.clock.now(),
                method=request.method,
                path=request.path,
                query=request.args.to_dict(),
                name=route.name,
                status=status,
                failure=fault.label if fault else None,
                user_id=request.user_id,
                body=request.json_body,
            )
        )

    def _no_such_endpoint(self, request: HubRequest, status: int) -> Response:
        self._hub.calls.add(
            Call(self._hub.clock.now(), request.method, request.path, request.args.to_dict(), "none", status)
        )
        detail = f"{request.method} {request.path} is not an endpoint of the sandbox."
        return json_response(problems.problem_details(status, detail), status)


def _read_to_the_end(request: HubRequest) -> None:
    """A browser shows no answer that arrives while it is still sending."""
    left = min(request.content_length or 0, MOST_BYTES_DISCARDED)
    while left > 0 and (chunk := request.environ["wsgi.input"].read(min(left, 65536))):
        left -= len(chunk)


def _reset(environ: dict[str, Any], start_response: Callable) -> list[bytes]:
    """Cut the connection with a TCP reset, as a crashed gateway would."""
    connection: socket.socket | None = environ.get("werkzeug.socket")
    if connection is None:
        raise ConnectionResetError
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.shutdown(socket.SHUT_RDWR)
    raise ConnectionAbortedError
