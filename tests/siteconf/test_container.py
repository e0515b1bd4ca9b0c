"""deploy/Containerfile: what .dockerignore leaves is all that the shop needs. No image is built here."""

import os
import re
import shutil
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import pytest
from django.conf import settings

from .conftest import COMPLETE

ROOT = Path(settings.BASE_DIR)
LINES = (ROOT / "deploy" / "Containerfile").read_text().splitlines()


def is_ignored(path: Path, patterns: list[str]) -> bool:
    """By the last pattern that matches, as Docker and Podman do."""
    ignored = False
    for pattern in patterns:
        wanted = pattern.removeprefix("!")
        matches = fnmatch(path.name, wanted[3:]) if wanted.startswith("**/") else fnmatch(str(path), wanted)
        if matches:
            ignored = not pattern.startswith("!")
    return ignored


def copy(project: Path, target: Path) -> None:
    """What `COPY . .` copies."""
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    patterns = [line for line in lines if line and not line.startswith("#")]

    def left_out(folder: str, names: list[str]) -> set[str]:
        place = Path(folder).relative_to(project)
        return {name for name in names if is_ignored(place / name, patterns)}

    shutil.copytree(project, target, ignore=left_out)


@pytest.fixture
def image(tmp_path):
    """A folder with the files of the image, and nothing else of the project."""
    assert "COPY . ." in LINES
    copy(ROOT, tmp_path / "image")
    (tmp_path / "image" / "var").mkdir()
    return tmp_path / "image"


def test_the_files_of_the_image_are_a_shop_that_starts(image):
    environment = COMPLETE | {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "siteconf.settings.production",
        "CCHUB_WEBHOOK_SECRET": "hook-" + "0" * 30,
        "EMAIL_URL": "smtp+tls://mail.example.com:587",
        "DEFAULT_FROM_EMAIL": "orders@shop.example.com",
    }
    manage(image, environment, "collectstatic", "--noinput", "--verbosity", "0")
    manage(image, environment, "check", "--deploy", "--fail-level", "WARNING")
    assert (image / "var" / "static" / "staticfiles.json").exists()


def manage(image: Path, environment: dict[str, str], *command: str) -> None:
    arguments = [sys.executable, "manage.py", *command]
    done = subprocess.run(arguments, cwd=image, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]


def test_an_app_and_a_translation_of_yours_are_in_it_and_no_secret_is(tmp_path):
    project = tmp_path / "project"
    wanted = {"events/models.py", "locale/de/LC_MESSAGES/django.mo", ".env.sample"}
    unwanted = {
        ".env",
        ".env.old",
        "shop.dump",
        "shop.sqlite3",
        "files.tar",
        "var/private/a.pdf",
        ".git/config",
    }
    for name in wanted | unwanted | {"events/__pycache__/models.pyc", ".venv/bin/python", "tests/test_a.py"}:
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).touch()
    copy(project, tmp_path / "image")
    files = [path for path in (tmp_path / "image").rglob("*") if path.is_file()]
    assert {str(path.relative_to(tmp_path / "image")) for path in files} == wanted


def test_it_installs_by_the_lock_and_runs_without_rights():
    text = "\n".join(LINES)
    assert "-r requirements.txt -c requirements.lock" in text
    assert re.search(r"^USER shop$", text, re.MULTILINE)
