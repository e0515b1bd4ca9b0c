"""What operators write into the environment and `.env`: empty, misspelt, with blanks or a `$`, or wrong."""

import pytest

from personalization.hub.config import ENVIRONMENTS
from siteconf.checks import known_keys
from siteconf.settings import environment
from siteconf.settings.environment import SettingError

SECRETS = {"SECRET_KEY", "CCHUB_CLIENTSECRET", "CCHUB_WEBHOOK_SECRET"}
TEXTS = SECRETS | {
    "CCHUB_CLIENTID",
    "CCHUB_DESIGN_EDITOR_PRODUCT_KEY",
    "CCHUB_DESIGN_EDITOR_CONFIGURATION_KEY",
    "CCHUB_KEEPING_POLICY",
    "CCHUB_TEMPORARY_POLICY",
}
REQUIRED = {
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "SHOP_BASE_URL",
    "CCHUB_BASEURL",
    "CCHUB_STOREFRONT_ID",
    "CCHUB_TENANT_ID",
    "CCHUB_CLIENTID",
    "CCHUB_CLIENTSECRET",
}
LIMITS = [
    "LIMIT_LOGINS",
    "LIMIT_FAILED_LOGINS",
    "LIMIT_FAILED_LOGINS_ANYWHERE",
    "LIMIT_SIGN_UPS",
    "LIMIT_PASSWORD_RESETS",
]
NONSENSE = {
    **dict.fromkeys(["DEBUG", "HTTPS_ONLY", "BEHIND_PROXY"], "maybe"),
    **dict.fromkeys(["HSTS_PRELOAD", "HSTS_INCLUDE_SUBDOMAINS"], "maybe"),
    "STAFF_SECOND_FACTOR_REQUIRED": "enabled",
    "ALLOWED_HOSTS": "https://shop.example.com",
    "CSRF_TRUSTED_ORIGINS": "shop.example.com",
    "SHOP_BASE_URL": "shop.example.com",
    "SHOP_CURRENCY": "euro",
    "LANGUAGE_CODE": "german",
    "TIME_ZONE": "Warsaw",
    "LOG_LEVEL": "loud",
    "DATABASE_URL": "nonsense",
    "CACHE_URL": "nonsense",
    "REDIS_URL": "nonsense",
    "EMAIL_URL": "nonsense",
    "DEFAULT_FROM_EMAIL": "Oakwren",
    "ORDER_DESK_EMAIL": "somebody",
    "VAR_DIR": "/dev/null/var",
    **dict.fromkeys(LIMITS, "often"),
    "CCHUB_BASEURL": "customerscanvashub.com",
    "CCHUB_API_URL": "nonsense",
    "CCHUB_ENVIRONMENT": "uk",
    "CCHUB_PROJECT_URL": "https://customerscanvashub.com/projects",
    "CCHUB_STATUS_CODES": "active=three",
    "CCHUB_PRIVATE_DESIGNS_PATH": "private-designs",
}


FLAGS = ["DEBUG", "HTTPS_ONLY", "BEHIND_PROXY", "STAFF_SECOND_FACTOR_REQUIRED"]
EXAMPLES = {
    **dict.fromkeys(TEXTS, "text"),
    **dict.fromkeys(FLAGS, "false"),
    **dict.fromkeys(["HSTS_PRELOAD", "HSTS_INCLUDE_SUBDOMAINS"], "true"),
    **dict.fromkeys(LIMITS, "1/m/ip"),
    "ALLOWED_HOSTS": "shop.example.com,www.example.com",
    "CSRF_TRUSTED_ORIGINS": "https://a.example,https://b.example",
    "SHOP_BASE_URL": "https://print.example",
    "SHOP_CURRENCY": "PLN",
    "LANGUAGE_CODE": "de",
    "TIME_ZONE": "Europe/Warsaw",
    "LOG_LEVEL": "ERROR",
    "DATABASE_URL": "postgres://db.example/shop",
    "CACHE_URL": "rediscache://cache.example/1",
    "REDIS_URL": "redis://queue.example/1",
    "EMAIL_URL": "smtp+tls://mail.example",
    "DEFAULT_FROM_EMAIL": "Shop <a@b.example>",
    "ORDER_DESK_EMAIL": "desk@b.example",
    "CCHUB_BASEURL": "https://eu.customerscanvashub.com",
    "CCHUB_API_URL": "https://api.example/v9",
    "CCHUB_ENVIRONMENT": "eu",
    "CCHUB_PROJECT_URL": "https://hub.example/#/{id}",
    "CCHUB_STATUS_CODES": "active=9",
    "CCHUB_PRIVATE_DESIGNS_PATH": "/private",
}


