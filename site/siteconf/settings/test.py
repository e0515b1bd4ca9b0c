"""The test run: nothing outside the process but the database named by DATABASE_URL."""

import os
import tempfile
from pathlib import Path

from . import services
from .base import *  # noqa: F403
from .base import CCHUB, INSTALLED_APPS, Q_CLUSTER, STORAGES, WAGTAILSEARCH_BACKENDS

# A page type as a developer would add it.
INSTALLED_APPS = [*INSTALLED_APPS, "tests.extension"]

DEBUG = False
SECRET_KEY = "tests-only-" + "0" * 50
ALLOWED_HOSTS = ["*"]

DATABASES = {
    "default": services.database("DATABASE_URL", {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"})
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 20}

# Parallel workers empty the cache between tests, so each has a Redis database of its own.
CACHES = {
    "default": services.cache("CACHE_URL", {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"})
}
if CACHES["default"]["BACKEND"].endswith("RedisCache"):
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    CACHES["default"]["LOCATION"] += f"/{int(worker) + 1}"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

TEST_FILES = Path(tempfile.mkdtemp(prefix="shop-tests-"))
MEDIA_ROOT = TEST_FILES / "media"
STORAGES["private"]["OPTIONS"]["location"] = TEST_FILES / "private"

# What is saved goes into the index of the search only where a test asks for `search_index`.
WAGTAILSEARCH_BACKENDS = {"default": WAGTAILSEARCH_BACKENDS["default"] | {"AUTO_UPDATE": False}}

# Read by django-q2 at import: tasks run inline and raise, so that a test sees what a worker would do.
Q_CLUSTER["sync"] = True
Q_CLUSTER.pop("redis", None)
Q_CLUSTER["orm"] = "default"

CCHUB.update(
    BASEURL="http://127.0.0.1:9",
    API_URL="",
    STOREFRONT_ID=42,
    TENANT_ID=4242,
    CLIENTID="test-client",
    CLIENTSECRET="test-client-secret",
    ENVIRONMENT="us",
    TIMEOUT_SECONDS=5,
    POLL_SECONDS=30,
    WEBHOOK_SECRET="test-webhook-secret",
    STATUS_CODES={"active": 3, "completed": 4, "cancelled": 5},
)

PRODUCTION_HOLD_MINUTES = 0
ORDER_DESK_EMAIL = ""
LIMITS = {
    "wrong_order_links": (10, 60),
    "page_passwords": (10, 60),
    "order_links_per_client": (20, 3600),
    "order_links_per_address": (3, 3600),
    "orders_per_client": (10_000, 3600),
    "orders_per_address": (10_000, 3600),
    "visitors_per_client": (10_000, 3600),
}
