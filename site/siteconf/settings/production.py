"""Production: no value that matters has a default; security settings are on unless switched off by name."""

from .base import *  # noqa: F403
from .base import MIDDLEWARE, STORAGES, env, required, whole_number

DEBUG = False
SECRET_KEY = required(
    "SECRET_KEY",
    "Generate one with: python -c "
    "'from django.core.management.utils import get_random_secret_key as k; print(k())'",
)
required("ALLOWED_HOSTS", "List the shop's host names, separated by commas, for example shop.example.com.")
required("SHOP_BASE_URL", "Set the shop's public address, for example https://shop.example.com.")
for key in ("BASEURL", "STOREFRONT_ID", "TENANT_ID", "CLIENTID", "CLIENTSECRET"):
    required(f"CCHUB_{key}", "Copy it from your Customer's Canvas Hub; .env.sample says where it stands.")

MIDDLEWARE.insert(1, "whitenoise.middleware.WhiteNoiseMiddleware")
STORAGES["staticfiles"] = {"BACKEND": "siteconf.storage.StaticFilesStorage"}

# One switch for the three, because a shop behind a plain-http proxy on a test host needs all of them off.
HTTPS_ONLY = env.bool("HTTPS_ONLY", default=True)
SECURE_SSL_REDIRECT = HTTPS_ONLY
SESSION_COOKIE_SECURE = HTTPS_ONLY
CSRF_COOKIE_SECURE = HTTPS_ONLY
SECURE_HSTS_SECONDS = whole_number("HSTS_SECONDS", 31_536_000) if HTTPS_ONLY else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_INCLUDE_SUBDOMAINS", default=HTTPS_ONLY)
SECURE_HSTS_PRELOAD = env.bool("HSTS_PRELOAD", default=HTTPS_ONLY)
if env.bool("BEHIND_PROXY", default=True):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Without it every shopper has the proxy's address, and one person's wrong passwords lock out all.
    ALLAUTH_TRUSTED_PROXY_COUNT = whole_number("TRUSTED_PROXIES", 1)
STAFF_SECOND_FACTOR_REQUIRED = env.bool("STAFF_SECOND_FACTOR_REQUIRED", default=True)
