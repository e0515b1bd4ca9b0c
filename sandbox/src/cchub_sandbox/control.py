"""Everything a test or a person may do to the sandbox beyond what the Hub's protocol allows."""

import threading
from typing import Any

from . import designs, projects, users
from .calls import NOT_ENDPOINTS, Call, require_known
from .config import Switches
from .failures import Fault, Odds
from .hub import Hub


class Control:
    """The sandbox's levers. The HTTP API under /_control/ and the console pull the same ones."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._lock = threading.Lock()
        self._speed = hub.clock.speed

    @property
    def switches(self) -> Switches:
        """Choices to set directly, as in `control.switches.access_token_seconds = 1`."""
        return self._hub.switches

    @property
    def calls(self) -> list[Call]:
        """The last calls received and made, oldest first."""
        return self._hub.calls.named()

    def calls_to(self, name: str) -> list[Call]:
        """Calls of one endpoint ("projects.create") or of a group of endpoints ("projects").

        Raises ValueError for one that there is not.
        """
        require_known(name, (*self._hub.endpoint_names, *NOT_ENDPOINTS))
        return self._hub.calls.named(name)

    def reset(self) -> None:
        """Back to the state of the first start: no users, designs, projects, faults or recorded calls.

        Access tokens stay valid, ids are not used again.
        """
        with self._lock:
            self._hub.failures.clear()
            self._hub.switches = Switches()
            self._hub.clock.rewind()
            self._hub.clock.set_speed(self._speed)
            self._hub.store.clear()
            self._hub.calls.clear()

    def fail(self, group: str, mode: str = "status", **options: Any) -> None:
        """Let the next calls of an endpoint, or group of endpoints, go wrong; see `failures.Fault`.

        `control.fail("projects.create", "late", seconds=3)`, `control.fail("token", status=500, times=2)`.
        Raises ValueError for an unknown group, mode or option value.
        """
        require_known(group, self._hub.endpoint_names)
        self._hub.failures.arm(Fault(group, mode, **options))

    def odds(self, **shares: Any) -> None:
        """Let calls go wrong by chance until `clear`; see `failures.Odds`. Raises ValueError for shares that
        make no sense.

        `control.odds(errors=0.3, lost_answers=0.1, too_many=0.05, seed=7)`.
        """
        odds = Odds(**shares)
        require_known(odds.group, self._hub.endpoint_names)
        self._hub.failures.set_odds(odds)

    def trouble(self, kind: str, times: int = 1) -> None:
        """Let the processing of the next new projects go wrong; kinds are `failures.TROUBLES`."""
        self._hub.failures.arm_trouble(kind, times)

    def clear(self) -> None:
        """Disarm every fault and trouble, and let go of the calls being held."""
        self._hub.failures.clear()

    def advance(self, seconds: float) -> None:
        """Move time forward: tokens age, rendering gets on, and when a day is over the Hub tidies up."""
        self._hub.clock.advance(seconds)
        self._hub.processor.settle()
        if seconds >= designs.DAY:
            designs.clean_up(self._hub)

    def set_speed(self, speed: float) -> None:
        """Speed of rendering: 1 real time, 0 only by `advance`, `clock.INSTANT` done when looked at."""
        self._hub.clock.set_speed(speed)

    def complete_all(self) -> None:
        """Process every waiting project now; those made to get stuck stay stuck."""
        self._hub.processor.settle(at_once=True)

    def revoke_tokens(self) -> None:
        """Make every access token issued so far unknown."""
        self._hub.tokens_valid_from += 1

    def fire_webhook(self, project_id: int) -> None:
        """Send a project's call-backs again. Raises LookupError for an unknown project."""
        self._hub.processor.notify_again(project_id)

    def expire_designs(self, older_than_seconds: float = 0) -> int:
        """Run the Hub's clean-up of temporary designs; returns how many went."""
        return designs.remove_expired(self._hub, older_than_seconds=older_than_seconds)

    def add_user(self, user_id: str, *, anonymous: bool = True) -> None:
        """A storefront user, unless the id is known already."""
        users.add(self._hub.store, user_id, is_anonymous=anonymous, now=self._hub.clock.now())

    def add_design(
        self, owner_id: str, reference: str, *, sku: str | None = None, model: dict[str, Any] | None = None
    ) -> str:
        """Save a design as an editor would and return its id; the model defaults to the product's template.

        Adds the owner when unknown. Raises LookupError for an unknown reference and ValueError for a
        model that cannot be printed.
        """
        product = self._hub.product_of(reference)
        if product is None:
            raise LookupError(f"The product reference {reference!r} was not found.")
        self.add_user(owner_id)
        model = model or product.template
        designs.check(self._hub, owner_id, model)
        design = designs.save(
            self._hub,
            owner_id=owner_id,
            product_id=product.id,
            sku=sku or product.variants[0].sku,
            model=model,
        )
        return design["id"]

    def connect(self, reference: str, product_id: int) -> None:
        """Let a reference stand for a product. Raises LookupError for an unknown product."""
        if self._hub.catalog.product(product_id) is None:
            raise LookupError(f"Product {product_id} was not found.")
        self._hub.connect(reference, product_id)

    def disconnect(self, reference: str) -> None:
        """Take a connection away; its product is still in the Hub. Raises LookupError for an unknown one."""
        if self._hub.product_of(reference) is None:
            raise LookupError(f"The product reference {reference!r} was not found.")
        self._hub.disconnect(reference)

    def preview_urls(self, design_id: str) -> list[str]:
        """The preview of every side, as an editor hands it to the shop. Raises LookupError."""
        design = designs.find(self._hub, design_id)
        if design is None:
            raise LookupError(f"The design {design_id!r} was not found.")
        return designs.preview_urls(self._hub, design)

    def projects(self) -> list[dict[str, Any]]:
        """All projects that are not deleted as ProjectDto, oldest first."""
        rows = self._hub.store.rows("select * from project where obsolete = 0 order by id")
        return [projects.dto(self._hub, row) for row in rows]

    def print_files(self, project_id: int) -> list[bytes]:
        """The finished PDF files of a project."""
        files = projects.artifacts(self._hub, project_id)
        return [self._hub.store.file("artifacts", file["id"]).read_bytes() for file in files]

    def created_count(self, order_id: str, order_line_item_id: str) -> int:
        """How many projects were ever created for an order line, deleted ones included."""
        row = self._hub.store.row(
            "select count(*) as made from project where order_id = ? and order_line_item_id = ?",
            order_id,
            order_line_item_id,
        )
        return row["made"]

    def created_counts(self) -> dict[tuple[str | None, str | None], int]:
        """The same for every order line."""
        rows = self._hub.store.rows(
            "select order_id, order_line_item_id, count(*) as made from project group by 1, 2"
        )
        return {(row["order_id"], row["order_line_item_id"]): row["made"] for row in rows}
