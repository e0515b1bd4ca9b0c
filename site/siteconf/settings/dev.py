"""Development and the demo: everything embedded, the Hub is the sandbox on this machine."""

from .base import *  # noqa: F403
from .base import CCHUB, DATABASES, env, whole_number

DEBUG = env.bool("DEBUG", default=True)
SECRET_KEY = env.str("SECRET_KEY", default="") or "development-only-" + "0" * 50
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[]) or ["127.0.0.1", "localhost", "[::1]", "testserver"]

# `runserver` has a thread for each connection of a browser, and each would keep one to the database.
DATABASES["default"]["CONN_MAX_AGE"] = whole_number("CONN_MAX_AGE", 0)

# These fit `manage.py hub_sandbox --port 8001`; a real Hub's values come from the environment.
SANDBOX_DEFAULTS = {
    "BASEURL": "http://127.0.0.1:8001",
    "STOREFRONT_ID": 42,
    "TENANT_ID": 4242,
    "CLIENTID": "sandbox-shop",
    "CLIENTSECRET": "sandbox-secret",
    "WEBHOOK_SECRET": "sandbox-webhook-secret",
}
for key, value in SANDBOX_DEFAULTS.items():
    CCHUB[key] = CCHUB[key] or value
