"""`run.py demo`: the shop, its worker and the sandbox Hub."""

import re
import socket
import subprocess

from .installing import set_up
from .processes import STOP_SECONDS, serve
from .surroundings import ROOT, VENV_PYTHON, child_environment, fail, setting, var_dir

DEFAULT_PORT = 8000
# The sandbox Hub takes the port after it.
LAST_PORT = 65534
OWN_DATABASE = "--own-database"
PRODUCTION = "siteconf.settings.production"
FOREIGN_DATABASE = f"""{{found}}
The demo would fill that database with products, and make an administrator whose password everybody knows.
Nothing was changed. Choose:
  DATABASE_URL= DJANGO_SETTINGS_MODULE= make demo
      the demo with a database of its own
  make demo ARGS={OWN_DATABASE}
      the shop on that database: its tables are migrated, and neither products nor a user are added"""


class CannotRun(Exception):
    """Why the demo does not begin; for the person who typed the command."""


def demo(arguments: list[str]) -> int:
    try:
        is_own_database = wants_own_database(arguments)
        port = chosen_port()
        if not is_own_database:
            refuse_foreign_database()
    except CannotRun as reason:
        return fail(str(reason))
    sandbox_port, sandbox_wanted = port + 1, not setting("CCHUB_BASEURL")
    for taken in filter(port_is_taken, (port, sandbox_port) if sandbox_wanted else (port,)):
        return fail(
            f"Port {taken} is in use. Stop what runs there, or choose another: PORT={port + 10} make demo"
        )
    shop_url, sandbox_url = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{sandbox_port}"
    env = child_environment(SHOP_BASE_URL=shop_url, DJANGO_SETTINGS_MODULE="siteconf.settings.dev")
    if sandbox_wanted:
        env["CCHUB_BASEURL"] = sandbox_url
    if not set_up("requirements-demo.txt") or not prepare(env, with_content=not is_own_database):
        return 1
    if not sandbox_wanted:
        manage(["look_at_hub"], env)
    commands = {
        # It reloads the code and shows an edited template at once.
        "web": ["runserver", f"127.0.0.1:{port}"],
        "worker": ["work", "--patience", str(STOP_SECONDS - 5)],
    }
    health = {"web": f"{shop_url}/healthz/"}
    if sandbox_wanted:
        sandbox = ["hub_sandbox", "--port", str(sandbox_port), "--shop-url", shop_url]
        commands = {"sandbox": sandbox, **commands}
        health["sandbox"] = f"{sandbox_url}/api/storefront/v1/info"
    login = "as you know it" if is_own_database else "admin / admin"
    return serve(commands, health, env, announcement(shop_url, login, sandbox_url if sandbox_wanted else ""))


def wants_own_database(arguments: list[str]) -> bool:
    unknown = [argument for argument in arguments if argument != OWN_DATABASE]
    if unknown:
        raise CannotRun(f"The demo does not know {unknown[0]}; it knows {OWN_DATABASE}.")
    return OWN_DATABASE in arguments


def chosen_port() -> int:
    value = setting("PORT") or str(DEFAULT_PORT)
    if not re.fullmatch(r"[0-9]{1,5}", value) or not 1 <= int(value) <= LAST_PORT:
        raise CannotRun(f"PORT must be a number from 1 to {LAST_PORT}, but it is {value!r}.")
    return int(value)


def refuse_foreign_database() -> None:
    """The demo's own database is the file in its own folder, in a checkout that is no shop in production."""
    if url := setting("DATABASE_URL"):
        # Without what stands before the host: it holds a password.
        where = url.rpartition("@")[2] if "@" in url else url.partition("://")[2]
        raise CannotRun(FOREIGN_DATABASE.format(found=f"DATABASE_URL names a database of your own, {where}."))
    if setting("DJANGO_SETTINGS_MODULE") == PRODUCTION:
        found = "DJANGO_SETTINGS_MODULE says that this folder is a shop in production."
        raise CannotRun(FOREIGN_DATABASE.format(found=found))


def prepare(env: dict[str, str], *, with_content: bool) -> bool:
    print(f"Preparing the database{' and the demo content' if with_content else ''} …", flush=True)
    for command in [["migrate", "--verbosity", "0"], *([["load_demo"]] if with_content else [])]:
        if manage(command, {"LOG_LEVEL": "WARNING", **env}):
            fail(f"`manage.py {command[0]}` failed; the lines above say why.")
            return False
    return True


def announcement(shop_url: str, login: str, sandbox_url: str) -> str:
    lines = [
        "",
        f"  The shop        {shop_url}/",
        f"  Wagtail admin   {shop_url}/admin/   {login}",
    ]
    if sandbox_url:
        lines.append(f"  Sandbox Hub     {sandbox_url}/   (products, designs, projects, failures on demand)")
    lines += [
        f"  E-mails         {var_dir() / 'mail'}",
        f"  Logs            {var_dir() / 'log'}",
        "",
        "  Ctrl-C stops everything.",
        "",
    ]
    return "\n".join(lines)


def port_is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def manage(command: list[str], env: dict[str, str]) -> int:
    return subprocess.call([str(VENV_PYTHON), str(ROOT / "manage.py"), *command], env=env)
