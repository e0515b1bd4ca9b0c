"""requirements.lock holds everything, for every Python that the shop supports.

What is installed here tells what it needs; `.ci/check-lock` asks the package index for the wheels.
"""

import importlib.metadata
import re
import tomllib

import pytest
from django.conf import settings
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

import launch

ROOT = settings.BASE_DIR
# The Python of Debian 12, Ubuntu 24.04, Debian 13 and Ubuntu 26.04.
PYTHONS = ["3.11.2", "3.12.3", "3.13.5", "3.14.0"]
DIRECT = ("requirements.txt", "requirements-demo.txt", "requirements-dev.txt", "requirements-docs.txt")


def requirements(name: str) -> list[Requirement]:
    lines = (ROOT / name).read_text().splitlines()
    return [Requirement(line) for line in lines if line and not line.startswith(("#", "-"))]


def locked(python: str) -> dict[str, str]:
    """The release that is locked, by package."""
    wanted = [line for line in requirements("requirements.lock") if applies(line, python)]
    return {canonicalize_name(line.name): str(line.specifier).removeprefix("==") for line in wanted}


def applies(requirement: Requirement, python: str, extra: str = "") -> bool:
    version = {"python_full_version": python, "python_version": ".".join(python.split(".")[:2])}
    environment = {**default_environment(), **version, "extra": extra}
    return requirement.marker is None or requirement.marker.evaluate(environment)


def needs(distribution: importlib.metadata.Distribution, python: str) -> list[Requirement]:
    found = [Requirement(text) for text in distribution.requires or []]
    return [requirement for requirement in found if applies(requirement, python)]


def installed(names) -> list[importlib.metadata.Distribution]:
    known = {canonicalize_name(found.metadata["Name"]): found for found in importlib.metadata.distributions()}
    return [known[name] for name in names if name in known]


@pytest.mark.parametrize("python", PYTHONS)
def test_every_locked_release_supports_this_python(python):
    names = locked(python)
    unfit = {
        found.metadata["Name"]: found.metadata["Requires-Python"]
        for found in installed(names)
        if not SpecifierSet(found.metadata["Requires-Python"] or "").contains(python)
    }
    assert unfit == {}


@pytest.mark.parametrize("python", PYTHONS)
def test_whatever_a_locked_release_needs_is_locked_and_fits(python):
    names = locked(python)
    missing = {
        f"{found.metadata['Name']} needs {requirement}"
        for found in installed(names)
        for requirement in needs(found, python)
        if not requirement.specifier.contains(names.get(canonicalize_name(requirement.name), ""))
    }
    assert missing == set()


def test_what_is_installed_here_is_what_is_locked():
    names = locked(default_environment()["python_full_version"])
    here = {canonicalize_name(found.metadata["Name"]): found.version for found in installed(names)}
    assert here == {name: names[name] for name in here}


def test_direct_requirements_are_pinned_to_what_is_locked():
    names = locked(PYTHONS[-1])
    direct = [requirement for file in DIRECT for requirement in requirements(file)]
    assert {line.name: str(line.specifier) for line in direct} == {
        line.name: f"=={names[canonicalize_name(line.name)]}" for line in direct
    }


def test_every_place_names_the_same_range_of_pythons():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    oldest, too_new = (".".join(map(str, version)) for version in (launch.OLDEST, launch.TOO_NEW))
    assert project["requires-python"] == f">={oldest},<{too_new}"
    newest = f"{launch.TOO_NEW[0]}.{launch.TOO_NEW[1] - 1}"
    assert f"{oldest} to {newest}" == launch.SUPPORTED
    assert launch.SUPPORTED in (ROOT / "README.md").read_text()
    checked = re.search(r"for version in (.*); do", (ROOT / ".ci" / "check-lock").read_text())[1]
    assert checked.split() == PYTHONS
