"""Settings shared by every environment; each value that differs between machines comes from the environment.

The environment is read once, here. `.env` in the project's root is read first, if it exists;
`.env.sample` explains every key.
"""

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import get_language_info

from . import environment as env
from . import hub, services

env.read_dotenv()

BASE_DIR = env.BASE_DIR
# Everything that the running shop writes and that is not in its database.
VAR_DIR = env.directory("VAR_DIR", BASE_DIR / "var")


def rates(name: str, default: str) -> str:
    """Limits of django-allauth, such as `10/m/ip,5/300s/key`."""
    rate = r"[0-9]+/[0-9]*[smhd]/(ip|key)"
    return env.matching(name, default, rf"{rate}(\s*,\s*{rate})*", "limits such as 10/m/ip,5/300s/key")


# ——— Django ———

INSTALLED_APPS = [
    "core",
    "siteconf",
    "commerce",
    "catalog",
    "personalization",
    "home",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.sitemaps",
    "wagtail.embeds",
    "wagtail.sites",
    "home.apps.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_q",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "siteconf.middleware.PublicGZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "home.middleware.AdminContentSecurityPolicyMiddleware",
    "siteconf.middleware.ImpossibleAddressMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "siteconf.middleware.UploadLimitMiddleware",
    "personalization.shoppers.middleware.VisitorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "home.accounts.middleware.AccountPagesMiddleware",
    "home.accounts.middleware.AdminDoorMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "home.middleware.UnpublishableMiddleware",
]

ROOT_URLCONF = "siteconf.urls"
WSGI_APPLICATION = "siteconf.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

# Web, worker and sandbox write to the same SQLite file at once. A transaction that reads before it writes
# cannot wait for the lock in SQLite's deferred mode, so every transaction takes the write lock at its start.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
}
CONN_MAX_AGE = env.number("CONN_MAX_AGE", 60)
SQLITE = {"ENGINE": "django.db.backends.sqlite3", "NAME": VAR_DIR / "db.sqlite3"}
DATABASES = {"default": services.database("DATABASE_URL", SQLITE)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"].setdefault("OPTIONS", {}).update(SQLITE_OPTIONS)
else:
    # The worker's ORM broker closes old connections on each look at the queue; without this it would
    # open a new connection each time. A pool does not survive the worker's fork.
    DATABASES["default"]["CONN_MAX_AGE"] = CONN_MAX_AGE
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# A cache of files is shared by web and worker processes without any service; more hosts need
# CACHE_URL=rediscache://…
FILES = {"BACKEND": "core.file_cache.FileCache", "LOCATION": VAR_DIR / "cache"}
CACHES = {"default": services.cache("CACHE_URL", FILES)}
CACHES["default"].setdefault("OPTIONS", {})
if CACHES["default"]["BACKEND"] == FILES["BACKEND"]:
    CACHES["default"]["OPTIONS"].setdefault("MAX_ENTRIES", 10_000)

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# ——— Accounts (django-allauth): shoppers and staff log in at the same place ———

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "orders"
LOGOUT_REDIRECT_URL = "/"
# What one page tells another is part of the session, and so is gone after a logout.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

ACCOUNT_ADAPTER = "home.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "home.accounts.forms.LoginForm",
    "signup": "home.accounts.forms.SignupForm",
    "reset_password": "home.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "home.accounts.forms.ResetPasswordKeyForm",
    "change_password": "home.accounts.forms.ChangePasswordForm",
    "set_password": "home.accounts.forms.SetPasswordForm",
    "add_email": "home.accounts.forms.AddEmailForm",
    "reauthenticate": "home.accounts.forms.ReauthenticateForm",
}
# Shoppers know only their address. Staff made by createsuperuser may type their user name instead.
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# The account works at once; what depends on the address (orders placed as a guest) waits for the proof.
ACCOUNT_EMAIL_VERIFICATION = "optional"
# A sign-up with the address of an account goes on like any other; its owner is told, and nobody else.
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = None
# Whoever has not asked to stay logged in is logged out when the browser closes.
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_USER_DISPLAY = "home.accounts.selectors.display_name"
# How many attempts in which time, by the client's address (ip) or by the account that was typed (key),
# such as 5/300s/key. Several limits are separated by commas.
ACCOUNT_RATE_LIMITS = {
    "login": rates("LIMIT_LOGINS", "30/m/ip"),
    "login_failed": rates("LIMIT_FAILED_LOGINS", "10/m/ip,5/300s/key"),
    # Of one account, together, in all browsers that are not known for it.
    "login_failed_anywhere": rates("LIMIT_FAILED_LOGINS_ANYWHERE", "50/h/key"),
    "signup": rates("LIMIT_SIGN_UPS", "20/m/ip"),
    "reset_password": rates("LIMIT_PASSWORD_RESETS", "20/m/ip,5/m/key,20/h/key"),
}
# How many proxies of yours stand in front and add to X-Forwarded-For; they are counted from the last.
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXIES", 0)
MFA_ADAPTER = "home.accounts.adapters.SecondFactorAdapter"
MFA_TOTP_TOLERANCE = 1
# Whether staff may enter the admin only after setting up a second factor.
STAFF_SECOND_FACTOR_REQUIRED = env.flag("STAFF_SECOND_FACTOR_REQUIRED", False)

