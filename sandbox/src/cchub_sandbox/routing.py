"""Tables of endpoints, and who may call them."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any


class Audience(Enum):
    PUBLIC = "public"  # no token
    BACKEND = "backend"  # access token of the external app
    BROWSER = "browser"  # token of a storefront user
    LOCAL = "local"  # the person at this machine: console and control


@dataclass(frozen=True)
class Route:
    """One endpoint. `name` is what failures are armed for, as in "projects.create"."""

    method: str
    path: str
    name: str
    audience: Audience
    scope: str | None
    view: Callable[..., Any]


class RouteTable:
    """Collects the endpoints of one module."""

    def __init__(self) -> None:
        self.routes: list[Route] = []

    def public(self, method: str, path: str, name: str) -> Callable:
        return self._add(method, path, name, Audience.PUBLIC, None)

    def backend(self, method: str, path: str, name: str, *, scope: str) -> Callable:
        return self._add(method, path, name, Audience.BACKEND, scope)

    def browser(self, method: str, path: str, name: str) -> Callable:
        return self._add(method, path, name, Audience.BROWSER, None)

    def local(self, method: str, path: str, name: str) -> Callable:
        return self._add(method, path, name, Audience.LOCAL, None)

    def _add(self, method: str, path: str, name: str, audience: Audience, scope: str | None) -> Callable:
        def register(view: Callable) -> Callable:
            self.routes.append(Route(method, path, name, audience, scope, view))
            return view

        return register
