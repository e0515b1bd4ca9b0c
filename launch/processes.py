"""Children of the demo: started together, watched, stopped together."""

import signal
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from .surroundings import ROOT, VENV_PYTHON, WINDOWS, fail, var_dir

START_SECONDS = 90
STOP_SECONDS = 20


def serve(commands: dict[str, list[str]], health: dict[str, str], env: dict[str, str], ready: str) -> int:
    """Runs the children until one ends or we are told to stop; then stops all of them."""
    # Set by hand, both: a shell script that starts us in the background makes us ignore SIGINT.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    logs().mkdir(parents=True, exist_ok=True)
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
    log = (logs() / f"{name}.log").open("w")
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
    log = logs() / f"{name}.log"
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


def logs() -> Path:
    return var_dir() / "log"