class Keys:
    """Every key that the settings ask for, by module."""

    def __init__(self, load, monkeypatch):
        read = environment.text
        self.of = {}
        for module in ("dev", "production"):
            asked = self.of[module] = set()

            def text(name, default="", asked=asked):
                asked.add(name)
                return read(name, default)

            with monkeypatch.context() as patched:
                patched.setattr(environment, "text", text)
                load(module)

    def __iter__(self):
        return ((module, name) for module, names in self.of.items() for name in sorted(names))


@pytest.fixture
def keys(load, monkeypatch):
    return Keys(load, monkeypatch)


def values_of(settings) -> dict:
    """The settings themselves, without what was imported to read them."""
    return {name: value for name, value in vars(settings).items() if name.isupper()}


def test_the_sample_explains_every_key_and_no_other(keys):
    read = keys.of["dev"] | keys.of["production"] | {"DJANGO_SETTINGS_MODULE"}
    assert known_keys() == read


def test_an_empty_key_is_a_key_that_is_not_set(keys, load):
    for module, name in keys:
        if name in REQUIRED and module == "production":
            continue
        expected = values_of(load(module, **{name: ""} if name != "VAR_DIR" else {}))
        unset = values_of(load(module))
        assert expected == unset, name


def test_an_empty_var_dir_is_the_one_in_the_project(load, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert load("dev", VAR_DIR="").VAR_DIR == environment.BASE_DIR / "var"


def test_a_relative_var_dir_begins_in_the_project_wherever_the_process_starts(load, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert load("dev", VAR_DIR="var/of-a-test").VAR_DIR == environment.BASE_DIR / "var" / "of-a-test"
    (environment.BASE_DIR / "var" / "of-a-test").rmdir()


@pytest.mark.parametrize("name", sorted(REQUIRED))
@pytest.mark.parametrize("value", ["", "  "])
def test_production_does_not_start_without_a_value_that_matters(load, name, value):
    with pytest.raises(SettingError, match=f"^{name} is not set. "):
        load("production", **{name: value})


def test_blanks_around_a_value_do_not_count(keys, load):
    for module, name in keys:
        if name == "VAR_DIR":
            continue
        value = EXAMPLES.get(name, "7")
        expected = values_of(load(module, **{name: value}))
        assert values_of(load(module, **{name: f" \t{value}  "})) == expected, name


def test_a_value_with_a_dollar_is_never_that_of_another_key(keys, load):
    """It stands as it is written, or it is refused in words."""
    for module, name in keys:
        if name in TEXTS | {"VAR_DIR"}:
            continue
        with pytest.raises(SettingError, match=f"^{name} must be "):
            load(module, **{name: "$OTHER", "OTHER": "true"})


@pytest.mark.parametrize("secret", ["$q1w2e3r4t5" * 5, "$OTHER", "$$", r"\$x", "a#b=c'd\"e", "$"])
def test_a_secret_is_taken_as_it_is_written(load, dotenv, secret):
    for way in ("environment", "dotenv", "quotes"):
        values = dict.fromkeys(TEXTS, secret)
        if way != "environment":
            quote = "'" if way == "quotes" else ""
            dotenv.write_text("".join(f"{name}={quote}{value}{quote}\n" for name, value in values.items()))
        given = values if way == "environment" else {}
        missing = {name: None for name in TEXTS if name not in given}
        settings = load_without(load, missing, OTHER="other", **given)
        assert secret == settings.SECRET_KEY
        assert settings.CCHUB["CLIENTSECRET"] == settings.CCHUB["WEBHOOK_SECRET"] == secret
        assert settings.CCHUB["CLIENTID"] == settings.CCHUB["KEEPING_POLICY"] == secret


def load_without(load, missing, **values):
    """Production settings, what is missing left to `.env`."""
    from tests.siteconf import conftest

    kept = dict(conftest.COMPLETE)
    try:
        for name in missing:
            conftest.COMPLETE.pop(name, None)
        return load("production", **values)
    finally:
        conftest.COMPLETE.update(kept)


def test_nonsense_is_refused_with_a_sentence_that_names_the_key_and_the_right_form(keys, load):
    for module, name in keys:
        if name in TEXTS:
            continue
        value = NONSENSE.get(name, "many")
        with pytest.raises(SettingError) as refused:
            load(module, **{name: value})
        assert str(refused.value).startswith(f"{name} must be "), name


@pytest.mark.parametrize(
    ("currency", "reason"),
    [
        ("XYZ", "three capital letters of ISO 4217"),
        ("eur", "three capital letters of ISO 4217"),
        ("KWD", "a currency with two decimals or none"),
        ("CLF", "a currency with two decimals or none"),
    ],
)
def test_a_currency_that_the_shop_cannot_price_in_is_refused(load, currency, reason):
    with pytest.raises(SettingError, match=f"^SHOP_CURRENCY must be {reason}"):
        load("dev", SHOP_CURRENCY=currency)


@pytest.mark.parametrize("currency", ["EUR", "USD", "JPY", "CLP"])
def test_currencies_with_two_decimals_and_without_work(load, currency):
    assert currency == load("dev", SHOP_CURRENCY=currency).SHOP_CURRENCY


@pytest.mark.parametrize("value", ["-1", "1.5", "1_000", "１２", "99999999999", "0x10", "20 # seconds"])
def test_a_number_is_written_in_plain_digits(load, value):
    with pytest.raises(SettingError, match=r"^CCHUB_TIMEOUT_SECONDS must be a whole number from 1 to"):
        load("dev", CCHUB_TIMEOUT_SECONDS=value)


@pytest.mark.parametrize(
    "name",
    [
        "CCHUB_TIMEOUT_SECONDS",
        "CCHUB_POLL_SECONDS",
        "CCHUB_BREAKER_FAILURES",
        "CCHUB_BREAKER_SECONDS",
        "CCHUB_LOOK_AGAIN_SECONDS",
        "CCHUB_DEADLINE_MINUTES",
        "CCHUB_STOREFRONT_ID",
        "CCHUB_TENANT_ID",
        "DESIGNS_KEPT_DAYS",
        "VISITOR_DESIGNS_KEPT_DAYS",
        "VISITOR_CARTS_KEPT_DAYS",
        "EMAIL_TIMEOUT",
        "WORKERS",
        "WORKER_SILENCE_SECONDS",
    ],
)
def test_a_zero_that_would_mean_something_else_is_refused(load, name):
    with pytest.raises(SettingError, match=f"^{name} must be a whole number from 1 to"):
        load("dev", **{name: "0"})


@pytest.mark.parametrize("name", ["PRODUCTION_HOLD_MINUTES", "TRUSTED_PROXIES", "CONN_MAX_AGE"])
def test_a_zero_that_means_none_is_taken(load, name):
    load("dev", **{name: "0"})


@pytest.mark.parametrize("value", ["true # keep", "maybe", "2", "tru"])
@pytest.mark.parametrize("name", ["HTTPS_ONLY", "STAFF_SECOND_FACTOR_REQUIRED", "BEHIND_PROXY"])
def test_no_misspelling_switches_security_off(load, name, value):
    with pytest.raises(SettingError, match=f"^{name} must be true or false, but it is '{value}'"):
        load("production", **{name: value})


@pytest.mark.parametrize("value", ["true", "True", "YES", "on", "1", "", " "])
def test_security_is_on_unless_it_is_switched_off_by_name(load, value):
    settings = load("production", HTTPS_ONLY=value, STAFF_SECOND_FACTOR_REQUIRED=value)
    assert settings.SECURE_SSL_REDIRECT is True
    assert settings.SESSION_COOKIE_SECURE is settings.CSRF_COOKIE_SECURE is True
    assert settings.SECURE_HSTS_SECONDS == 31_536_000
    assert settings.STAFF_SECOND_FACTOR_REQUIRED is True


@pytest.mark.parametrize("value", ["false", "No", "off", "0"])
def test_security_can_be_switched_off_by_name(load, value):
    settings = load("production", HTTPS_ONLY=value, STAFF_SECOND_FACTOR_REQUIRED=value)
    assert settings.SECURE_SSL_REDIRECT is settings.SESSION_COOKIE_SECURE is False
    assert settings.SECURE_HSTS_SECONDS == 0
    assert settings.STAFF_SECOND_FACTOR_REQUIRED is False


def test_browsers_are_told_nothing_about_other_hosts_of_the_domain_unless_asked_for(load):
    settings = load("production")
    assert settings.SECURE_HSTS_INCLUDE_SUBDOMAINS is settings.SECURE_HSTS_PRELOAD is False
    settings = load("production", HSTS_INCLUDE_SUBDOMAINS="true", HSTS_PRELOAD="true")
    assert settings.SECURE_HSTS_INCLUDE_SUBDOMAINS is settings.SECURE_HSTS_PRELOAD is True


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://shop:pa55@db.example/shop"),
        ("DATABASE_URL", "postgres://shop:pa55@db.example"),
        ("DATABASE_URL", "postgres://shop:pa55/x@db.example/shop"),
        ("DATABASE_URL", "postgres://shop:pa55#x@db.example/shop"),
        ("DATABASE_URL", "sqlite://pa55.sqlite3"),
        ("CACHE_URL", "rediscache://"),
        ("CACHE_URL", "rediscache://:pa55@cache.example:port/1"),
        ("REDIS_URL", "redis://:pa55@queue.example:port/1"),
        ("REDIS_URL", "https://:pa55@queue.example"),
        ("EMAIL_URL", "smtp+tls://shop:pa55#x@mail.example:587"),
        ("EMAIL_URL", "smtp://"),
        ("CCHUB_BASEURL", "https://shop:pa55@hub.example"),
        ("SHOP_BASE_URL", "https://shop.example.com/pa55@x"),
    ],
)
def test_what_may_be_a_password_is_not_repeated(load, name, value):
    with pytest.raises(SettingError) as refused:
        load("production", **{name: value})
    assert str(refused.value).startswith(f"{name} must be ")
    assert "pa55" not in str(refused.value)


