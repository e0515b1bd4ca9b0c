"""What an editor family has to offer to the page /personalize/<sku>/: the adapter contract.

The Hub decides per product which editor opens; the shop asks the adapters in turn and names no product
anywhere. An adapter has two halves of one name: a module in `families/`, and what runs in the browser, a
module in static/js/editor/adapters/. docs/developers.md, "Adding an editor", has the whole contract.
"""

from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Any, Protocol

from django.utils.translation import gettext as _

from core.bounds import FROM_HUB, OutOfBounds, bounded_json
from personalization.hub.types import PersonalizationParameters, ProductSummary


class EditorUnavailable(Exception):
    """The Hub names no editor that this shop can open. `message` is for the shopper, the text itself for
    the log.
    """

    def __init__(self, reason: str, *, message: str):
        super().__init__(reason)
        self.message = message


class UnreadableOutput(Exception):
    """What the page sent is not what an editor of this family hands over. The text is for the log."""


class Credential(Enum):
    """With which token a family's editor acts for the shopper."""

    STOREFRONT_USER = "storefront user"
    DESIGN_EDITOR = "design editor"


@dataclass(frozen=True, kw_only=True)
class SavedDesign:
    """A private design to go on with, as the editor handed it over.

    `key` is the shop's name for it, `snapshot` what an editor of the UI Framework needs to go on.
    """

    key: str
    state_id: str
    sku: str
    product_id: int | None
    product_version_id: int | None
    product_link_id: int | None
    snapshot: str | None = field(default=None, repr=False)


class Place(StrEnum):
    """Where an editor opens: on a page of its own, or within a page of the shop."""

    FULL = "full"
    IN_PAGE = "in-page"


@dataclass(frozen=True, kw_only=True)
class EditorWishes:
    """What the product's page asks for in place of the Hub's answer; empty: nothing.

    `component` is an element of the workflow file, `place` a Place.
    """

    component: str = ""
    place: str = ""


NO_WISHES = EditorWishes()


@dataclass(frozen=True, kw_only=True)
class EditorContext:
    """Everything that an adapter may use; it asks the Hub nothing itself.

    `summary` is None for a SKU unknown there. `reference` is empty for a product that the shop knows by the
    Hub's number, `parameters.product_id`. `token` is of the kind that the adapter's `credential` names.
    """

    parameters: PersonalizationParameters
    summary: ProductSummary | None
    reference: str
    sku: str
    title: str
    quantity: int
    currency: str
    language: str
    tenant_id: int
    storefront_id: int
    hub_url: str
    user_id: str
    token: str = field(repr=False)
    design: SavedDesign | None = None
    wishes: EditorWishes = NO_WISHES

    @property
    def product_name(self) -> str:
        """What staff know the product by."""
        return self.reference or f"product {self.parameters.product_id}"

    @property
    def user(self) -> dict[str, str]:
        """The shopper as the page's script knows them."""
        return {"id": self.user_id, "token": self.token}


@dataclass(frozen=True, kw_only=True)
class EditorPage:
    """What the page loads and hands to the editor.

    `adapter` names the JavaScript module; `config` is what that module opens the editor with; it and `user`
    hold the shopper's token; `origins` are the places that the page's content security policy has to let in.
    `tag`, `scripts` and `styles` are for families that are custom elements.
    """

    template: str
    adapter: str
    config: dict[str, Any] = field(repr=False)
    user: dict[str, str] = field(repr=False)
    origins: tuple[str, ...]
    place: Place = Place.FULL
    tag: str = ""
    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()

    @property
    def adapter_path(self) -> str:
        """The adapter's module among the static files."""
        return f"js/editor/adapters/{self.adapter}.js"


class EditorAdapter(Protocol):
    """One editor family. `name` is also that of its JavaScript module."""

    name: str
    credential: Credential

    def recognises(self, parameters: PersonalizationParameters) -> bool:
        """Whether the product's workflow is of this family."""

    def open(self, context: EditorContext) -> EditorPage:
        """What the page needs to open the editor. Raises EditorUnavailable when the workflow cannot be used,
        or not as the product's page wishes.
        """

    def line_item(self, output: dict[str, Any]) -> dict[str, Any]:
        """What the editor handed over, in the shape that `save_design` checks: an `ILineItem` of
        Workflow Elements with `quantity`, `sku`, product ids and `properties` (`_stateId`, `_userId`,
        `_hidden`). Checks no values. Raises UnreadableOutput.
        """


def read_json_object(content: str | None) -> dict[str, Any]:
    """A workflow's content that has to be one JSON object. Raises EditorUnavailable."""
    try:
        data = bounded_json(content or "", FROM_HUB)
    except OutOfBounds as error:
        raise misconfigured(f"the workflow {error}") from None
    except ValueError as error:
        raise misconfigured(f"the workflow is not JSON ({error})") from None
    if not isinstance(data, dict):
        raise misconfigured("the workflow is no JSON object")
    return data


def misconfigured(reason: str) -> EditorUnavailable:
    """The error for a product whose editor was set up wrongly in the Hub; `reason` says how, for staff."""
    message = _(
        "The editor of this product is not set up properly. We are looking into it, please try later."
    )
    return EditorUnavailable(reason, message=message)


def refuse_wishes(wishes: EditorWishes, *, family: str) -> None:
    """For a family that has one editor in one place. Raises EditorUnavailable for what it cannot do."""
    if wishes.component:
        raise misconfigured(
            f"the page asks for {wishes.component}, which is of Workflow Elements; the product in the Hub is "
            f"set up for {family}"
        )
    if wishes.place == Place.IN_PAGE:
        raise misconfigured(
            f"the page asks for an editor within a page of the shop; {family} needs a page of its own"
        )


def cannot_reopen(reason: str) -> EditorUnavailable:
    """The error for a design that its editor cannot go on with."""
    message = _("A finished design of this product cannot be changed. It is safe in your cart.")
    return EditorUnavailable(reason, message=message)


def without_none(**values: Any) -> dict[str, Any]:
    """The given values but those that are None."""
    return {name: value for name, value in values.items() if value is not None}
