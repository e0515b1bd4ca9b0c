"""`python run.py …` as somebody types it: in a checkout of its own, with words where something is wrong."""

import os
import shutil
import subprocess
import sys

import pytest
from django.conf import settings

import launch
import run as run_script
from launch import checking, demo, documentation, surroundings

ROOT = settings.BASE_DIR


@pytest.fixture
def checkout(tmp_path):
    """Only what run.py needs to refuse: nothing is installed, and there is no shop."""
    shutil.copy(ROOT / "run.py", tmp_path)
    shutil.copytree(ROOT / "launch", tmp_path / "launch", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "sandbox").mkdir()
    (tmp_path / "sandbox" / "pyproject.toml").touch()
    return tmp_path


def run(checkout, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, str(checkout / "run.py"), *arguments],
        env={"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1", **environment},
        cwd="/",
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def refusal(checkout, *arguments: str, **environment: str) -> str:
    """What is said; and nothing was begun."""
    before = sorted(checkout.rglob("*"))
    result = run(checkout, *arguments, **environment)
    assert (result.returncode, result.stdout) == (1, "")
    assert "Traceback" not in result.stderr
    assert sorted(checkout.rglob("*")) == before
    return result.stderr.strip()


@pytest.mark.parametrize("version", [(3, 10, 14), (3, 11, 1), (3, 15, 0)])
def test_another_python_is_told_which_ones_work(version, monkeypatch, capsys):
    monkeypatch.setattr(run_script.sys, "version_info", version)
    assert run_script.main(["demo"]) == 1
    assert capsys.readouterr().err.startswith(f"Python {launch.SUPPORTED} is needed; this is ")


@pytest.mark.parametrize("arguments", [[], ["dmeo"]])
def test_an_unknown_command_shows_what_there_is(checkout, arguments):
    result = run(checkout, *arguments)
    assert result.returncode == 2
    assert "python run.py demo" in result.stdout


def test_an_unknown_option_of_the_demo_is_refused(checkout):
    assert refusal(checkout, "demo", "--fast") == "The demo does not know --fast; it knows --own-database."


# ——— The database of somebody's own ———

URL = "postgres://shop:pa55word@db.example:5432/shop"


def test_a_database_in_the_environment_is_not_filled(checkout):
    said = refusal(checkout, "demo", DATABASE_URL=URL)
    assert said.startswith("DATABASE_URL names a database of your own, db.example:5432/shop.\n")
    assert "make demo ARGS=--own-database" in said
    assert "pa55word" not in said


@pytest.mark.parametrize("line", [f"DATABASE_URL={URL}", f"  export DATABASE_URL='{URL}' "])
def test_a_database_in_dotenv_is_not_filled(checkout, line):
    (checkout / ".env").write_text(f"DEBUG=true\n{line}\n")
    assert refusal(checkout, "demo").startswith("DATABASE_URL names a database of your own")


def test_a_shop_in_production_is_not_filled(checkout):
    (checkout / ".env").write_text("DJANGO_SETTINGS_MODULE=siteconf.settings.production\n")
    assert refusal(checkout, "demo").startswith("DJANGO_SETTINGS_MODULE says that this folder is a shop in ")


class Started(Exception):
    """The demo would now run these commands."""


@pytest.fixture
def started(monkeypatch, tmp_path):
    """Runs the demo up to the start of its processes; tells the commands before, the children, the words."""
    prepared = []

    def serve(commands, health, env, ready):
        raise Started(commands, env, ready)

    def start(*arguments: str):
        with pytest.raises(Started) as outcome:
            demo.demo(list(arguments))
        return prepared, *outcome.value.args

    monkeypatch.setattr(surroundings, "ROOT", tmp_path)
    monkeypatch.setattr(demo, "serve", serve)
    monkeypatch.setattr(demo, "set_up", lambda requirements: True)
    monkeypatch.setattr(demo, "manage", lambda command, env: prepared.append(command[0]))
    monkeypatch.setattr(demo, "port_is_taken", lambda port: False)
    for name in ("DATABASE_URL", "CCHUB_BASEURL", "DJANGO_SETTINGS_MODULE", "PORT"):
        monkeypatch.delenv(name, raising=False)
    return start


def test_the_demo_fills_its_own_database(started):
    prepared, commands, env, ready = started()
    assert prepared == ["migrate", "load_demo"]
    assert list(commands) == ["sandbox", "web", "worker"]
    assert env["CCHUB_BASEURL"] == "http://127.0.0.1:8001"
    assert "admin / admin" in ready


