"""System checks for the Hub's settings: each message names the environment variable and the fix."""

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning

from .hub.addresses import is_loopback, origin
from .hub.config import ENVIRONMENTS

EXTERNAL_APP = "Take it from the external app in the Hub: Settings > External apps."

REQUIRED = {
    "CLIENTID": ("personalization.E002", EXTERNAL_APP),
    "CLIENTSECRET": ("personalization.E003", EXTERNAL_APP),
    "STOREFRONT_ID": ("personalization.E004", "Take it from the Hub: Settings > Integrations."),
    "TENANT_ID": ("personalization.E005", "Take it from the Hub: Settings > Tenant."),
}
AT_LEAST_ONE = {
    "LOOK_AGAIN_SECONDS": "Set it to the seconds after which the Hub lists a new project, for example 15.",
    "DEADLINE_MINUTES": "Set it to the minutes after which staff hear of late print files, for example 60.",
}
CHECK_IDS = {"LOOK_AGAIN_SECONDS": "E010", "DEADLINE_MINUTES": "E011"}
DAYS_KEPT = {"DESIGNS_KEPT_DAYS": "E012", "VISITOR_DESIGNS_KEPT_DAYS": "E013"}
SHORTEST_POLL_SECONDS = 5
SHORTEST_SECRET = 16


def check_hub_settings(**_: object) -> list[CheckMessage]:
    """Whether `settings.CCHUB` can work. Only looks at the settings; sends nothing."""
    values = settings.CCHUB
    return [
        *_addresses(values),
        *_required(values),
        *_numbers_and_names(values),
        *_webhook_secret(values),
        *_days_kept(),
    ]


def _addresses(values: dict) -> list[CheckMessage]:
    base_url, api_url = values.get("BASEURL") or "", values.get("API_URL") or ""
    found = []
    if not origin(base_url):
        found.append(
            Error(
                "CCHUB_BASEURL is not the address of a Hub.",
                hint="Set it to the address where you log in to the Hub, for example "
                "https://customerscanvashub.com, or to the address of the sandbox.",
                id="personalization.E001",
            )
        )
    if api_url and not origin(api_url):
        found.append(
            Error(
                "CCHUB_API_URL is not an http(s) address.",
                hint="Remove it to use the gateway that belongs to CCHUB_BASEURL, or correct it.",
                id="personalization.E006",
            )
        )
    found += [
        Warning(
            f"{name} is not https: the shop's credentials travel unencrypted.",
            hint="Use https, unless the Hub is a sandbox inside your own network.",
            id="personalization.W001",
        )
        for name, url in (("CCHUB_BASEURL", base_url), ("CCHUB_API_URL", api_url))
        if origin(url).startswith("http://") and not is_loopback(url)
    ]
    return found


def _required(values: dict) -> list[CheckMessage]:
    return [
        Error(f"CCHUB_{name} is not set.", hint=hint, id=check_id)
        for name, (check_id, hint) in REQUIRED.items()
        if not values.get(name)
    ]


def _numbers_and_names(values: dict) -> list[CheckMessage]:
    found = []
    if values.get("ENVIRONMENT") not in ENVIRONMENTS:
        found.append(
            Error(
                "CCHUB_ENVIRONMENT is not an environment of the Hub.",
                hint=f"Set it to one of: {', '.join(ENVIRONMENTS)}.",
                id="personalization.E007",
            )
        )
    if not values.get("TIMEOUT_SECONDS", 0) > 0:
        found.append(
            Error(
                "CCHUB_TIMEOUT_SECONDS is not a positive number.",
                hint="Set it to the seconds that a call to the Hub may take, for example 20.",
                id="personalization.E008",
            )
        )
    if not values.get("POLL_SECONDS", 0) >= SHORTEST_POLL_SECONDS:
        found.append(
            Error(
                f"CCHUB_POLL_SECONDS is less than {SHORTEST_POLL_SECONDS}.",
                hint="Set it to the seconds between two looks at the print files, for example 30.",
                id="personalization.E009",
            )
        )
    for name, advice in AT_LEAST_ONE.items():
        if not values.get(name, 0) >= 1:
            found.append(
                Error(f"CCHUB_{name} is less than 1.", hint=advice, id=f"personalization.{CHECK_IDS[name]}")
            )
    return found


def _days_kept() -> list[CheckMessage]:
    return [
        Error(
            f"{name} is less than 1: designs would be let go while shoppers make them.",
            hint="Set it to the days for which a design is kept after it was last touched, for example 90.",
            id=f"personalization.{check_id}",
        )
        for name, check_id in DAYS_KEPT.items()
        if getattr(settings, name) < 1
    ]


def _webhook_secret(values: dict) -> list[CheckMessage]:
    secret = values.get("WEBHOOK_SECRET") or ""
    if not secret:
        return [
            Warning(
                "CCHUB_WEBHOOK_SECRET is not set: the Hub's call-backs are refused, orders wait for polling.",
                hint="Set it to a long random text and send the same text as X-CCHub-Secret in the "
                "pipeline's invoke-url task.",
                id="personalization.W002",
            )
        ]
    if len(secret) < SHORTEST_SECRET:
        return [
            Warning(
                f"CCHUB_WEBHOOK_SECRET is shorter than {SHORTEST_SECRET} characters and could be guessed.",
                hint="Set it to a long random text, here and in the pipeline's invoke-url task.",
                id="personalization.W003",
            )
        ]
    return []
