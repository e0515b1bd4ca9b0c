"""How a shopper chooses among the variants of a product."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from catalog.models import ProductVariant


@dataclass(frozen=True)
class Choice:
    """One variant to choose, with the words that tell it apart within its group."""

    variant: ProductVariant
    label: str


@dataclass(frozen=True)
class ChoiceGroup:
    """Variants that share the value of the first option, such as a paper; without a title, all variants."""

    title: str
    choices: tuple[Choice, ...]


def choice_title(variants: Sequence[ProductVariant]) -> str:
    """What is to be chosen: the option, when there is exactly one."""
    names = _shared_names(variants)
    return names[0] if names and len(names) == 1 else _("Choose a version")


def choice_groups(variants: Sequence[ProductVariant]) -> list[ChoiceGroup]:
    """Groups by the first option when every variant has the same options and no two the same values.

    Otherwise one group, in which variants are told apart by their titles.
    """
    names = _shared_names(variants)
    if not names:
        return [ChoiceGroup("", tuple(Choice(variant, variant.title) for variant in variants))]
    if len(names) == 1:
        return [ChoiceGroup("", tuple(Choice(v, v.options[0][1]) for v in variants))]
    groups: dict[str, list[Choice]] = {}
    for variant in variants:
        first, *others = (value for _name, value in variant.options)
        groups.setdefault(first, []).append(Choice(variant, ", ".join(others)))
    return [ChoiceGroup(f"{names[0]}: {value}", tuple(choices)) for value, choices in groups.items()]


def _shared_names(variants: Sequence[ProductVariant]) -> list[str]:
    """The names of the options, if they are regular; else nothing."""
    all_names = {tuple(name for name, _value in variant.options) for variant in variants}
    all_values = {tuple(value for _name, value in variant.options) for variant in variants}
    is_regular = len(all_names) == 1 and len(all_values) == len(variants)
    return list(all_names.pop()) if is_regular else []
