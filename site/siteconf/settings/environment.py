"""The one reader of the environment.

Values are taken as they are written: a leading `$` names no other variable. Blanks around a value do not
count, and an empty value is the default. A value that cannot be right raises `SettingError` with a sentence
that names the key and the right form; what may be secret is never repeated.
"""

import io
import os
import re
from collections.abc import Callable, Iterable
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

import environ
from babel.numbers import get_currency_precision, list_currencies
from django.conf import global_settings
from django.core.exceptions import ImproperlyConfigured
from django.core.validators import EmailValidator, ValidationError

BASE_DIR = Path(__file__).resolve().parents[3]
DOTENV = BASE_DIR / ".env"

ON = {"true", "yes", "on", "1", "y"}
OFF = {"false", "no", "off", "0", "n"}
LARGEST = 2**31 - 1
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
DOTENV_LINE = re.compile(r"(?:export )?([A-Za-z_0-9]+)=.*")


class SettingError(ImproperlyConfigured):
    """The environment holds a value that the shop cannot use; its text is for the operator."""


def read_dotenv() -> None:
    """Add what `.env` says to the environment; what the environment says already comes first.

    Raises `SettingError` for a line that is no setting, and names it by its number: it may hold a secret.
    """
    lines = _dotenv_lines()
    for number, line in enumerate(lines, start=1):
        if line and not line.startswith("#") and not DOTENV_LINE.fullmatch(line):
            raise SettingError(f"Line {number} of {DOTENV} must look like KEY=value, no blank before =.")
    environ.Env.read_env(io.StringIO("\n".join(lines)))


def dotenv_keys() -> list[str]:
    return [found[1] for found in map(DOTENV_LINE.fullmatch, _dotenv_lines()) if found]


def _dotenv_lines() -> list[str]:
    if not DOTENV.exists():
        return []
    try:
        return [line.strip() for line in DOTENV.read_text("utf-8-sig").splitlines()]
    except (OSError, UnicodeDecodeError):
        raise SettingError(f"{DOTENV} cannot be read: it must be a file of UTF-8 text.") from None


def text(name: str, default: str = "") -> str:
    """Any text, secrets too."""
    return os.environ.get(name, "").strip() or default


def required(name: str, fix: str) -> str:
    """A text that has no safe default."""
    value = text(name)
    if not value:
        raise SettingError(f"{name} is not set. {fix}")
    return value


def flag(name: str, default: bool) -> bool:
    value = text(name).lower()
    if not value:
        return default
    if value not in ON | OFF:
        raise _wrong(name, "true or false")
    return value in ON


def number(name: str, default: int, *, minimum: int = 0) -> int:
    """A whole number in plain digits."""
    value = text(name)
    if not value:
        return default
    if not re.fullmatch(r"[0-9]{1,10}", value) or not minimum <= int(value) <= LARGEST:
        raise _wrong(name, f"a whole number from {minimum} to {LARGEST}")
    return int(value)


def choice(name: str, default: str, choices: Iterable[str]) -> str:
    """One of `choices`, however it is capitalised."""
    value = text(name)
    known = {option.lower(): option for option in choices}
    if value and value.lower() not in known:
        raise _wrong(name, f"one of {', '.join(known.values())}")
    return known[value.lower()] if value else default


def matching(name: str, default: str, pattern: str, form: str) -> str:
    """A text that the pattern matches as a whole; `form` says in words what it matches."""
    value = text(name)
    if value and not re.fullmatch(pattern, value):
        raise _wrong(name, form)
    return value or default


def currency(name: str, default: str) -> str:
    """A currency of ISO 4217 in which the shop can price: its columns of money hold two decimals."""
    value = text(name)
    if value and value not in list_currencies():
        raise _wrong(name, "three capital letters of ISO 4217, such as EUR")
    if value and get_currency_precision(value) > 2:
        raise _wrong(name, "a currency with two decimals or none; the shop cannot count in thousandths")
    return value or default


def names(name: str, default: Iterable[str] = (), *, is_right: Callable[[str], bool], form: str) -> list[str]:
    """Several texts, separated by commas."""
    found = [part for part in (part.strip() for part in text(name).split(",")) if part]
    if not all(map(is_right, found)):
        raise _wrong(name, form)
    return found or list(default)


def hosts(name: str, default: Iterable[str] = ()) -> list[str]:
    form = "host names without scheme, port and path, separated by commas, such as shop.example.com"
    return names(name, default, is_right=_is_host, form=form)


def origins(name: str) -> list[str]:
    form = "addresses without a path, separated by commas, such as https://shop.example.com"
    return names(name, is_right=lambda value: _is_web_address(value, with_path=False), form=form)


def url(name: str, default: str = "", *, with_path: bool = True) -> str:
    """An http(s) address without a slash at its end."""
    value = text(name, default)
    if value and not _is_web_address(value, with_path=with_path):
        path = "" if with_path else " and without a path"
        raise _wrong(name, f"an address that begins with https:// or http://{path}", repeat="@" not in value)
    return value.rstrip("/")


def email(name: str, default: str = "") -> str:
    """An e-mail address, alone or as `Name <address>`."""
    value = text(name)
    if value and not _is_email(value):
        raise _wrong(
            name, "an e-mail address, such as orders@shop.example.com or Shop <orders@shop.example.com>"
        )
    return value or default


def time_zone(name: str, default: str) -> str:
    value = text(name)
    if value and value not in available_timezones():
        raise _wrong(name, "the name of a time zone, such as Europe/Warsaw")
    return value or default


def language(name: str, default: str) -> str:
    """The code of a language that Django knows, in which the shop speaks, writes dates and amounts."""
    value = text(name).lower()
    if value and value not in dict(global_settings.LANGUAGES):
        raise _wrong(name, "the code of a language, such as en-gb, de or pt-br")
    return value or default


def directory(name: str, default: Path) -> Path:
    """A directory that exists or can be made; a relative path begins in the project's root."""
    value = BASE_DIR / (text(name) or default)
    try:
        value.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError):
        raise _wrong(name, "a directory that the shop may make and write to") from None
    return value


def _wrong(name: str, form: str, *, repeat: bool = True) -> SettingError:
    but = f", but it is {text(name)!r}" if repeat else ""
    return SettingError(f"{name} must be {form}{but}.")


def _is_host(value: str) -> bool:
    return value == "*" or bool(
        re.fullmatch(r"\.?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\]", value)
    )


def _is_web_address(value: str, *, with_path: bool) -> bool:
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        return False
    if (
        parts.scheme not in ("http", "https")
        or not parts.hostname
        or port == 0
        or re.search(r"\s|[<>\"\\]", value)
    ):
        return False
    if "@" in parts.netloc or parts.fragment or (parts.query and not with_path):
        return False
    return with_path or parts.path in ("", "/")


def _is_email(value: str) -> bool:
    address = parseaddr(value)[1]
    try:
        EmailValidator()(address)
    except ValidationError:
        return False
    return "<" in value or value == address
