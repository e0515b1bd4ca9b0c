"""Does what a guide says, in a copy of the project.

A block of code with a title is a file; one that exists is extended. A `diff` changes the one place where its
lines stand. The lines of a `sh` block are run.
"""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests import migrated

BLOCK = re.compile(r"^```(?P<language>\w+)(?: title=\"(?P<title>[^\"]+)\")?\n(?P<code>.*?)^```$", re.M | re.S)
# What a guide does not change is not copied.
NOT_NEEDED = shutil.ignore_patterns(
    ".git", ".venv*", "var", "node_modules", "__pycache__", ".*_cache", ".env"
)


@dataclass(frozen=True)
class Block:
    """One block of code of a guide."""

    language: str
    title: str
    code: str


def blocks_of(guide: Path) -> list[Block]:
    return [
        Block(m["language"], m["title"] or "", m["code"]) for m in BLOCK.finditer(guide.read_text("utf-8"))
    ]


def copy_project(source: Path, target: Path) -> None:
    shutil.copytree(source, target, ignore=NOT_NEEDED, symlinks=True, dirs_exist_ok=True)
    if migrated.FOLDER.exists():
        shutil.copytree(migrated.FOLDER, target / "var" / "tests")


def follow(guide: Path, project: Path) -> None:
    """Raises AssertionError with the output of a command that fails."""
    for block in blocks_of(guide):
        if block.language == "diff":
            change(project / block.title, block.code)
        elif block.title:
            write(project / block.title, block.code)
        elif block.language == "sh":
            for line in block.code.splitlines():
                run(line, project)


def write(path: Path, code: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_text("utf-8") + "\n\n" if path.exists() else ""
    path.write_text(before + code, "utf-8")


def change(path: Path, diff: str) -> None:
    lines = diff.splitlines(keepends=True)
    before = "".join(line[1:] for line in lines if line[0] in " -")
    after = "".join(line[1:] for line in lines if line[0] in " +")
    text = path.read_text("utf-8")
    assert text.count(before) == 1, f"{path} does not have exactly once:\n{before}"
    path.write_text(text.replace(before, after), "utf-8")


def run(command: str, project: Path) -> None:
    program, *arguments = command.split()
    assert program == "python", f"Guides run python only: {command}"
    result = subprocess.run(
        [sys.executable, *arguments],
        cwd=project,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "siteconf.settings.test",
            "DEBUG": "false",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert result.returncode == 0, f"{command}\n{result.stdout}"
