"""Sets up everything and runs the demo shop or the tests; needs nothing but Python.

python run.py demo      the shop, its worker and the sandbox Hub on 127.0.0.1:8000 (PORT= moves it)
python run.py test      every test; further arguments go to pytest
python run.py endurance the long proofs of docs/reliability.md, or the one that is named
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
VAR = ROOT / (os.environ.get("VAR_DIR", "").strip() or "var")
LOGS = VAR / "log"
WINDOWS = os.name == "nt"
VENV_PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
START_SECONDS = 90
STOP_SECONDS = 20
# With servers each test process has a place of its own there, and Redis's sixteen databases have no more.
SERVERS = ("DATABASE_URL", "REDIS_URL")
MOST_ON_SERVERS = 3


def main() -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 (an older Python is told so here)
        return fail(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    command, arguments = (sys.argv[1:2] or [""])[0], sys.argv[2:]
    if command == "demo":
        return demo()
    if command == "test":
        return test(arguments)
    if command == "endurance":
        return endurance(arguments)
    print(__doc__)
    return 2


def fail(message: str) -> int:
    print(f"\n{message}", file=sys.stderr)
    return 1


def set_up(requirements: str) -> bool:
    """Makes .venv hold what a requirements file asks for; does nothing when it already does."""
    files = [*sorted(ROOT.glob("requirements*")), ROOT / "sandbox" / "pyproject.toml"]
    wanted = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
    stamp = VENV / f"{Path(requirements).stem}.installed"
    if stamp.exists() and stamp.read_text() == wanted:
        return True
    if not VENV_PYTHON.exists():
        print("Creating .venv …", flush=True)
        if subprocess.call([sys.executable, "-m", "venv", str(VENV)]):
            fail("Python could not make a virtual environment. On Debian: apt install python3-venv")
            return False
    print(f"Installing {requirements} …", flush=True)
    install = [str(VENV_PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    # From here, because `./sandbox` in a requirements file is looked up where pip runs.
    if subprocess.call([*install, "-r", requirements, "-c", "requirements.lock"], cwd=ROOT):
        fail("The packages could not be installed; the lines above say why.")
        return False
    stamp.write_text(wanted)
    return True


def environment(**extra: str) -> dict[str, str]:
    """Our environment for a child; loopback addresses never go through a proxy."""
    local = "127.0.0.1,localhost"
    no_proxy = ",".join(filter(None, [os.environ.get("NO_PROXY", ""), local]))
    return {**os.environ, "NO_PROXY": no_proxy, "no_proxy": no_proxy, "PYTHONUNBUFFERED": "1", **extra}


# ——— demo ———


def demo() -> int:
    port = int(os.environ.get("PORT", "8000"))
    sandbox_port = port + 1
    sandbox_wanted = not hub_is_configured()
    shop_url = f"http://127.0.0.1:{port}"
    env = environment(SHOP_BASE_URL=shop_url, DJANGO_SETTINGS_MODULE="siteconf.settings.dev")
    if sandbox_wanted:
        env["CCHUB_BASEURL"] = f"http://127.0.0.1:{sandbox_port}"
    for taken in [p for p in (port, sandbox_port) if port_is_taken(p)]:
        return fail(
            f"Port {taken} is in use. Stop what runs there, or choose another: PORT={port + 10} make demo"
        )
    if not set_up("requirements-demo.txt"):
        return 1
    print("Preparing the database and the demo content …", flush=True)
    for command in (["migrate", "--verbosity", "0"], ["load_demo"]):
        if manage(command, {**env, "LOG_LEVEL": "WARNING"}):
            return fail(f"`manage.py {command[0]}` failed; the lines above say why.")

    commands = {
        "web": ["runserver", "--noreload", f"127.0.0.1:{port}"],
        "worker": ["work", "--patience", str(STOP_SECONDS - 5)],
    }
    health = {"web": f"{shop_url}/healthz/"}
    if sandbox_wanted:
        sandbox = ["hub_sandbox", "--port", str(sandbox_port), "--shop-url", shop_url]
        commands = {"sandbox": sandbox, **commands}
        health["sandbox"] = f"{env['CCHUB_BASEURL']}/api/storefront/v1/info"
    return serve(
        commands, health, env, announcement(shop_url, env.get("CCHUB_BASEURL") if sandbox_wanted else None)
    )


def announcement(shop_url: str, sandbox_url: str | None) -> str:
    lines = [
        "",
        f"  The shop        {shop_url}/",
        f"  Wagtail admin   {shop_url}/admin/   admin / admin",
    ]
    if sandbox_url:
        lines.append(f"  Sandbox Hub     {sandbox_url}/   (products, designs, projects, failures on demand)")
    lines += [
        f"  E-mails         {VAR / 'mail'}",
        f"  Logs            {LOGS}",
        "",
        "  Ctrl-C stops everything.",
        "",
    ]
    return "\n".join(lines)


def hub_is_configured() -> bool:
    """Whether the environment or .env names a Hub of your own; then no sandbox is needed."""
    if os.environ.get("CCHUB_BASEURL"):
        return True
    dotenv = ROOT / ".env"
    lines = dotenv.read_text().splitlines() if dotenv.exists() else []
    return any(line.strip().startswith("CCHUB_BASEURL=") and line.split("=", 1)[1].strip() for line in lines)


def port_is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def manage(command: list[str], env: dict[str, str]) -> int:
    return subprocess.call([str(VENV_PYTHON), str(ROOT / "manage.py"), *command], env=env)


def serve(commands: dict[str, list[str]], health: dict[str, str], env: dict[str, str], ready: str) -> int:
    """Runs the children until one ends or we are told to stop; then stops all of them."""
    # Set by hand, both: a shell script that starts us in the background makes us ignore SIGINT.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    LOGS.mkdir(parents=True, exist_ok=True)
    children = {}
    try:
        for name, command in commands.items():
            children[name] = start(name, command, env)
        if not wait_until_healthy(children, health):
            return 1
        print(ready, flush=True)
        while True:
            time.sleep(0.5)
            for name, child in list(children.items()):
                if child.poll() is None:
                    continue
                if name != "sandbox":
                    return fail(f"{name} stopped (exit code {child.returncode}). {log_tail(name)}")
                # The shop goes on without its Hub; that is worth seeing.
                del children[name]
                again = " ".join([str(VENV_PYTHON), "manage.py", *commands[name]])
                print(
                    f"The sandbox Hub stopped; the shop goes on. Start it again with:\n  {again}", flush=True
                )
    except KeyboardInterrupt:
        print("\nStopping …", flush=True)
        return 0
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        stop(children)


def start(name: str, command: list[str], env: dict[str, str]) -> subprocess.Popen:
    # A group of its own keeps the terminal's Ctrl-C away: the worker hangs when its whole group is signalled.
    own_group = (
        {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP} if WINDOWS else {"start_new_session": True}
    )
    log = (LOGS / f"{name}.log").open("w")
    arguments = [str(VENV_PYTHON), str(ROOT / "manage.py"), *command]
    return subprocess.Popen(arguments, env=env, stdout=log, stderr=subprocess.STDOUT, **own_group)


def wait_until_healthy(children: dict[str, subprocess.Popen], health: dict[str, str]) -> bool:
    deadline = time.monotonic() + START_SECONDS
    waiting = dict(health)
    while waiting:
        for name, child in children.items():
            if child.poll() is not None:
                fail(f"{name} could not start (exit code {child.returncode}). {log_tail(name)}")
                return False
        if time.monotonic() > deadline:
            silent = next(iter(waiting))
            fail(f"{silent} did not answer within {START_SECONDS} s. {log_tail(silent)}")
            return False
        waiting = {name: url for name, url in waiting.items() if not answers(url)}
        time.sleep(0.2)
    return True


def answers(url: str) -> bool:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=2) as response:
            return response.status == 200
    except (urllib.error.URLError, OSError):
        return False


def log_tail(name: str) -> str:
    log = LOGS / f"{name}.log"
    lines = log.read_text(errors="replace").splitlines()[-15:]
    return "\n".join([f"The end of {log}:", *lines])


def stop(children: dict[str, subprocess.Popen]) -> None:
    """Stops each child by its main process only, and waits: the worker finishes what it has begun."""
    for child in children.values():
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for child in children.values():
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()


# ——— test ———


def test(arguments: list[str]) -> int:
    if not set_up("requirements-dev.txt"):
        return 1
    browser = find_chromium()
    if browser is None and os.environ.get("CI"):
        return fail(f"Chromium is missing, and CI does not go without it. {CHROMIUM_HELP}")
    env = environment(**({"CHROMIUM": browser} if browser else {}))
    selection = [] if browser else ["-m", "not browser"]
    if not browser:
        print(f"The browser tests are left out: no Chromium found. {CHROMIUM_HELP}", flush=True)
    # One test at a time: in the usual portions one process would be left with all the browser tests.
    parallel = ["-n", str(test_processes()), "--maxschedchunk", "1"]
    pytest = [str(VENV_PYTHON), "-m", "pytest", *parallel, *selection, *arguments]
    code = subprocess.call(pytest, cwd=ROOT, env=env)
    if not browser:
        print(f"\nThe browser tests were left out: no Chromium found. {CHROMIUM_HELP}", flush=True)
    return code


def test_processes() -> int:
    """One more than there are cores, because they often wait for a browser or the shop that it uses."""
    wanted = (os.cpu_count() or 1) + 1
    return min(wanted, MOST_ON_SERVERS) if any(map(os.environ.get, SERVERS)) else wanted


def endurance(arguments: list[str]) -> int:
    if not set_up("requirements-dev.txt"):
        return 1
    drill = [str(VENV_PYTHON), "-m", "tests.endurance", *(arguments or ["all"])]
    return subprocess.call(drill, cwd=ROOT, env=environment())


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


if __name__ == "__main__":
    sys.exit(main())
