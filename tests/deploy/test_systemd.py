"""The unit files, as systemd reads them."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.programs import require_program

UNITS = sorted((Path(settings.BASE_DIR) / "deploy" / "systemd").glob("*.service"))


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_systemd_finds_nothing_wrong(unit, tmp_path):
    text = unit.read_text()
    for program in ("gunicorn", "python"):
        text = text.replace(f"/srv/shop/.venv/bin/{program}", sys.executable)
    copied = tmp_path / unit.name
    copied.write_text(text)
    checked = subprocess.run(
        [require_program("systemd-analyze"), "verify", "--man=no", copied],
        capture_output=True,
        text=True,
        check=False,
    )
    mine = [line for line in checked.stderr.splitlines() if unit.name in line]
    assert (checked.returncode, mine) == (0, [])


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_a_stop_is_told_to_the_main_process_alone(unit):
    """django-q hangs when its whole group hears of it."""
    assert "KillMode=mixed" in unit.read_text().splitlines()
