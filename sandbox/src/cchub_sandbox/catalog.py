"""What the tenant sells: the personalized groups of a catalog file (docs/catalog.md), as Hub products.

Ids follow from the position among the personalized groups, so that they survive a restart. They are never
equal to each other, which brings mix-ups to light.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from . import workflows
from .design_model import parse_model

PIPELINE_ID, QUIET_PIPELINE_ID = 31, 32
PIPELINE_NAMES = {PIPELINE_ID: "Print files", QUIET_PIPELINE_ID: "Print files without a call-back"}


@dataclass(frozen=True)
class OptionValue:
    id: int
    title: str


@dataclass(frozen=True)
class Option:
    id: int
    title: str
    values: tuple[OptionValue, ...]


@dataclass(frozen=True)
class Variant:
    id: int
    sku: str
    title: str
    price: Decimal
    weight_grams: int | None
    options: dict[str, str]
    available: bool


@dataclass(frozen=True)
class Product:
    id: int
    version_id: int
    workflow_id: int
    reference: str
    name: str
    description: str
    category: str
    component: str
    options: tuple[Option, ...]
    variants: tuple[Variant, ...]
    surfaces: tuple[dict[str, Any], ...]

    @property
    def template(self) -> dict[str, Any]:
        """The design model that a new design starts from."""
        return {"version": 1, "surfaces": list(self.surfaces)}

    @property
    def template_id(self) -> str:
        return uid(f"template {self.reference}")[:24]

    @property
    def workflow(self) -> dict[str, Any]:
        """What the personalization workflow holds."""
        return workflows.workflow_content(self.component, self.id)

    @property
    def workflow_type(self) -> str:
        return workflows.workflow_type(self.component)

    def variant(self, *, sku: str | None = None, variant_id: int | None = None) -> Variant | None:
        matching = (
            variant
            for variant in self.variants
            if (sku is not None and variant.sku == sku)
            or (variant_id is not None and variant.id == variant_id)
        )
        return next(matching, None)


class Catalog:
    """The products of the tenant, in the order of the catalog file."""

    def __init__(self, data: dict[str, Any]) -> None:
        groups = [group for group in data.get("product_groups", []) if group.get("personalization")]
        self.products = tuple(_checked_product(position, group) for position, group in enumerate(groups))
        _refuse_repeated("reference", [product.reference for product in self.products])
        _refuse_repeated("SKU", [variant.sku for product in self.products for variant in product.variants])
        self._by_id = {product.id: product for product in self.products}
        self._by_reference = {product.reference: product for product in self.products}

    @classmethod
    def read(cls, source: "Path | str | dict[str, Any]") -> "Catalog":
        """From a parsed catalog or the path of one.

        Raises OSError or ValueError when there is no readable catalog.
        """
        if isinstance(source, dict):
            return cls(source)
        return cls(json.loads(Path(source).read_text(encoding="utf-8")))

    def __iter__(self) -> Iterator[Product]:
        return iter(self.products)

    def product(self, product_id: int) -> Product | None:
        return self._by_id.get(product_id)

    def by_reference(self, reference: str) -> Product | None:
        return self._by_reference.get(reference)

    def by_workflow(self, workflow_id: int) -> Product | None:
        return next((product for product in self.products if product.workflow_id == workflow_id), None)


def uid(text: str) -> str:
    """A stable 32-digit hexadecimal id of a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _checked_product(position: int, group: dict[str, Any]) -> Product:
    """Raises ValueError, in words that name the product, for one that cannot be sold."""
    name = group.get("title", f"product {position + 1}")
    try:
        product = _product(position, group)
        if product.component not in workflows.EDITORS:
            raise ValueError(f"there is no editor {product.component!r}; use {', '.join(workflows.EDITORS)}")
        if not product.variants:
            raise ValueError("there is no variant")
        parse_model(product.template)
    except KeyError as error:
        raise ValueError(f"The catalog cannot be used. {name}: {error.args[0]!r} is missing.") from error
    except InvalidOperation as error:
        raise ValueError(f"The catalog cannot be used. {name}: a price is no number.") from error
    except ValueError as error:
        raise ValueError(f"The catalog cannot be used. {name}: {error}") from error
    return product


def _refuse_repeated(what: str, values: list[str]) -> None:
    for value, times in Counter(values).items():
        if times > 1:
            raise ValueError(f"The catalog cannot be used. The {what} {value!r} is there {times} times.")


def _product(position: int, group: dict[str, Any]) -> Product:
    personalization = group["personalization"]
    return Product(
        id=401 + position,
        version_id=901 + position,
        workflow_id=201 + position,
        reference=personalization["reference"],
        name=group["title"],
        description=group.get("summary", ""),
        category=group.get("category", ""),
        component=personalization["component"],
        options=_options(1001 + 10 * position, group["variants"]),
        variants=tuple(
            _variant(55001 + 100 * position + index, row) for index, row in enumerate(group["variants"])
        ),
        surfaces=tuple(personalization["surfaces"]),
    )


def _variant(variant_id: int, row: dict[str, Any]) -> Variant:
    return Variant(
        id=variant_id,
        sku=row["sku"],
        title=row.get("title", row["sku"]),
        price=Decimal(row["price"]),
        weight_grams=row.get("weight_grams"),
        options=dict(row.get("options", {})),
        available=row.get("active", True),
    )


def _options(first_id: int, variants: list[dict[str, Any]]) -> tuple[Option, ...]:
    titles: dict[str, list[str]] = {}
    for row in variants:
        for title, value in row.get("options", {}).items():
            values = titles.setdefault(title, [])
            if value not in values:
                values.append(value)
    return tuple(
        Option(
            id=first_id + index,
            title=title,
            values=tuple(
                OptionValue((first_id + index) * 100 + 1 + place, value) for place, value in enumerate(values)
            ),
        )
        for index, (title, values) in enumerate(titles.items())
    )
