"""The rooms of the project and who may import whom."""

import ast
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from django.conf import settings
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(settings.BASE_DIR)
ROOMS = ("siteconf", "commerce", "catalog", "home", "personalization")
ONLY_FOR_THE_SANDBOX = {"werkzeug", "reportlab", "pypdfium2"}
MAY_IMPORT = {
    "siteconf": {"siteconf", "commerce", "catalog", "home", "personalization"},
    "commerce": {"commerce", "catalog", "home", "personalization"},
    "catalog": {"catalog", "home", "personalization"},
    "home": {"home"},
    "personalization": {"personalization"},
}


def modules_of(room: str) -> list[Path]:
    folder = ROOT / "site" / "siteconf" if room == "siteconf" else ROOT / room
    return [path for path in folder.rglob("*.py") if "migrations" not in path.parts]


def imports_of(path: Path) -> set[str]:
    """The dotted names that a module imports; relative ones are resolved."""
    package = path.relative_to(ROOT / "site" if "siteconf" in path.parts else ROOT).parent.parts
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*base, *([node.module] if node.module else [])])
            names |= {module, *(f"{module}.{alias.name}" for alias in node.names)}
    return names


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_rooms_below_it(room):
    for path in modules_of(room):
        used = {name.split(".")[0] for name in imports_of(path)} & set(ROOMS)
        assert used <= MAY_IMPORT[room], f"{path.relative_to(ROOT)} imports {used - MAY_IMPORT[room]}"


def test_only_the_hub_room_imports_the_official_client():
    hub = ROOT / "personalization" / "hub"
    for room in ROOMS:
        for path in modules_of(room):
            uses_client = any(name.split(".")[0] == "aurigma" for name in imports_of(path))
            assert not uses_client or hub in path.parents, f"{path.relative_to(ROOT)} imports aurigma"


def test_the_official_client_is_imported_lazily():
    for path in (ROOT / "personalization" / "hub").rglob("*.py"):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.ImportFrom | ast.Import):
                assert "aurigma" not in ast.unparse(node), f"{path.name} imports aurigma at the top"


def test_the_hub_room_knows_no_models():
    for path in (ROOT / "personalization" / "hub").rglob("*.py"):
        forbidden = {name for name in imports_of(path) if name.startswith("django.db")}
        forbidden |= {name for name in imports_of(path) if name.startswith("personalization.models")}
        assert not forbidden, f"{path.name} imports {forbidden}"


def test_nobody_imports_the_sandbox_nor_what_only_that_needs():
    for room in ROOMS:
        for path in modules_of(room):
            users = {name.split(".")[0] for name in imports_of(path)} & {
                "cchub_sandbox",
                *ONLY_FOR_THE_SANDBOX,
            }
            assert not users, f"{path.relative_to(ROOT)} imports {users}"


def test_a_shop_in_production_installs_nothing_that_only_the_sandbox_needs():
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    installed, left = set(), [Requirement(line) for line in lines if line and not line.startswith("#")]
    while left:
        asked = left.pop()
        name = canonicalize_name(asked.name)
        if name in installed:
            continue
        installed.add(name)
        left += [needed for needed in needs_of(name) if is_needed(needed, asked.extras)]
    assert "django" in installed
    assert installed & {"cchub-sandbox", *ONLY_FOR_THE_SANDBOX} == set()


def needs_of(name: str) -> list[Requirement]:
    try:
        return [Requirement(line) for line in requires(name) or ()]
    except PackageNotFoundError:  # only for another platform
        return []


def is_needed(requirement: Requirement, extras: set[str]) -> bool:
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in extras or {""})


def test_the_sandbox_knows_neither_django_nor_the_shop():
    for path in (ROOT / "sandbox" / "src").rglob("*.py"):
        known = {name.split(".")[0] for name in imports_of(path)} & {*ROOMS, "django", "wagtail"}
        assert not known, f"{path.relative_to(ROOT)} imports {known}"


def test_site_is_never_a_package():
    assert not (ROOT / "site" / "__init__.py").exists(), "it would shadow Python's own module `site`"
