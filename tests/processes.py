"""What a process that a test starts finds in its environment."""

import os
from collections.abc import Iterable

# For the process of the tests alone: with it the shop, rightly, does not serve.
OF_THE_TESTS = ("DJANGO_ALLOW_ASYNC_UNSAFE",)
# A shop of a test's own chooses its own.
SERVICES = ("DATABASE_URL", "CACHE_URL", "REDIS_URL")


def environment_of_a_shop(*, without: Iterable[str] = (), **values: str) -> dict[str, str]:
    """Ours, but for what is the tests' own and what is named; and `values`."""
    left_out = {*OF_THE_TESTS, *without}
    return {name: value for name, value in os.environ.items() if name not in left_out} | values
