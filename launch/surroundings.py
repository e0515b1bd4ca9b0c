"""Where everything is, and what the environment and `.env` say."""

import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
VENV_PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
DOTENV_LINE = re.compile(r"(?:export )?([A-Za-z_0-9]+)=(.*)")


def fail(message: str) -> int:
    print(f"\n{message}", file=sys.stderr, flush=True)
    return 1


def setting(name: str) -> str:
    """A value as the shop will read it: the environment comes first. Faults of `.env` the shop tells."""
    value = os.environ[name] if name in os.environ else _dotenv().get(name, "")
    return value.strip()


def _dotenv() -> dict[str, str]:
    try:
        lines = (ROOT / ".env").read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    found = [match for match in map(DOTENV_LINE.fullmatch, map(str.strip, lines)) if match]
    return {match[1]: _unquoted(match[2].strip()) for match in found}


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"" else value


def var_dir() -> Path:
    return ROOT / (setting("VAR_DIR") or "var")


def child_environment(**extra: str) -> dict[str, str]:
    """Our environment for a child; loopback addresses never go through a proxy."""
    local = "127.0.0.1,localhost"
    no_proxy = ",".join(filter(None, [os.environ.get("NO_PROXY", ""), local]))
    return {**os.environ, "NO_PROXY": no_proxy, "no_proxy": no_proxy, "PYTHONUNBUFFERED": "1", **extra}
