"""Runs the sandbox Hub (the distribution cchub-sandbox) with the settings of the shop."""

import importlib.util
import runpy
import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

SANDBOX = "cchub_sandbox"
HOW_TO_INSTALL = (
    "The sandbox Hub is not installed, because a shop in production has no use for it. "
    "Install it from the shop's directory: pip install -r requirements-demo.txt"
)


class Command(BaseCommand):
    help = "Run the local stand-in for Customer's Canvas Hub until Ctrl-C."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, required=True, help="Port to listen on.")
        parser.add_argument(
            "--host", default="127.0.0.1", help="A loopback address; nothing else is allowed."
        )
        parser.add_argument(
            "--state",
            type=Path,
            default=settings.VAR_DIR / "sandbox",
            help="Directory that keeps users, designs and projects between runs.",
        )
        parser.add_argument("--catalog", type=Path, default=settings.BASE_DIR / "demo" / "catalog.json")
        parser.add_argument(
            "--shop-url", help="Where the shop runs; its webhook is called when files are ready."
        )

    def handle(self, **options) -> None:
        if importlib.util.find_spec(SANDBOX) is None:
            raise CommandError(HOW_TO_INSTALL)
        # As `python -m cchub_sandbox` would, but in this process: whoever stops the command, on Windows too,
        # stops the sandbox; and no secret shows in the list of processes.
        sys.argv = ["cchub-sandbox", *_arguments(options)]
        try:
            runpy.run_module(SANDBOX, run_name="__main__", alter_sys=True)
        except SystemExit as end:
            if isinstance(end.code, str):
                raise CommandError(end.code) from end
            raise


def _arguments(options: dict) -> list[str]:
    hub = settings.CCHUB
    values = {
        "port": options["port"],
        "host": options["host"],
        "state": options["state"],
        "catalog": options["catalog"],
        "shop-url": options["shop_url"],
        "client-id": hub["CLIENTID"],
        "client-secret": hub["CLIENTSECRET"],
        "tenant-id": hub["TENANT_ID"],
        "storefront-id": hub["STOREFRONT_ID"],
        "environment": hub["ENVIRONMENT"],
        "webhook-secret": hub["WEBHOOK_SECRET"],
    }
    return ["serve", *(f"--{name}={value}" for name, value in values.items() if value is not None)]