def test_an_empty_value_in_the_environment_asks_for_the_demos_own(started, monkeypatch, tmp_path):
    (tmp_path / ".env").write_text(f"DATABASE_URL={URL}\n")
    monkeypatch.setenv("DATABASE_URL", "")
    assert started()[0] == ["migrate", "load_demo"]


def test_on_an_own_database_neither_content_nor_a_user_is_made(started, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", URL)
    prepared, _commands, _env, ready = started("--own-database")
    assert prepared == ["migrate"]
    assert "admin / admin" not in ready


# ——— The rest ———


def test_the_demo_reloads_what_is_edited(started):
    assert started()[1]["web"] == ["runserver", "127.0.0.1:8000"]


def test_a_hub_of_ones_own_is_asked_whether_it_answers(started, tmp_path):
    (tmp_path / ".env").write_text("CCHUB_BASEURL=https://hub.example\n")
    prepared, commands, env, ready = started()
    assert prepared == ["migrate", "load_demo", "look_at_hub"]
    assert list(commands) == ["web", "worker"]
    assert "CCHUB_BASEURL" not in env
    assert "Sandbox" not in ready


def test_logs_lie_where_dotenv_says(started, tmp_path):
    (tmp_path / ".env").write_text("VAR_DIR=elsewhere\n")
    assert str(tmp_path / "elsewhere" / "log") in started()[3]


@pytest.mark.parametrize("port", ["abc", "0", "65535", "-1", "８000"])
def test_a_port_that_is_none_is_refused(checkout, port):
    assert refusal(checkout, "demo", PORT=port) == (
        f"PORT must be a number from 1 to 65534, but it is {port!r}."
    )


def test_a_broken_venv_is_made_anew_and_a_failed_installation_says_why(checkout):
    python = checkout / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to(checkout / "gone" / "python3")
    (checkout / ".venv" / "requirements-demo.installed").touch()
    (checkout / "requirements-demo.txt").write_text("-e ./missing\n")
    (checkout / "requirements.lock").touch()
    result = run(checkout, "demo", PORT="65001")
    assert result.returncode == 1
    assert result.stdout.splitlines() == [
        "Making .venv anew: its Python does not work …",
        "Installing requirements-demo.txt …",
    ]
    assert "./missing" in result.stderr
    assert "The packages could not be installed; the lines above say why" in result.stderr
    assert "Traceback" not in result.stderr
    assert "./missing" in (checkout / "var" / "log" / "install.log").read_text()


@pytest.mark.parametrize("is_ci", [True, False])
def test_the_linter_of_css_and_javascript_is_left_out_in_words_but_not_in_ci(is_ci, monkeypatch, capsys):
    monkeypatch.setattr(checking, "set_up", lambda requirements: True)
    monkeypatch.setattr(checking, "has_biome", lambda: False)
    monkeypatch.setattr(checking, "passes", lambda name, command: True)
    monkeypatch.setenv("CI", "true" if is_ci else "")
    assert checking.lint([]) == int(is_ci)
    assert checking.NO_BIOME in "".join(capsys.readouterr())


def test_whatever_fails_is_named_and_shown(monkeypatch, capsys):
    program = "print('the reason'); raise SystemExit(1)"
    monkeypatch.setattr(checking, "set_up", lambda requirements: True)
    monkeypatch.setattr(checking, "has_biome", lambda: True)
    monkeypatch.setattr(
        checking,
        "commands",
        lambda: {"one": [sys.executable, "-c", "print('fine')"], "two": [sys.executable, "-c", program]},
    )
    assert checking.lint([]) == 1
    said = capsys.readouterr()
    assert "the reason" in said.out
    assert "fine" not in said.out
    assert said.err.strip() == "Failed: two."


@pytest.mark.parametrize(
    ("tag", "is_foreign"),
    [
        ('<script src="https://cdn.example/a.js"></script>', True),
        ('<link rel="stylesheet" href="//fonts.example/a.css">', True),
        ('<img src="shop.webp">', False),
        ('<a href="https://wagtail.org">Wagtail</a>', False),
    ],
)
def test_the_documentation_loads_nothing_from_elsewhere(tag, is_foreign, tmp_path):
    (tmp_path / "page.html").write_text(f"<p>{tag}</p>")
    found = list(documentation.pages_that_load_from_elsewhere(tmp_path))
    assert found == (["page.html"] if is_foreign else [])
