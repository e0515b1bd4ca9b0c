"""What a sandbox is started with, and the choices where the Hub's behaviour is unknown."""

from dataclasses import dataclass, field
from pathlib import Path

SANDBOX_DIR = Path(__file__).resolve().parent
ELEMENTS_DIR = SANDBOX_DIR / "elements"
UI_FRAMEWORK_DIR = SANDBOX_DIR / "ui_framework"
DESIGN_EDITOR_DIR = SANDBOX_DIR / "design_editor"
FONTS_DIR = SANDBOX_DIR / "fonts"
EXAMPLE_CATALOG = SANDBOX_DIR / "example_catalog.json"
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
    """Identity of the tenant, the storefront and the external app that the sandbox plays."""

    state_dir: Path
    client_id: str
    client_secret: str
    tenant_id: int
    storefront_id: int
    environment: str = "us"
    shop_url: str | None = None
    webhook_secret: str = ""


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
