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
from types import UnionType
from typing import Any

from . import workflows
from .design_model import parse_model

PIPELINE_ID, QUIET_PIPELINE_ID = 31, 32
KINDS = {
    str: "a text",
    list: "a list",
    dict: "an object",
    bool: "true or false",
    int | float: "a number",
}
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

    def __init__(self, data: Any) -> None:
        groups = _personalized_groups(data)
        self.products = tuple(_checked_product(position, group) for position, group in enumerate(groups))
        _refuse_repeated("reference", [product.reference for product in self.products])
        _refuse_repeated("SKU", [variant.sku for product in self.products for variant in product.variants])
        self._by_id = {product.id: product for product in self.products}
        self._by_reference = {product.reference: product for product in self.products}

    @classmethod
    def read(cls, source: "Path | str | dict[str, Any]") -> "Catalog":
        """From a parsed catalog or the path of one.

        Raises ValueError, in words that name the file, for a catalog that cannot be used.
        """
        is_file = isinstance(source, Path | str)
        try:
            return cls(_parsed(Path(source)) if is_file else source)
        except ValueError as error:
            name = f"The catalog {source}" if is_file else "The catalog"
            raise ValueError(f"{name} cannot be used. {error}") from error

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


def _parsed(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ValueError(f"{error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise ValueError("It is no text in UTF-8.") from error
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise ValueError(f"It is no valid JSON: {error.msg} in {place}.") from error


def _personalized_groups(data: Any) -> list[dict[str, Any]]:
    if not isinstance(data, dict) or "product_groups" not in data:
        raise ValueError("It must be an object with a list 'product_groups'; see docs/catalog.md.")
    groups = _field(data, "product_groups", list)
    for position, group in enumerate(groups):
        if not isinstance(group, dict):
            raise ValueError(f"product {position + 1} must be an object.")
    personalized = [group for group in groups if group.get("personalization")]
    if groups and not personalized:
        raise ValueError("None of its product groups has a 'personalization'.")
    return personalized


def _field(row: dict[str, Any], name: str, kind: type | UnionType, *default: Any) -> Any:
    """A value of this kind. Raises KeyError when there is neither value nor default, else ValueError."""
    value = row.get(name, *default) if default else row[name]
    if not isinstance(value, kind):
        raise ValueError(f"{name!r} must be {KINDS[kind]}.")
    return value


def _checked_product(position: int, group: dict[str, Any]) -> Product:
    """Raises ValueError, in words that name the product, for one that cannot be sold."""
    title = group.get("title")
    name = title if isinstance(title, str) else f"product {position + 1}"
    try:
        product = _product(position, group)
        if product.component not in workflows.EDITORS:
            raise ValueError(f"there is no editor {product.component!r}; use {', '.join(workflows.EDITORS)}")
        if not product.variants:
            raise ValueError("there is no variant")
        parse_model(product.template)
    except KeyError as error:
        raise ValueError(f"{name}: {error.args[0]!r} is missing.") from error
    except InvalidOperation as error:
        raise ValueError(f"{name}: a price is no number.") from error
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from error
    return product


def _refuse_repeated(what: str, values: list[str]) -> None:
    for value, times in Counter(values).items():
        if times > 1:
            raise ValueError(f"The {what} {value!r} is there {times} times.")


def _product(position: int, group: dict[str, Any]) -> Product:
    personalization = _field(group, "personalization", dict)
    variants = _field(group, "variants", list)
    if not all(isinstance(row, dict) for row in variants):
        raise ValueError("a variant must be an object.")
    return Product(
        id=401 + position,
        version_id=901 + position,
        workflow_id=201 + position,
        reference=_field(personalization, "reference", str),
        name=_field(group, "title", str),
        description=_field(group, "summary", str, ""),
        category=_field(group, "category", str, ""),
        component=_field(personalization, "component", str),
        options=_options(1001 + 10 * position, variants),
        variants=tuple(_variant(55001 + 100 * position + index, row) for index, row in enumerate(variants)),
        surfaces=tuple(_field(personalization, "surfaces", list)),
    )


def _variant(variant_id: int, row: dict[str, Any]) -> Variant:
    price = Decimal(str(row["price"]))
    if not price.is_finite():
        raise InvalidOperation
    if price < 0:
        raise ValueError("a price is below 0.")
    sku = _field(row, "sku", str)
    return Variant(
        id=variant_id,
        sku=sku,
        title=_field(row, "title", str, sku),
        price=price,
        weight_grams=None if row.get("weight_grams") is None else _field(row, "weight_grams", int | float),
        options=_field(row, "options", dict, {}),
        available=_field(row, "active", bool, True),
    )


def _options(first_id: int, variants: list[dict[str, Any]]) -> tuple[Option, ...]:
    titles: dict[str, list[str]] = {}
    for row in variants:
        choices = _field(row, "options", dict, {})
        for title in choices:
            value = _field(choices, title, str)
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
