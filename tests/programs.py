"""Programs that tests start and Python does not bring."""

import os
import shutil

import pytest

# Debian keeps servers where the PATH of most people does not lead.
PLACES = f"{os.environ.get('PATH', '')}:/usr/sbin"


def require_program(name: str) -> str:
    """Where a program is; without it the test is skipped, but in CI it fails."""
    found = shutil.which(name, path=PLACES)
    if found is None:
        assert not os.environ.get("CI"), f"{name} is missing, and CI does not go without it"
        pytest.skip(f"{name} is not installed")
    return found
