"""The virtual environment `.venv` and what is installed in it."""

import hashlib
import subprocess
import sys
from pathlib import Path

from . import OLDEST, TOO_NEW
from .surroundings import ROOT, VENV, VENV_PYTHON, fail, var_dir

SHOWN_LINES = 30
PIP = ["-m", "pip", "install", "--disable-pip-version-check", "--progress-bar", "off"]


def set_up(requirements: str) -> bool:
    """Makes .venv hold what a requirements file asks for; does nothing when it already does."""
    files = [*sorted(ROOT.glob("requirements*")), ROOT / "sandbox" / "pyproject.toml"]
    wanted = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
    stamp = VENV / f"{Path(requirements).stem}.installed"
    if python_works() and stamp.exists() and stamp.read_text() == wanted:
        return True
    return make_venv() and install(requirements) and bool(stamp.write_text(wanted))


def python_works() -> bool:
    """Whether .venv has a Python, it still runs, and it is one that the shop can use."""
    try:
        program = "import sys; print(*sys.version_info[:3])"
        answer = subprocess.run([VENV_PYTHON, "-c", program], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    return OLDEST <= tuple(map(int, answer.stdout.split())) < TOO_NEW


def make_venv() -> bool:
    if python_works():
        return True
    is_broken = VENV.exists()
    print("Making .venv anew: its Python does not work …" if is_broken else "Creating .venv …", flush=True)
    if subprocess.call([sys.executable, "-m", "venv", *(["--clear"] if is_broken else []), str(VENV)]):
        fail("Python could not make a virtual environment. On Debian: apt install python3-venv")
        return False
    return True


def install(requirements: str) -> bool:
    print(f"Installing {requirements} …", flush=True)
    # From here, because `./sandbox` in a requirements file is looked up where pip runs.
    command = [str(VENV_PYTHON), *PIP, "-r", requirements, "-c", "requirements.lock"]
    pip = subprocess.run(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if pip.returncode == 0:
        return True
    log = var_dir() / "log" / "install.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text(pip.stdout)
    print("\n".join(pip.stdout.splitlines()[-SHOWN_LINES:]), file=sys.stderr)
    fail(f"The packages could not be installed; the lines above say why, and {log} has all of them.")
    return False
