"""The rooms of the project, who may import whom, and that no import leads back to where it began."""

import ast
from functools import cache
from graphlib import CycleError, TopologicalSorter
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from django.conf import settings
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(settings.BASE_DIR)
ONLY_FOR_THE_SANDBOX = {"werkzeug", "reportlab", "pypdfium2"}
FOLDERS = {
    "siteconf": ROOT / "site" / "siteconf",
    "core": ROOT / "site" / "core",
    **{room: ROOT / room for room in ("commerce", "catalog", "home", "personalization")},
}
MAY_IMPORT = {
    "siteconf": {"siteconf", "commerce", "catalog", "home", "personalization", "core"},
    "commerce": {"commerce", "catalog", "home", "personalization", "core"},
    "catalog": {"catalog", "home", "personalization", "core"},
    "home": {"home", "core"},
    "personalization": {"personalization", "core"},
    "core": {"core"},
}
# Where dotted names begin, the innermost first.
GROUNDS = (ROOT / "sandbox" / "src", ROOT / "site", ROOT)
HUB = FOLDERS["personalization"] / "hub"


def modules_of(room: str) -> list[Path]:
    return [path for path in FOLDERS[room].rglob("*.py") if "migrations" not in path.parts]


def name_of(path: Path) -> str:
    """The dotted name of a module; of a package's `__init__.py` the package's."""
    ground = next(folder for folder in GROUNDS if path.is_relative_to(folder))
    relative = path.relative_to(ground)
    parts = relative.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def run_time_nodes(tree: ast.AST):
    """Every node but those below `if TYPE_CHECKING:`, which nothing runs."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        is_type_only = isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        waiting += node.orelse if is_type_only else ast.iter_child_nodes(node)


@cache
def imports_of(path: Path) -> frozenset[str]:
    """The dotted names that a module imports when it runs, inside functions too."""
    package = name_of(path).split(".") if path.name == "__init__.py" else name_of(path).split(".")[:-1]
    names = set()
    for node in run_time_nodes(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            names |= {module, *(f"{module}.{alias.name}" for alias in node.names)}
    return frozenset(names)


def files_imported_by(path: Path, files: dict[str, Path]) -> set[Path]:
    """The files that a module takes something from. `from a import b` is a.b's file if b is a module."""
    names = imports_of(path)
    modules = {name for name in names if name in files}
    parents = {name.rpartition(".")[0] for name in modules}
    taken_from = {name.rpartition(".")[0] for name in names if name not in files}
    return {files[name] for name in modules if name not in parents or name in taken_from} - {path}


@pytest.mark.parametrize("room", FOLDERS)
def test_a_room_imports_only_rooms_below_it(room):
    for path in modules_of(room):
        used = {name.split(".")[0] for name in imports_of(path)} & set(FOLDERS)
        assert used <= MAY_IMPORT[room], f"{path.relative_to(ROOT)} imports {used - MAY_IMPORT[room]}"


def test_no_import_leads_back_to_where_it_began():
    files = {name_of(path): path for room in FOLDERS for path in modules_of(room)}
    graph = {path: files_imported_by(path, files) for path in files.values()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        way = " → ".join(str(path.relative_to(ROOT)) for path in reversed(circle.args[1]))
        pytest.fail(f"These files import each other in a circle: {way}")


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
