"""How processes begin: which settings they take, and what an operator reads when one is wrong."""

import os
import shutil
import subprocess
import sys

import pytest
from django.conf import settings as django_settings

from siteconf import checks, start
from siteconf.settings.environment import SettingError
from tests.siteconf.conftest import COMPLETE

ROOT = django_settings.BASE_DIR


@pytest.fixture
def checkout(tmp_path):
    """The shop in a folder whose name would mean something in a URL; with a `.env` of its own."""
    folder = tmp_path / "c++ #1?%20"
    folder.mkdir()
    # Copied, because the place of these files is where the shop is.
    shutil.copytree(ROOT / "site" / "siteconf", folder / "site" / "siteconf")
    (folder / "site" / "core").symlink_to(ROOT / "site" / "core")
    for part in ("manage.py", "gunicorn.conf.py", ".env.sample"):
        shutil.copy(ROOT / part, folder / part)
    for room in [path for path in ROOT.iterdir() if path.is_dir()]:
        if not room.name.startswith((".", "var", "site")):
            (folder / room.name).symlink_to(room)
    return folder


def run(*command: str, **environment: str) -> subprocess.CompletedProcess:
    """A program of the checkout with nothing in the environment but what is said."""
    clean = {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1", **environment}
    return subprocess.run(
        [sys.executable, *command],
        cwd="/",
        env=clean,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def manage(folder, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
    return run(str(folder / "manage.py"), *arguments, **environment)


def settings_used(folder, **environment: str) -> str:
    result = manage(folder, "shell", "--no-imports", "-c", PRINT_SETTINGS, **environment)
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


PRINT_SETTINGS = "from django.conf import settings; print(settings.SETTINGS_MODULE)"


def settings_served(folder, **environment: str) -> str:
    program = (
        f"import sys; sys.path.insert(0, {str(folder / 'site')!r}); import siteconf.wsgi; {PRINT_SETTINGS}"
    )
    result = run("-c", program, PYTHONPATH=str(folder), **environment)
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


def complete_dotenv(folder, **more: str) -> None:
    lines = [f"{name}={value}\n" for name, value in (COMPLETE | more).items()]
    (folder / ".env").write_text("".join(lines))


def test_web_and_worker_take_the_settings_that_dotenv_names(checkout):
    complete_dotenv(checkout, DJANGO_SETTINGS_MODULE=start.PRODUCTION)
    assert settings_used(checkout) == settings_served(checkout) == start.PRODUCTION
    complete_dotenv(checkout, DJANGO_SETTINGS_MODULE=start.DEVELOPMENT)
    assert settings_used(checkout) == settings_served(checkout) == start.DEVELOPMENT


def test_the_environment_comes_before_dotenv(checkout):
    complete_dotenv(checkout, DJANGO_SETTINGS_MODULE=start.DEVELOPMENT)
    named = {"DJANGO_SETTINGS_MODULE": start.PRODUCTION}
    assert settings_used(checkout, **named) == settings_served(checkout, **named) == start.PRODUCTION


@pytest.mark.parametrize("value", [None, "", " "])
def test_without_a_name_the_web_server_is_never_in_development(checkout, value):
    complete_dotenv(checkout, **({} if value is None else {"DJANGO_SETTINGS_MODULE": value}))
    assert settings_used(checkout) == start.DEVELOPMENT
    assert settings_served(checkout) == start.PRODUCTION


@pytest.mark.parametrize("value", ["production", "siteconf.settings.prod", "nowhere.settings", "$OTHER"])
def test_settings_that_do_not_exist_are_refused_in_words(monkeypatch, dotenv, value):
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", value)
    with pytest.raises(SettingError, match=r"^DJANGO_SETTINGS_MODULE must be siteconf\.settings"):
        start.choose_settings(start.DEVELOPMENT)


def test_a_python_without_the_requirements_is_told_in_words(checkout):
    """-S hides what is installed, as another Python would not have it."""
    result = run("-S", str(checkout / "manage.py"), "check")
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == (
        f"What the shop needs is not installed for {sys.executable}: environ is missing.\n"
        "Run .venv/bin/python manage.py check instead (make demo and make test set it up), or install"
        " requirements.txt.\n"
    )


def test_a_module_of_ours_that_is_missing_is_a_defect_with_its_traceback(checkout):
    (checkout / "site" / "siteconf" / "start.py").unlink()
    result = manage(checkout, "check")
    assert result.returncode == 1
    assert "ModuleNotFoundError: No module named 'siteconf.start'" in result.stderr


@pytest.mark.parametrize("command", ["migrate", "check", "runserver", "work", "qcluster", "load_demo"])
def test_a_wrong_setting_is_told_in_one_sentence_without_a_traceback(checkout, command):
    result = manage(checkout, command, DEBUG="maybe")
    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr == "DEBUG must be true or false, but it is 'maybe'.\n"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set. "),
        ({"CCHUB_TIMEOUT_SECONDS": "0"}, "CCHUB_TIMEOUT_SECONDS must be a whole number from 1 to "),
        ({"CCHUB_POLL_SECONDS": "3"}, "(personalization.E009) CCHUB_POLL_SECONDS is less than 5."),
    ],
)
def test_the_web_server_does_not_start_with_a_wrong_setting_and_says_why(checkout, wrong, sentence):
    complete_dotenv(checkout, **wrong)
    command = ["-m", "gunicorn", "-c", str(checkout / "gunicorn.conf.py"), "-b", "127.0.0.1:0"]
    result = run(*command, HOME=str(checkout))
    assert result.returncode == 1
    assert sentence in result.stderr
    assert "The shop does not start; the lines above say why." in result.stderr
    assert "Traceback" not in result.stderr
    assert "Listening" not in result.stderr


def test_a_checkout_may_lie_in_any_folder(checkout):
    result = manage(checkout, "migrate", "contenttypes", "--verbosity", "0")
    assert (result.returncode, result.stderr) == (0, "")
    assert (checkout / "var" / "db.sqlite3").exists()
    cached = "from django.core.cache import cache; cache.set('a', 1); print(cache.get('a'))"
    assert manage(checkout, "shell", "--no-imports", "-c", cached).stdout == "1\n"
    mailed = "from django.core.mail import send_mail as send; print(send('a', 'b', None, ['c@d.example']))"
    assert manage(checkout, "shell", "--no-imports", "-c", mailed).stdout == "1\n"
    assert {path.name for path in (checkout / "var").iterdir()} >= {"db.sqlite3", "cache", "mail"}
    assert [path.name for path in checkout.parent.iterdir()] == [checkout.name]


# ——— Checks ———


def ids(found) -> list[str]:
    return [message.id for message in found]


def test_a_misspelt_key_is_told_with_the_right_one(dotenv, monkeypatch):
    dotenv.write_text(
        "STAF_SECOND_FACTOR_REQUIRED=true\nALLOWED_HOST=a.example\nPOSTGRES_PASSWORD=hush\nDEBUG=true\n"
    )
    monkeypatch.setenv("CCHUB_CLIENT_SECRET", "hush")
    found = checks.check_keys()
    assert ids(found) == ["siteconf.W001"] * 3
    assert {message.msg: message.hint for message in found} == {
        "ALLOWED_HOST is no key of the shop.": "Did you mean ALLOWED_HOSTS?",
        "CCHUB_CLIENT_SECRET is no key of the shop.": "Did you mean CCHUB_CLIENTSECRET?",
        "STAF_SECOND_FACTOR_REQUIRED is no key of the shop.": "Did you mean STAFF_SECOND_FACTOR_REQUIRED?",
    }


def test_right_keys_are_not_doubted(dotenv, monkeypatch):
    dotenv.write_text("".join(f"{name}=\n" for name in checks.known_keys()))
    monkeypatch.setattr(checks.os, "environ", {"CCHUB_BASEURL": "x", "PATH": "y"})
    assert checks.check_keys() == []


def test_development_at_a_public_address_is_told(settings):
    settings.DEBUG, settings.SHOP_BASE_URL = True, "https://shop.example.com"
    assert ids(checks.check_development_settings()) == ["siteconf.W002"]
    settings.SHOP_BASE_URL = "http://127.0.0.1:8000"
    assert checks.check_development_settings() == []
    settings.DEBUG, settings.SHOP_BASE_URL = False, "https://shop.example.com"
    assert checks.check_development_settings() == []


def test_production_without_mail_is_told_and_nobody_writes_as_oakwren(checkout):
    complete_dotenv(checkout, DJANGO_SETTINGS_MODULE=start.PRODUCTION, CCHUB_WEBHOOK_SECRET="w" * 20)
    result = manage(checkout, "check", "--deploy", "--fail-level", "WARNING")
    assert result.returncode == 1
    assert "(siteconf.W003) EMAIL_URL is not set" in result.stderr
    assert "(siteconf.W004) DEFAULT_FROM_EMAIL is not set: e-mails come from shop@shop." in result.stderr
    assert "(siteconf.W005) The static files are not collected" in result.stderr
    assert "oakwren" not in result.stderr.lower()

    collected = checkout / "var" / "static" / "staticfiles.json"
    collected.parent.mkdir(parents=True)
    collected.write_text('{"version": "1.1", "paths": {"a.css": "a.1.css"}}')
    mail = {"EMAIL_URL": "smtp+tls://u:p@mail.example", "DEFAULT_FROM_EMAIL": "Shop <a@shop.example>"}
    result = manage(checkout, "check", "--deploy", "--fail-level", "WARNING", **mail)
    assert (result.returncode, result.stderr) == (0, "")


def test_what_production_writes_is_for_its_account_alone(checkout):
    complete_dotenv(checkout, DJANGO_SETTINGS_MODULE=start.PRODUCTION)
    result = manage(checkout, "migrate", "contenttypes", "--verbosity", "0")
    assert result.returncode == 0, result.stderr
    assert (checkout / "var" / "db.sqlite3").stat().st_mode & 0o777 == 0o600
