"""The rooms of the project, who may import whom, and who does."""

import ast
from functools import cache
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
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
# The rooms within an app, and which others of the same app they stand on; each of these they do import.
MAY_IMPORT_WITHIN = {
    "commerce/desk": {"commerce/doctor"},
    "commerce/doctor": set(),
    "catalog/demo": set(),
    "catalog/mapping": set(),
    "home/accounts": set(),
    "personalization/designs": {
        "personalization/editors",
        "personalization/shoppers",
        "personalization/hub",
    },
    "personalization/rendering": {"personalization/shoppers", "personalization/hub"},
    "personalization/editors": {"personalization/hub"},
    "personalization/shoppers": {"personalization/hub"},
    "personalization/hub": set(),
    "core/audit": set(),
    "core/outbox": set(),
    "core/schedules": set(),
    "core/worker": {"core/schedules"},
}
# What any app or room may have: the anatomy, and what Django looks for.
ANATOMY = {
    *("models", "blocks", "services", "selectors", "forms", "urls", "views", "tasks", "wagtail_hooks"),
    *("viewsets", "management", "migrations", "templatetags"),
}
# Where dotted names begin, the innermost first.
GROUNDS = (ROOT / "sandbox" / "src", ROOT / "site", ROOT)


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


def room_within(path: Path) -> str | None:
    """The room within an app that a file belongs to: `commerce/desk`; None for the rest of the app."""
    return next((room for room in MAY_IMPORT_WITHIN if folder_within(room) in path.parents), None)


def folder_within(room: str) -> Path:
    app, name = room.split("/")
    return FOLDERS[app] / name


def files_of_rooms() -> dict[str, Path]:
    """Every module of every room under its dotted name."""
    return {name_of(path): path for room in FOLDERS for path in modules_of(room)}
