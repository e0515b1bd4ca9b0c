"""Development and the demo: everything embedded, the Hub is the sandbox on this machine."""

from urllib.parse import urlsplit

from . import environment as env
from .base import *  # noqa: F403
from .base import CCHUB, DATABASES

DEBUG = env.flag("DEBUG", True)
SECRET_KEY = env.text("SECRET_KEY", "development-only-" + "0" * 50)
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]", "testserver"])

# `runserver` has a thread for each connection of a browser, and each would keep one to the database.
DATABASES["default"]["CONN_MAX_AGE"] = env.number("CONN_MAX_AGE", 0)

# These fit `manage.py hub_sandbox --port 8001`. A Hub of your own gets none of them: what is missing then is
# told by the checks.
SANDBOX = {
    "BASEURL": "http://127.0.0.1:8001",
    "STOREFRONT_ID": 42,
    "TENANT_ID": 4242,
    "CLIENTID": "sandbox-shop",
    "CLIENTSECRET": "sandbox-secret",
    "WEBHOOK_SECRET": "sandbox-webhook-secret",
}
if urlsplit(CCHUB["BASEURL"]).hostname in (None, "127.0.0.1", "localhost", "::1"):
    CCHUB.update({key: CCHUB[key] or value for key, value in SANDBOX.items()})
