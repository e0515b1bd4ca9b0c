"""Every address that the URLconf knows, with arguments that name objects of a `World`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Address:
    """`name` is the URL's name with its namespaces; the route itself where it has none."""

    name: str
    route: str

    def path(self, arguments: dict[str, object]) -> str:
        """The address with arguments, looked up as "name argument", then "namespace: argument", then
        "argument"; a whole path for a regular expression is found under the name.
        """
        if self.name in arguments:
            return str(arguments[self.name])
        namespace = self.name.rpartition(":")[0]

        def value(match: re.Match[str]) -> str:
            keys = (f"{self.name} {match[1]}", f"{namespace}: {match[1]}", match[1])
            return str(next(arguments[key] for key in keys if key in arguments))

        return "/" + ARGUMENT.sub(value, self.route.replace("^", ""))


def every_address() -> list[Address]:
    """The whole URLconf, with everything that it includes."""
    return list(dict.fromkeys(_walk(get_resolver().url_patterns, route="", namespaces=())))


def _walk(patterns: list, *, route: str, namespaces: tuple[str, ...]) -> Iterator[Address]:
    for pattern in patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from _walk(pattern.url_patterns, route=here, namespaces=inner)
        elif isinstance(pattern, URLPattern):
            yield Address(":".join([*namespaces, pattern.name]) if pattern.name else here, here)