def test_passwords_may_hold_any_character_when_it_is_encoded(load):
    password = "%40%23%2F%3F%25+$"
    settings = load(
        "production",
        DATABASE_URL=f"postgres://shop:{password}@db.example:6432/shop",
        EMAIL_URL=f"smtp+tls://shop:{password}@mail.example:587",
    )
    assert settings.DATABASES["default"]["PASSWORD"] == settings.EMAIL_HOST_PASSWORD == "@#/?%+$"
    assert (settings.DATABASES["default"]["PORT"], settings.EMAIL_PORT) == (6432, 587)


def test_lists_are_separated_by_commas_with_or_without_blanks(load):
    settings = load("production", ALLOWED_HOSTS="shop.example.com, www.example.com,, [::1] ,")
    assert settings.ALLOWED_HOSTS == ["shop.example.com", "www.example.com", "[::1]"]


def test_the_address_of_the_shop_has_no_slash_at_its_end(load):
    settings = load("production", SHOP_BASE_URL="https://shop.example.com/ ")
    assert settings.SHOP_BASE_URL == settings.WAGTAILADMIN_BASE_URL == "https://shop.example.com"


@pytest.mark.parametrize("value", ["https://shop.example/shop", "https://shop.example?a", "//shop.example"])
def test_the_address_of_the_shop_is_scheme_and_host_alone(load, value):
    with pytest.raises(SettingError, match=r"^SHOP_BASE_URL must be an address"):
        load("production", SHOP_BASE_URL=value)


