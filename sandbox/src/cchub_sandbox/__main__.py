"""The console command: `cchub-sandbox serve`, or `python -m cchub_sandbox serve`."""

import argparse
import logging
import os
import signal
import sys
import tempfile
import threading
from pathlib import Path

from . import __version__
from .config import EXAMPLE_CATALOG
from .server import SandboxServer

# The names under which shops keep the same values, so that one environment serves both.
IDENTITY = {
    "client_id": ("CCHUB_CLIENTID", "sandbox-shop", "Client id of the external app."),
    "client_secret": ("CCHUB_CLIENTSECRET", "sandbox-secret", "Client secret of the external app."),
    "tenant_id": ("CCHUB_TENANT_ID", "4242", "Number of the tenant."),
    "storefront_id": ("CCHUB_STOREFRONT_ID", "42", "Number of the storefront."),
    "environment": ("CCHUB_ENVIRONMENT", "us", "us, eu or au."),
    "webhook_secret": ("CCHUB_WEBHOOK_SECRET", "", "What call-backs send in the header X-CCHub-Secret."),
}


def main(arguments: list[str] | None = None) -> None:
    """Serve until Ctrl-C or SIGTERM. Leaves by SystemExit, with a message when the sandbox cannot start."""
    options = vars(command_parser().parse_args(arguments))
    options.pop("command")
    logging.basicConfig(level=logging.WARNING)
    with tempfile.TemporaryDirectory(prefix="cchub-sandbox-") as forgotten:
        state_dir = options.pop("state") or Path(forgotten)
        _serve(state_dir=state_dir, **options)
    sys.exit(0)


def _serve(**options) -> None:
    stop = threading.Event()
    try:
        server = SandboxServer(**options)
    except (OSError, ValueError) as error:
        sys.exit(str(error))
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    try:
        server.start()
    except OSError as error:
        sys.exit(f"Port {options['port']} cannot be used: {error.strerror}.")
    sys.stdout.write(f"The sandbox Hub is ready on {server.url}/ (Ctrl-C stops it)\n")
    sys.stdout.flush()
    while not stop.wait(1):  # on Windows a wait without end would not notice Ctrl-C
        pass
    server.stop()


def command_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="cchub-sandbox", description="A local stand-in for Customer's Canvas Hub."
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve", help="Run the sandbox until Ctrl-C.")
    serve.add_argument(
        "--catalog",
        type=Path,
        default=EXAMPLE_CATALOG,
        help="JSON file with the tenant's products. Without it: a few examples, one for each editor.",
    )
    serve.add_argument("--port", type=int, default=8001, help="Port to listen on; 0 picks a free one.")
    serve.add_argument("--host", default="127.0.0.1", help="A loopback address; nothing else is allowed.")
    serve.add_argument(
        "--state",
        type=Path,
        help="Directory that keeps users, designs and projects between runs. Without it all is forgotten.",
    )
    serve.add_argument("--shop-url", help="Where the shop runs; its webhook is called when files are ready.")
    for name, (variable, default, text) in IDENTITY.items():
        serve.add_argument(
            f"--{name.replace('_', '-')}",
            type=int if name in ("tenant_id", "storefront_id") else str,
            default=os.environ.get(variable) or default,
            help=f"{text} The environment's {variable} if left out, else {default or 'nothing'}.",
        )
    return parser


if __name__ == "__main__":
    main()
