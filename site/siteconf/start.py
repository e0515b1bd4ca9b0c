"""How every process of the shop begins: with the same settings, chosen by one rule."""

import os
import sys
from importlib.util import find_spec

from siteconf.settings.environment import SettingError, read_dotenv

DEVELOPMENT = "siteconf.settings.dev"
PRODUCTION = "siteconf.settings.production"
VARIABLE = "DJANGO_SETTINGS_MODULE"


def choose_settings(otherwise: str) -> None:
    """DJANGO_SETTINGS_MODULE as the environment says, else as `.env` says, else `otherwise`.

    Raises `SettingError` when there are no such settings.
    """
    read_dotenv()
    chosen = os.environ.get(VARIABLE, "").strip() or otherwise
    if not _exists(chosen):
        raise SettingError(f"{VARIABLE} must be {PRODUCTION} or {DEVELOPMENT}, but it is {chosen!r}.")
    os.environ[VARIABLE] = chosen


def manage(arguments: list[str], *, otherwise: str = DEVELOPMENT) -> None:
    """Django's command line; a setting that is wrong is told in a sentence, without a traceback."""
    from django.core.management import execute_from_command_line

    try:
        choose_settings(otherwise)
        execute_from_command_line(arguments)
    except SettingError as error:
        sys.exit(str(error))


def _exists(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except (ImportError, ValueError):
        return False


if __name__ == "__main__":
    # What gunicorn.conf.py asks before it serves anything.
    manage(["manage.py", "check", "--deploy"], otherwise=PRODUCTION)