@pytest.mark.parametrize("value", ENVIRONMENTS)
def test_every_environment_of_the_hub_is_known(load, value):
    assert load("dev", CCHUB_ENVIRONMENT=value.upper()).CCHUB["ENVIRONMENT"] == value


def test_the_codes_of_the_hub_are_the_usual_ones_unless_others_or_none_are_named(load):
    def codes(value):
        return load("dev", CCHUB_STATUS_CODES=value).CCHUB["STATUS_CODES"]

    assert codes("") == {"active": 3, "completed": 4, "cancelled": 5}
    assert codes("active = 7, completed=8") == {"active": 7, "completed": 8}
    assert codes("none") == {}
    for wrong in ("paused=3", "active=3,active=4", "active"):
        with pytest.raises(SettingError, match=r"^CCHUB_STATUS_CODES must "):
            codes(wrong)


# ——— .env ———


def test_dotenv_is_read_as_editors_and_windows_write_it(load, dotenv):
    dotenv.write_bytes(
        b"\xef\xbb\xbfSHOP_CURRENCY=PLN  \r\n# a comment\r\n\r\n"
        b"  export LOG_LEVEL='ERROR' \r\nTIME_ZONE=\"Asia/Tokyo\"\r\n"
    )
    settings = load("dev")
    assert (settings.SHOP_CURRENCY, settings.TIME_ZONE) == ("PLN", "Asia/Tokyo")
    assert settings.LOGGING["root"]["level"] == "ERROR"