LANGUAGE_CODE = env.language("LANGUAGE_CODE", "en-gb")
LANGUAGES = [(LANGUAGE_CODE, get_language_info(LANGUAGE_CODE)["name"])]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env.time_zone("TIME_ZONE", "UTC")
USE_I18N = True
USE_TZ = True

ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.origins("CSRF_TRUSTED_ORIGINS")
SESSION_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
# Wagtail shows previews of our own pages in frames of our own pages.
X_FRAME_OPTIONS = "SAMEORIGIN"
SILENCED_SYSTEM_CHECKS = ["security.W019"]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    # Print files: never below MEDIA_ROOT, handed out only by a view that checks who asks.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": VAR_DIR / "private",
            "base_url": None,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
}
# The web server that stands in front has another account and reads media.
FILE_UPLOAD_PERMISSIONS = 0o644
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o755

DEFAULT_FROM_EMAIL = env.email("DEFAULT_FROM_EMAIL", "hello@oakwren.example")
MAIL_FILES = {
    "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
    "EMAIL_FILE_PATH": VAR_DIR / "mail",
}
vars().update(services.mail("EMAIL_URL", MAIL_FILES))
# A mail server that does not answer must not hold a worker until the task's own limit.
EMAIL_TIMEOUT = env.number("EMAIL_TIMEOUT", 20, minimum=1)

DEFAULT_EXCEPTION_REPORTER = "siteconf.redaction.Reporter"
DEFAULT_EXCEPTION_REPORTER_FILTER = "siteconf.redaction.ReportFilter"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.choice("LOG_LEVEL", "INFO", env.LOG_LEVELS)},
    "loggers": {
        "urllib3": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
        "wagtail": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
    },
}

# ——— Content Security Policy: everything is ours; the editor page adds the hosts that the Hub names ———

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, "'unsafe-inline'"],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF, "data:"],
        "connect-src": [SELF],
        "frame-src": [SELF, "https://www.youtube-nocookie.com", "https://player.vimeo.com"],
        "frame-ancestors": [SELF],
        "form-action": [SELF],
        "base-uri": [SELF],
        "object-src": [NONE],
    },
}

# ——— Wagtail ———

# Until the brand in the admin names the shop, and what Wagtail asks to be typed before much is deleted.
WAGTAIL_SITE_NAME = "Oakwren"
SHOP_BASE_URL = env.url("SHOP_BASE_URL", "http://127.0.0.1:8000", with_path=False)
WAGTAILADMIN_BASE_URL = SHOP_BASE_URL
WAGTAILIMAGES_IMAGE_MODEL = "home.SiteImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "home.forms.pictures.SiteImageForm"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp", "avif"]
# Through the view that asks who may see it, wherever the files are.
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "pdf", "txt", "xlsx"]
WAGTAILEMBEDS_RESPONSIVE_HTML = True
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
# Passwords and addresses are changed on the account's own pages, which limit the tries and confirm addresses.
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
# Pictures of staff are their own uploads; no address of theirs is sent to another service.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "core.search"}}

