"""The first minutes of somebody new: the README's lines in an empty virtual environment."""

import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest
import requests

SANDBOX = Path(__file__).parents[1]
pytestmark = pytest.mark.slow
VARIABLES = {
    name: value for name, value in os.environ.items() if not name.startswith(("CCHUB_", "PYTHONPATH"))
}
PIP = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check")

LIST_PRODUCTS = """
import asyncio, sys
from aurigma.storefront import ApiClient, Configuration
from aurigma.storefront.api import ProductsApi

async def main(host, token):
    async with ApiClient(Configuration(host=host, access_token=token)) as client:
        page = await ProductsApi(client).products_get_all_products()
        print(*(product.name for product in page.items), sep="\\n")

asyncio.run(main(*sys.argv[1:]))
"""


class Environment:
    """A virtual environment with nothing in it but the sandbox and what that asks for."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.programs = directory / ("Scripts" if os.name == "nt" else "bin")
        subprocess.run([sys.executable, "-m", "venv", directory], check=True)
        self.python(*PIP, str(SANDBOX))

    def python(self, *arguments: str, cwd: Path | None = None) -> str:
        """What Python writes when run with these arguments, without anything of ours on its path."""
        command = [self.programs / "python", *arguments]
        where = cwd or self.directory
        done = subprocess.run(
            command, check=True, env=VARIABLES, cwd=where, stdout=subprocess.PIPE, text=True
        )
        return done.stdout


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    return Environment(tmp_path_factory.mktemp("environment"))


def client_to_install() -> str:
    project = tomllib.loads((SANDBOX / "pyproject.toml").read_text())["project"]
    (client,) = (name for name in project["optional-dependencies"]["test"] if name.startswith("aurigma"))
    return client


def test_the_official_client_lists_the_products_of_a_fresh_installation(environment):
    serve = [environment.programs / "cchub-sandbox", "serve", "--port", "0"]
    process = subprocess.Popen(
        serve, stdout=subprocess.PIPE, text=True, env=VARIABLES, cwd=environment.directory
    )
    try:
        url = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())[0]
        credentials = re.findall(r"-d (\w+)=(\S+)", (SANDBOX / "README.md").read_text())
        token = requests.post(f"{url}/connect/token", data=dict(credentials), timeout=10).json()[
            "access_token"
        ]
        console = requests.get(url, timeout=10)
        environment.python(*PIP, client_to_install())
        products = environment.python("-c", LIST_PRODUCTS, url, token).splitlines()
    finally:
        process.terminate()
        process.communicate(timeout=30)
    assert (len(products), products[0]) == (7, "Classic business cards")
    assert "<h1>Sandbox Hub</h1>" in console.text


def test_the_wheel_and_the_source_archive_are_complete(environment, tmp_path):
    environment.python(*PIP, "hatchling")
    environment.python("-m", "hatchling", "build", "--directory", str(tmp_path), cwd=SANDBOX)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        installed = set(wheel.namelist())
    with tarfile.open(next(tmp_path.glob("*.tar.gz"))) as archive:
        sources = {name.partition("/")[2] for name in archive.getnames()}
    source = SANDBOX / "src"
    ours = {path.relative_to(source).as_posix() for path in source.rglob("*") if is_ours(path)}
    licences = {name.partition("/licenses/")[2] for name in installed if "/licenses/" in name}
    assert ours - installed == set()
    assert licences == {"LICENSE", *(f"src/{name}" for name in ours if name.endswith("-OFL.txt"))}
    assert {"LICENSE", "README.md", "CHANGELOG.md", "docs/catalog.md", "tests/test_client.py"} <= sources


def is_ours(path: Path) -> bool:
    return path.is_file() and path.suffix != ".pyc"
