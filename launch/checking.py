"""`run.py lint` and `run.py check`: what a change must pass before it is worth a review."""

import os
import shutil
import subprocess
import time

from .installing import set_up
from .surroundings import ROOT, VENV, WINDOWS, child_environment, fail
from .testing import test_fast

TOOLS = ROOT / "tools"
BIOME = TOOLS / "node_modules" / ".bin" / ("biome.cmd" if WINDOWS else "biome")
BIN = VENV / ("Scripts" if WINDOWS else "bin")
NO_BIOME = "CSS and JavaScript were not linted: that needs npm (Debian: apt install npm)."


def check(arguments: list[str]) -> int:
    """The linters, then the fast tests; both, so that one run tells everything."""
    linted, tested = lint([]), test_fast(arguments)
    return linted or tested


def lint(arguments: list[str]) -> int:
    if arguments:
        return fail(f"lint takes no arguments, but it was given {arguments[0]}.")
    if not set_up("requirements-dev.txt"):
        return 1
    found = commands()
    if not has_biome():
        if os.environ.get("CI"):
            return fail(NO_BIOME)
        found.pop("biome")
    failed = [name for name, command in found.items() if not passes(name, command)]
    if "biome" not in found:
        print(NO_BIOME, flush=True)
    return fail(f"Failed: {', '.join(failed)}.") if failed else 0


def commands() -> dict[str, list[str]]:
    manage = [str(BIN / "python"), "manage.py"]
    return {
        "ruff check": [str(BIN / "ruff"), "check", "--quiet", "."],
        "ruff format": [str(BIN / "ruff"), "format", "--quiet", "--check", "."],
        "djhtml": [str(BIN / "djhtml"), "--check", "--tabwidth", "2", "templates"],
        "mypy": [str(BIN / "mypy")],
        "system checks": [*manage, "check", "--fail-level", "WARNING"],
        "migrations": [*manage, "makemigrations", "--check", "--dry-run"],
        "biome": [str(BIOME), "lint", "--error-on-warnings"],
    }


def passes(name: str, command: list[str]) -> bool:
    """Whether it succeeds; what it prints is shown only when it does not."""
    begin = time.monotonic()
    result = subprocess.run(
        command,
        cwd=ROOT,
        env=child_environment(DJANGO_SETTINGS_MODULE="siteconf.settings.test"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    is_right = result.returncode == 0
    print(f"{name:15} {'ok' if is_right else 'FAILED'}  {time.monotonic() - begin:.0f} s", flush=True)
    if not is_right:
        print(result.stdout, flush=True)
    return is_right


def has_biome() -> bool:
    """Whether the linter is there; npm fetches the version that tools/package-lock.json pins."""
    lock, installed = TOOLS / "package-lock.json", TOOLS / "node_modules" / ".package-lock.json"
    if BIOME.exists() and installed.exists() and installed.stat().st_mtime >= lock.stat().st_mtime:
        return True
    npm = shutil.which("npm")
    command = ["ci", "--prefix", str(TOOLS), "--ignore-scripts", "--no-fund", "--no-audit"]
    return npm is not None and subprocess.call([npm, *command]) == 0
