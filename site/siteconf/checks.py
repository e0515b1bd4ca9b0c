"""System checks for the environment: each message names the key and the fix."""

import os
from difflib import get_close_matches
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Warning

from home import static_files

from .settings import environment

SAMPLE = environment.BASE_DIR / ".env.sample"
# So alike must an unknown key be to one of ours; other programs may have keys in `.env` too.
LIKENESS = 0.85
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def check_keys(**_: object) -> list[CheckMessage]:
    """Keys that nobody reads, because they are almost, but not quite, a key of the shop."""
    known = known_keys()
    given = {*environment.dotenv_keys(), *(name for name in os.environ if name.startswith("CCHUB_"))}
    found = []
    for name in sorted(given - known):
        alike = get_close_matches(name.upper(), known, n=1, cutoff=LIKENESS)
        if alike or name.startswith("CCHUB_"):
            hint = f"Did you mean {alike[0]}?" if alike else "Look for the right one in .env.sample."
            found.append(Warning(f"{name} is no key of the shop.", hint=hint, id="siteconf.W001"))
    return found


def known_keys() -> set[str]:
    """The keys that `.env.sample` explains."""
    lines = SAMPLE.read_text("utf-8").splitlines() if SAMPLE.exists() else []
    found = (environment.DOTENV_LINE.fullmatch(line.removeprefix("#")) for line in lines)
    return {match[1] for match in found if match}


def check_development_settings(**_: object) -> list[CheckMessage]:
    """Development settings at an address that everybody can open: someone forgot to choose the others."""
    host = urlsplit(settings.SHOP_BASE_URL).hostname
    if not settings.DEBUG or host in LOOPBACK:
        return []
    return [
        Warning(
            f"The shop is at {settings.SHOP_BASE_URL}, but DEBUG is on: errors show its insides.",
            hint="In production write DJANGO_SETTINGS_MODULE=siteconf.settings.production into .env.",
            id="siteconf.W002",
        )
    ]


def check_mail(**_: object) -> list[CheckMessage]:
    """Whether e-mails leave this machine, and from whom."""
    found = []
    if not environment.text("EMAIL_URL"):
        found.append(
            Warning(
                "EMAIL_URL is not set: e-mails become files in VAR_DIR/mail and reach nobody.",
                hint="Set it to your mail server, for example smtp+tls://user:password@host:587.",
                id="siteconf.W003",
            )
        )
    if not environment.text("DEFAULT_FROM_EMAIL"):
        found.append(
            Warning(
                f"DEFAULT_FROM_EMAIL is not set: e-mails come from {settings.DEFAULT_FROM_EMAIL}.",
                hint="Set it to an address of yours that can be answered, for example "
                "Shop <orders@shop.example.com>.",
                id="siteconf.W004",
            )
        )
    return found


def check_static_files(**_: object) -> list[CheckMessage]:
    if static_files.are_collected():
        return []
    return [
        Warning(
            "The static files are not collected: no page can be shown.",
            hint="Run manage.py collectstatic --noinput, after each change of the program.",
            id="siteconf.W005",
        )
    ]
