"""Runs the local stand-in for Customer's Canvas Hub."""

import logging
import signal
import sys
import threading
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from personalization.sandbox.server import SandboxServer


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
        logging.basicConfig(level=logging.WARNING)
        server = self._server(options)
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        try:
            server.start()
        except OSError as error:
            raise CommandError(f"Port {options['port']} cannot be used: {error.strerror}.") from error
        self.stdout.write(f"The sandbox Hub is ready on {server.url}/ (Ctrl-C stops it)")
        self.stdout.flush()
        while not stop.wait(1):  # on Windows a wait without end would not notice Ctrl-C
            pass
        server.stop()
        sys.exit(0)

    def _server(self, options: dict) -> SandboxServer:
        hub = settings.CCHUB
        try:
            return SandboxServer(
                catalog=options["catalog"],
                state_dir=options["state"],
                host=options["host"],
                port=options["port"],
                client_id=hub["CLIENTID"],
                client_secret=hub["CLIENTSECRET"],
                tenant_id=hub["TENANT_ID"],
                storefront_id=hub["STOREFRONT_ID"],
                environment=hub["ENVIRONMENT"],
                webhook_secret=hub["WEBHOOK_SECRET"],
                shop_url=options["shop_url"],
            )
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