def test_the_environment_comes_before_dotenv(load, dotenv):
    dotenv.write_text("SHOP_CURRENCY=PLN\nTIME_ZONE=Asia/Tokyo\n")
    settings = load("dev", SHOP_CURRENCY="USD")
    assert (settings.SHOP_CURRENCY, settings.TIME_ZONE) == ("USD", "Asia/Tokyo")


@pytest.mark.parametrize("line", ["SECRET_KEY = hush", "SECRET_KEY: hush", "hush", "SECRET-KEY=hush"])
def test_a_line_of_dotenv_that_is_none_is_named_by_its_number_and_not_repeated(load, dotenv, line, caplog):
    dotenv.write_text(f"# secrets\n{line}\n")
    with pytest.raises(SettingError, match=r"^Line 2 of .* must look like KEY=value") as refused:
        load("dev")
    assert "hush" not in str(refused.value) + caplog.text


def test_a_dotenv_that_is_no_text_is_refused_in_words(load, dotenv):
    dotenv.write_bytes("SECRET_KEY=hush".encode("utf-16"))
    with pytest.raises(SettingError, match=r"must be a file of UTF-8 text\.$"):
        load("dev")


# ——— Paths are no addresses ———


@pytest.mark.parametrize("name", ["c++", "env#2", "a?b", "50%20", "with blank", "żółw", "a@b;c,d$e"])
def test_default_paths_stand_as_they_are(load, tmp_path, name):
    folder = tmp_path / name
    settings = load("dev", VAR_DIR=str(folder))
    assert settings.DATABASES["default"]["NAME"] == folder / "db.sqlite3"
    assert settings.CACHES["default"]["LOCATION"] == folder / "cache"
    assert folder / "mail" == settings.EMAIL_FILE_PATH
    assert settings.STORAGES["private"]["OPTIONS"]["location"] == folder / "private"


# ——— The Hub of development ———


@pytest.mark.parametrize(
    "address", ["", "http://127.0.0.1:8131", "http://localhost:8001", "http://[::1]:8001"]
)
def test_the_sandbox_needs_no_settings(load, address):
    hub = load("dev", CCHUB_BASEURL=address).CCHUB
    assert (hub["STOREFRONT_ID"], hub["CLIENTID"], hub["WEBHOOK_SECRET"]) == (
        42,
        "sandbox-shop",
        "sandbox-webhook-secret",
    )


def test_a_hub_of_ones_own_gets_nothing_of_the_sandbox(load):
    hub = load("dev", CCHUB_BASEURL="https://customerscanvashub.com", CCHUB_CLIENTID="mine").CCHUB
    assert (hub["BASEURL"], hub["CLIENTID"]) == ("https://customerscanvashub.com", "mine")
    assert (hub["STOREFRONT_ID"], hub["TENANT_ID"]) == (0, 0)
    assert (hub["CLIENTSECRET"], hub["WEBHOOK_SECRET"]) == ("", "")
