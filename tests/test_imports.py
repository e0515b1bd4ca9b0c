"""Imports lead from a room to those below it, and never back to where they began."""

import ast
import tomllib
from graphlib import CycleError, TopologicalSorter
from importlib.metadata import PackageNotFoundError, requires

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.rooms import (
    ANATOMY,
    FOLDERS,
    MAY_IMPORT,
    MAY_IMPORT_WITHIN,
    ROOT,
    files_imported_by,
    files_of_rooms,
    folder_within,
    imports_of,
    modules_of,
    room_within,
    run_time_nodes,
)

ONLY_FOR_THE_SANDBOX = {"werkzeug", "reportlab", "pypdfium2"}
HUB = folder_within("personalization/hub")
# The files of an app that put its rooms together; whatever else it has, its rooms stand on that.
PUTS_TOGETHER = {"apps", "admin_urls", "receivers", "tasks", "urls", "wagtail_hooks", "management"}
STAND_ON_THE_APP = [
    *("commerce/desk", "commerce/doctor"),
    *("personalization/designs", "personalization/rendering", "personalization/shoppers"),
]


@pytest.mark.parametrize("room", FOLDERS)
def test_a_room_imports_only_rooms_below_it(room):
    for path in modules_of(room):
        used = {name.split(".")[0] for name in imports_of(path)} & set(FOLDERS)
        assert used <= MAY_IMPORT[room], f"{path.relative_to(ROOT)} imports {used - MAY_IMPORT[room]}"


@pytest.mark.parametrize("room", MAY_IMPORT_WITHIN)
def test_a_room_within_an_app_imports_of_that_app_the_rooms_below_it(room):
    files, imported = files_of_rooms(), set()
    for path in files.values():
        if room_within(path) == room:
            imported |= {room_within(other) for other in files_imported_by(path, files)}
    neighbours = {other for other in imported - {None, room} if other.split("/")[0] == room.split("/")[0]}
    assert neighbours == MAY_IMPORT_WITHIN[room]


def test_rooms_within_an_app_stand_on_each_other_in_no_circle():
    TopologicalSorter(MAY_IMPORT_WITHIN).prepare()


@pytest.mark.parametrize("room", STAND_ON_THE_APP)
def test_the_rest_of_an_app_knows_no_room_that_stands_on_it(room):
    files = files_of_rooms()
    for path in modules_of(room.split("/")[0]):
        begins = path.relative_to(FOLDERS[room.split("/")[0]]).parts[0].removesuffix(".py")
        if room_within(path) is None and begins not in PUTS_TOGETHER:
            above = [other for other in files_imported_by(path, files) if room_within(other) == room]
            assert above == [], f"{path.relative_to(ROOT)} imports {above}"


def test_a_folder_of_an_app_is_a_room_or_has_a_name_of_the_anatomy():
    for app in set(FOLDERS) - {"siteconf"}:
        packages = {path.parent.name for path in FOLDERS[app].glob("*/__init__.py")}
        rooms = {room.split("/")[1] for room in MAY_IMPORT_WITHIN if room.startswith(f"{app}/")}
        assert packages - ANATOMY == rooms, app


def test_no_import_leads_back_to_where_it_began():
    files = files_of_rooms()
    graph = {path: files_imported_by(path, files) for path in files.values()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        way = " → ".join(str(path.relative_to(ROOT)) for path in reversed(circle.args[1]))
        pytest.fail(f"These files import each other in a circle: {way}")


def test_every_service_has_strict_types():
    judged = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mypy"]["files"]
    services = {
        path.relative_to(ROOT).as_posix()
        for room in set(FOLDERS) - {"siteconf"}
        for path in [*FOLDERS[room].rglob("services"), *FOLDERS[room].rglob("services.py")]
    }
    assert {"commerce/services", "commerce/desk/services.py"} <= services
    assert services - set(judged) == set()


def test_only_the_hub_room_imports_the_generated_client():
    for room in FOLDERS:
        for path in modules_of(room):
            uses_client = any(name.split(".")[0] == "aurigma" for name in imports_of(path))
            assert not uses_client or HUB in path.parents, f"{path.relative_to(ROOT)} imports aurigma"


def test_the_generated_client_is_imported_lazily():
    for path in HUB.rglob("*.py"):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.ImportFrom | ast.Import):
                assert "aurigma" not in ast.unparse(node), f"{path.name} imports aurigma at the top"


@pytest.mark.parametrize("folder", [HUB, FOLDERS["core"]])
def test_the_ground_and_the_hub_know_no_models_of_rooms(folder):
    for path in folder.rglob("*.py"):
        forbidden = {name for name in imports_of(path) if ".models" in name and name.split(".")[0] in FOLDERS}
        forbidden -= {name for name in forbidden if name.startswith("core.")}
        assert not forbidden, f"{path.relative_to(ROOT)} imports {forbidden}"


def test_the_hub_room_knows_no_database():
    for path in HUB.rglob("*.py"):
        forbidden = {name for name in imports_of(path) if name.startswith("django.db")}
        assert not forbidden, f"{path.name} imports {forbidden}"


def test_nobody_imports_the_sandbox_nor_what_only_that_needs():
    forbidden = {"cchub_sandbox", *ONLY_FOR_THE_SANDBOX}
    for room in FOLDERS:
        for path in modules_of(room):
            users = {name.split(".")[0] for name in imports_of(path)} & forbidden
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
        known = {name.split(".")[0] for name in imports_of(path)} & {*FOLDERS, "django", "wagtail"}
        assert not known, f"{path.relative_to(ROOT)} imports {known}"


def test_site_is_never_a_package():
    assert not (ROOT / "site" / "__init__.py").exists(), "it would shadow Python's own module `site`"


def test_the_test_itself_sees_circles_and_overlooks_imports_for_types(tmp_path):
    first, second = tmp_path / "first.py", tmp_path / "second.py"
    first.write_text(
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import second\nelse:\n    import third\n"
    )
    second.write_text("def late():\n    import first\n")
    names = [
        {
            name
            for node in run_time_nodes(ast.parse(path.read_text()))
            if isinstance(node, ast.Import)
            for name in (alias.name for alias in node.names)
        }
        for path in (first, second)
    ]
    assert names == [{"third"}, {"first"}]
