"""`run.py test` and its like: the tests, with a browser where there is one."""

import os
import shutil
import subprocess
from pathlib import Path

from .installing import set_up
from .surroundings import ROOT, VENV_PYTHON, child_environment, fail

# With servers each test process has a place of its own there, and Redis's sixteen databases have no more.
SERVERS = ("DATABASE_URL", "REDIS_URL")
MOST_ON_SERVERS = 3


def test(arguments: list[str]) -> int:
    if not set_up("requirements-dev.txt"):
        return 1
    browser = find_chromium()
    if browser is None and os.environ.get("CI"):
        return fail(f"Chromium is missing, and CI does not go without it. {CHROMIUM_HELP}")
    if browser:
        return pytest(arguments, CHROMIUM=browser)
    print(f"The browser tests are left out: no Chromium found. {CHROMIUM_HELP}", flush=True)
    code = pytest(["-m", "not browser", *arguments])
    print(f"\nThe browser tests were left out: no Chromium found. {CHROMIUM_HELP}", flush=True)
    return code


def test_fast(arguments: list[str]) -> int:
    """The tests without a browser, without processes of their own, and without long tables."""
    return pytest(["-m", "not slow", *arguments]) if set_up("requirements-dev.txt") else 1


def pytest(arguments: list[str], **environment: str) -> int:
    # One test at a time: in the usual portions one process would be left with all the browser tests.
    parallel = ["-n", str(test_processes()), "--maxschedchunk", "1"]
    command = [str(VENV_PYTHON), "-m", "pytest", *parallel, *arguments]
    return subprocess.call(command, cwd=ROOT, env=child_environment(**environment))


def test_processes() -> int:
    """One more than there are cores, because they often wait for a browser or the shop that it uses."""
    wanted = (os.cpu_count() or 1) + 1
    return min(wanted, MOST_ON_SERVERS) if any(map(os.environ.get, SERVERS)) else wanted


def endurance(arguments: list[str]) -> int:
    if not set_up("requirements-dev.txt"):
        return 1
    drill = [str(VENV_PYTHON), "-m", "tests.endurance", *(arguments or ["all"])]
    return subprocess.call(drill, cwd=ROOT, env=child_environment())


# The first is Chromium without windows, which is all that the tests need, and does with less.
CHROMIUM_NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
CHROMIUM_HELP = "Install it (Debian: apt install chromium), or set CHROMIUM to the browser's path."


def find_chromium() -> str | None:
    """The path of a Chromium: the one named by CHROMIUM, the system's, or Playwright's own."""
    if named := os.environ.get("CHROMIUM"):
        return named if Path(named).exists() else None
    for name in CHROMIUM_NAMES:
        if found := shutil.which(name):
            return found
    if own := playwright_chromium():
        return own
    print("No Chromium on this machine; asking Playwright to install its own …", flush=True)
    subprocess.call([str(VENV_PYTHON), "-m", "playwright", "install", "chromium"])
    return playwright_chromium()


def playwright_chromium() -> str | None:
    program = (
        "from playwright.sync_api import sync_playwright\n"
        "with sync_playwright() as playwright: print(playwright.chromium.executable_path)"
    )
    result = subprocess.run([str(VENV_PYTHON), "-c", program], capture_output=True, text=True, check=False)
    path = result.stdout.strip()
    return path if path and Path(path).exists() else None
