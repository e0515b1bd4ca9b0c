"""Makes an empty database a shop that can be edited."""

import os
import sys
from getpass import getpass

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import EmailValidator, MaxLengthValidator
from django.urls import reverse

from catalog.services.starting import (
    Beginning,
    CannotStart,
    has_administrator,
    refuse_to_overwrite,
    start_shop,
)
from core.addresses import validate_address
from core.unmigrated import require_migrations
from home.services.front_page import default_site, front_page, has_address

PASSWORD = "DJANGO_SUPERUSER_PASSWORD"  # noqa: S105
LONGEST_NAME, LONGEST_TITLE = 60, 80
NEXT = """
The shop is at {address}/. What to do next:
  1. Log in at {address}{admin}{second_factor}.
  2. Settings > Brand: the logo, the contact, the picture for sharing. Settings > Footer.
  3. Pages: build the front page; below the catalog add categories, and products below them.
  4. Settings > Connect the Hub: what is connected and what is missing.
  5. Keep `manage.py work` running beside the web server, and read what `manage.py check --deploy` says.
"""


class Command(BaseCommand):
    help = (
        "Make an empty database a shop: front page, catalog, site, brand, menu, administrator. Asks for what "
        "is not given. Can be run again: it adds what is missing and overwrites nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", default="", help="What the shop is called.")
        parser.add_argument(
            "--address",
            default="",
            help=f"Where the shop is: scheme and host. Default: SHOP_BASE_URL, {settings.SHOP_BASE_URL}.",
        )
        parser.add_argument("--title", default="", help="The front page's headline. Default: the name.")
        parser.add_argument("--email", default="", help="The administrator's address, to log in with.")
        parser.add_argument(
            "--no-input",
            "--noinput",
            action="store_false",
            dest="interactive",
            help=f"Ask for nothing. The administrator's password is read from {PASSWORD}.",
        )

    def handle(self, *, interactive: bool, **options) -> None:
        require_migrations()
        self.interactive = interactive and sys.stdin.isatty()
        try:
            beginning = self._beginning(options)
            made = start_shop(beginning)
        except CannotStart as refusal:
            raise CommandError(f"{refusal} Nothing was changed.") from None
        except (KeyboardInterrupt, EOFError):
            raise CommandError("Nothing was changed.") from None
        self.stdout.write(
            f"Made {', '.join(made)}." if made else "Everything is in place; nothing was changed."
        )
        if beginning.address != settings.SHOP_BASE_URL:
            self.stderr.write(
                f"E-mails lead to {settings.SHOP_BASE_URL}: set SHOP_BASE_URL to the shop's address."
            )
        self.stdout.write(
            NEXT.format(
                address=beginning.address,
                admin=reverse("wagtailadmin_home"),
                second_factor=", with an authenticator app at hand"
                if settings.STAFF_SECOND_FACTOR_REQUIRED
                else "",
            )
        )

    def _beginning(self, options: dict) -> Beginning:
        """What was given, completed by what somebody answers."""
        address = options["address"].strip().rstrip("/") or _present_address()
        name, title, email = (options[key].strip() for key in ("name", "title", "email"))
        if front_page() is None:
            name = name or self._ask("name", "The name of the shop: ")
            title = title or self._ask("title", f"The front page's headline [{name}]: ", name)
        _check(MaxLengthValidator(LONGEST_NAME), name, "--name")
        _check(MaxLengthValidator(LONGEST_TITLE), title, "--title")
        if not has_administrator():
            email = email or self._ask("email", "The administrator's e-mail address: ")
            _check(EmailValidator(), email, "--email")
            _check(validate_address, email, "--email")
        refuse_to_overwrite(Beginning(name=name, address=address, title=title, email=email))
        password = "" if has_administrator() else self._password()
        return Beginning(name=name, address=address, title=title, email=email, password=password)

    def _ask(self, option: str, question: str, default: str = "") -> str:
        while self.interactive:
            if answer := input(question).strip() or default:
                return answer
        if default:
            return default
        raise CommandError(f"Give --{option}. Nothing was changed.")

    def _password(self) -> str:
        """One that passes the shop's own rules."""
        if not self.interactive:
            password = os.environ.get(PASSWORD, "")
            if not password:
                raise CommandError(f"Give the administrator's password in {PASSWORD}. Nothing was changed.")
            _check(validate_password, password, PASSWORD)
            return password
        while True:
            password = getpass("The administrator's password: ")
            try:
                validate_password(password)
            except ValidationError as error:
                self.stderr.write(" ".join(error.messages))
                continue
            if password == getpass("Once more: "):
                return password
            self.stderr.write("The two are not the same.")


def _present_address() -> str:
    site = default_site()
    return site.root_url if site and has_address(site) else settings.SHOP_BASE_URL


def _check(validator, value: str, what: str) -> None:
    try:
        validator(value)
    except ValidationError as error:
        raise CommandError(f"{what}: {' '.join(error.messages)} Nothing was changed.") from None
