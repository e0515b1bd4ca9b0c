"""One sandbox for all tests, emptied before each. Its projects wait until a test lets them go on."""

import pytest

import tenant
from cchub_sandbox.server import SandboxServer


@pytest.fixture(scope="session")
def sandbox_server(tmp_path_factory):
    with SandboxServer(
        catalog=tenant.catalog(),
        state_dir=tmp_path_factory.mktemp("sandbox"),
        port=0,
        speed=0,
        **tenant.IDENTITY,
    ) as server:
        yield server


@pytest.fixture
def sandbox(sandbox_server):
    sandbox_server.control.reset()
    return sandbox_server
