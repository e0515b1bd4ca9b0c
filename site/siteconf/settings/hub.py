"""How the shop reaches Customer's Canvas Hub. The names of the keys are those of Aurigma's sample store."""

from typing import Any

from . import environment as env


def configuration() -> dict[str, Any]:
    """The setting CCHUB, from the environment."""
    return {
        "BASEURL": env.url("CCHUB_BASEURL"),
        "API_URL": env.url("CCHUB_API_URL"),
        "STOREFRONT_ID": env.number("CCHUB_STOREFRONT_ID", 0, minimum=1),
        "TENANT_ID": env.number("CCHUB_TENANT_ID", 0, minimum=1),
        "CLIENTID": env.text("CCHUB_CLIENTID"),
        "CLIENTSECRET": env.text("CCHUB_CLIENTSECRET"),
        "ENVIRONMENT": env.choice("CCHUB_ENVIRONMENT", "us", ("us", "eu", "au")),
        "TIMEOUT_SECONDS": env.number("CCHUB_TIMEOUT_SECONDS", 20, minimum=1),
        "POLL_SECONDS": env.number("CCHUB_POLL_SECONDS", 30, minimum=1),
        "BREAKER_FAILURES": env.number("CCHUB_BREAKER_FAILURES", 5, minimum=1),
        "BREAKER_SECONDS": env.number("CCHUB_BREAKER_SECONDS", 30, minimum=1),
        "LOOK_AGAIN_SECONDS": env.number("CCHUB_LOOK_AGAIN_SECONDS", 15, minimum=1),
        "DEADLINE_MINUTES": env.number("CCHUB_DEADLINE_MINUTES", 60, minimum=1),
        "WEBHOOK_SECRET": env.text("CCHUB_WEBHOOK_SECRET"),
        # Where the Hub shows a project to staff; Aurigma documents no address, so there is no default.
        "PROJECT_URL": env.matching(
            "CCHUB_PROJECT_URL", "", r"https?://\S*\{id\}\S*", "a web address with {id} in it"
        ),
        "STATUS_CODES": _status_codes(),
        # Where a Design Editor workflow keeps its product and its configuration; Aurigma documents neither.
        "DESIGN_EDITOR_PRODUCT_KEY": env.text("CCHUB_DESIGN_EDITOR_PRODUCT_KEY", "productDefinition"),
        "DESIGN_EDITOR_CONFIGURATION_KEY": env.text("CCHUB_DESIGN_EDITOR_CONFIGURATION_KEY", "configuration"),
        # Where the Hub keeps private designs and what it calls retention; not checked against a real tenant.
        "PRIVATE_DESIGNS_PATH": env.matching(
            "CCHUB_PRIVATE_DESIGNS_PATH",
            "/api/storage/v1/private-designs",
            r"/[!-~]*",
            "a path that begins with /",
        ),
        "KEEPING_POLICY": env.text("CCHUB_KEEPING_POLICY", "Never"),
        "TEMPORARY_POLICY": env.text("CCHUB_TEMPORARY_POLICY", "Default"),
    }


def _status_codes() -> dict[str, int]:
    """The codes of our statuses in the Hub, from `active=3,completed=4`; `none`: the Hub is told none."""
    name, default = "CCHUB_STATUS_CODES", "active=3,completed=4,cancelled=5"
    code = r"\s*(active|completed|cancelled)\s*=\s*[0-9]{1,9}\s*"
    given = env.matching(
        name, default, rf"none|{code}(,{code})*", f"none, or codes of statuses such as {default}"
    )
    if given == "none":
        return {}
    pairs = [part.split("=") for part in given.split(",")]
    if len({status.strip() for status, _code in pairs}) < len(pairs):
        raise env.SettingError(f"{name} must name each status once, but it is {given!r}.")
    return {status.strip(): int(code) for status, code in pairs}
