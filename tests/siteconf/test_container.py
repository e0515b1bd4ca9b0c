"""deploy/Containerfile: what it copies is all that the shop needs to start. No image is built here."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from .conftest import COMPLETE

ROOT = Path(settings.BASE_DIR)
LINES = (ROOT / "deploy" / "Containerfile").read_text().splitlines()


@pytest.fixture
def image(tmp_path):
    """A folder with the files of the image, and nothing else of the project."""
    for line in LINES:
        if line.startswith("COPY "):
            *sources, target = line.split()[1:]
            for source in sources:
                copy(ROOT / source, tmp_path / (source if target == "./" else target))
    (tmp_path / "var").mkdir()
    return tmp_path


def copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(source, target)


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


def test_it_installs_by_the_lock_and_runs_without_rights():
    text = "\n".join(LINES)
    assert "-r requirements.txt -c requirements.lock" in text
    assert re.search(r"^USER shop$", text, re.MULTILINE)
