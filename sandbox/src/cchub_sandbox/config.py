"""What a sandbox is started with, and the choices where the Hub's behaviour is unknown."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

SANDBOX_DIR = Path(__file__).resolve().parent
ELEMENTS_DIR = SANDBOX_DIR / "elements"
UI_FRAMEWORK_DIR = SANDBOX_DIR / "ui_framework"
DESIGN_EDITOR_DIR = SANDBOX_DIR / "design_editor"
FONTS_DIR = SANDBOX_DIR / "fonts"
EXAMPLE_CATALOG = SANDBOX_DIR / "example_catalog.json"
ENVIRONMENTS = ("us", "eu", "au")
LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "::1")

EVERY_SCOPE = (
    "Artifacts_read",
    "Private_assets_full",
    "Projects_full",
    "StorefrontUsers_full",
    "Templates_full",
    "Tenants_read",
)


@dataclass(frozen=True)
class SandboxConfig:
    """Identity of the tenant, the storefront and the external app that the sandbox plays.

    Raises ValueError, in words, for an environment or shop URL that there cannot be.
    """

    state_dir: Path
    client_id: str
    client_secret: str
    tenant_id: int
    storefront_id: int
    environment: str = "us"
    shop_url: str | None = None
    webhook_secret: str = ""

    def __post_init__(self) -> None:
        if self.environment not in ENVIRONMENTS:
            raise ValueError(
                f"There is no environment {self.environment!r}. Use one of {', '.join(ENVIRONMENTS)}."
            )
        if self.shop_url and not _is_web_address(self.shop_url):
            raise ValueError(
                f"The shop URL {self.shop_url!r} cannot be used. It is like http://127.0.0.1:8000."
            )


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number, or half an IPv6 address
        return False


@dataclass
class Switches:
    """Behaviour that no public source settles, and lifetimes that a merchant configures.

    Every field can be changed while the sandbox runs; `reset` puts the defaults back.
    """

    access_token_seconds: int = 600
    user_token_seconds: int = 3600
    scopes: tuple[str, ...] = field(default=EVERY_SCOPE)
    strict_designs: bool = True
    unknown_reference_status: int = 400
    unknown_sku_is_not_found: bool = False
    restart_while_running_conflicts: bool = True
    unfinished_output_is_null: bool = False
    trigger_status: int | None = None
    restart_heals: bool = True
    webhook_repeats: int = 1
    retention_days: int = 60
    workflow: str = ""
    sku: str = ""
    call_back: str = ""