# ——— The worker (manage.py work, which runs and watches manage.py qcluster) ———

# `retry` has to outlast every task that may wait in front in the cluster's own queue:
# retry > timeout x (ceil((queue_limit + 1) / workers) + 1). Otherwise tasks are run twice.
Q_CLUSTER = {
    "name": "shop",
    "workers": env.number("WORKERS", 2, minimum=1),
    "queue_limit": 2,
    "timeout": 60,
    "retry": 300,
    "max_attempts": 5,
    "poll": 0.5,
    "catch_up": False,
    "save_limit": 250,
    "label": "Background jobs",
}
if REDIS_URL := services.queue("REDIS_URL"):
    Q_CLUSTER["redis"] = REDIS_URL
else:
    Q_CLUSTER["orm"] = "default"
# How long a worker that holds tasks may go without beginning or ending one; longer than any task may take.
WORKER_SILENCE_SECONDS = env.number("WORKER_SILENCE_SECONDS", 120, minimum=1)

# ——— The shop ———

SHOP_CURRENCY = env.currency("SHOP_CURRENCY", "EUR")
# How long an order waits, and can be cancelled by its shopper, before its production begins.
PRODUCTION_HOLD_MINUTES = env.number("PRODUCTION_HOLD_MINUTES", 0)
# How often one client, or one e-mail address, may try: number of tries, seconds.
LIMITS = {
    "wrong_order_links": (env.number("WRONG_ORDER_LINKS_PER_MINUTE", 10, minimum=1), 60),
    "page_passwords": (env.number("PAGE_PASSWORDS_PER_MINUTE", 10, minimum=1), 60),
    "order_links_per_client": (env.number("ORDER_LINKS_PER_HOUR_AND_CLIENT", 20, minimum=1), 3600),
    "order_links_per_address": (env.number("ORDER_LINKS_PER_HOUR_AND_ADDRESS", 3, minimum=1), 3600),
    "orders_per_client": (env.number("ORDERS_PER_HOUR_AND_CLIENT", 100, minimum=1), 3600),
    "orders_per_address": (env.number("ORDERS_PER_HOUR_AND_ADDRESS", 20, minimum=1), 3600),
    "visitors_per_client": (env.number("VISITORS_PER_HOUR_AND_CLIENT", 120, minimum=1), 3600),
}
# Who hears of a print file that failed for good; empty: nobody, the order desk shows it.
ORDER_DESK_EMAIL = env.email("ORDER_DESK_EMAIL")
VISITOR_COOKIE_AGE = 365 * 24 * 3600
# How long a design in no cart and no order is kept after it was last touched: an account's, and a visitor's.
DESIGNS_KEPT_DAYS = env.number("DESIGNS_KEPT_DAYS", 365, minimum=1)
VISITOR_DESIGNS_KEPT_DAYS = env.number("VISITOR_DESIGNS_KEPT_DAYS", 90, minimum=1)
# After how long without a change a visitor's cart is emptied.
VISITOR_CARTS_KEPT_DAYS = env.number("VISITOR_CARTS_KEPT_DAYS", 90, minimum=1)
# How long after the last visit a visitor to whom nothing belongs is forgotten.
VISITORS_KEPT_DAYS = env.number("VISITORS_KEPT_DAYS", 90, minimum=1)
# How long earlier versions of pages are kept, and failed background jobs with their tracebacks.
REVISIONS_KEPT_DAYS = env.number("REVISIONS_KEPT_DAYS", 365, minimum=1)
FAILED_TASKS_KEPT_DAYS = env.number("FAILED_TASKS_KEPT_DAYS", 30, minimum=1)

CCHUB = hub.configuration()
