"""Production: no value that matters has a default; security settings are on unless switched off by name."""

import os
from urllib.parse import urlsplit

from . import environment as env
from .base import *  # noqa: F403
from .base import MIDDLEWARE, SHOP_BASE_URL, SILENCED_SYSTEM_CHECKS, STORAGES

DEBUG = False
# The database, e-mails and whatever else the shop writes are for its own account; media say so otherwise.
os.umask(0o077)
SECRET_KEY = env.required(
    "SECRET_KEY",
    "Generate one with: python -c "
    "'from django.core.management.utils import get_random_secret_key as k; print(k())'",
)
env.required(
    "ALLOWED_HOSTS", "List the shop's host names, separated by commas, for example shop.example.com."
)
env.required("SHOP_BASE_URL", "Set the shop's public address, for example https://shop.example.com.")
for key in ("BASEURL", "STOREFRONT_ID", "TENANT_ID", "CLIENTID", "CLIENTSECRET"):
    env.required(f"CCHUB_{key}", "Copy it from your Customer's Canvas Hub; .env.sample says where it stands.")

DEFAULT_FROM_EMAIL = env.email("DEFAULT_FROM_EMAIL", f"shop@{urlsplit(SHOP_BASE_URL).hostname}")

MIDDLEWARE.insert(1, "whitenoise.middleware.WhiteNoiseMiddleware")
STORAGES["staticfiles"] = {"BACKEND": "siteconf.storage.StaticFilesStorage"}

# One switch for the three, because a shop behind a plain-http proxy on a test host needs all of them off.
HTTPS_ONLY = env.flag("HTTPS_ONLY", True)
SECURE_SSL_REDIRECT = HTTPS_ONLY
SESSION_COOKIE_SECURE = HTTPS_ONLY
CSRF_COOKIE_SECURE = HTTPS_ONLY
SECURE_HSTS_SECONDS = env.number("HSTS_SECONDS", 31_536_000) if HTTPS_ONLY else 0
# They bind hosts that are not the shop's, and browsers remember them for a year: only who asks gets them.
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("HSTS_INCLUDE_SUBDOMAINS", False)
SECURE_HSTS_PRELOAD = env.flag("HSTS_PRELOAD", False)
SILENCED_SYSTEM_CHECKS += ["security.W005", "security.W021"]
if env.flag("BEHIND_PROXY", True):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Without it every shopper has the proxy's address, and one person's wrong passwords lock out all.
    ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXIES", 1)
STAFF_SECOND_FACTOR_REQUIRED = env.flag("STAFF_SECOND_FACTOR_REQUIRED", True)
