"""Model fields that several rooms use."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamBlock, StreamValue
from wagtail.fields import StreamField

from .addresses import normal_form

# A SKU is part of an address: /personalize/<sku>/
sku_characters = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9._-]*\Z",
    _("Use letters, digits, hyphens, dots and underscores only, and begin with a letter or a digit."),
)


if TYPE_CHECKING:
    CharField = models.CharField[str, str]
else:
    CharField = models.CharField


class SkuField(CharField):
    """The article number of something sold."""

    default_validators = [sku_characters]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"verbose_name": _("SKU"), "max_length": 64, **kwargs})


class RawStreamValue(StreamValue):
    """Raw data. A copy of it is raw data as well, whatever blocks the model of today knows."""

    def __reduce__(self) -> tuple[Callable[..., StreamValue], tuple[list[dict[str, Any]]]]:
        return _raw_value, (list(self.raw_data),)


class RawStreamBlock(StreamBlock):
    """Knows no blocks and loses none: whatever was stored is read as it is, and saved as it was.

    Pairs of a block's name and its raw value can be assigned too.
    """

    def to_python(self, value: Any) -> StreamValue:
        raw = _unpacked(value)
        if isinstance(raw, list) and raw and isinstance(raw[0], tuple):
            raw = [{"type": name, "value": content} for name, content in raw]
        if isinstance(raw, list) and raw and isinstance(raw[0], dict):
            return RawStreamValue(self, raw, is_lazy=True)
        return super().to_python(value)


def _raw_value(raw: list[dict[str, Any]]) -> StreamValue:
    return RawStreamBlock().to_python(raw)


def _unpacked(value: Any) -> Any:
    """JSON as what it stands for; any other text, which Wagtail keeps as it is, is no list of blocks."""
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return None


class ContentField(StreamField):
    """A StreamField whose blocks stay out of migrations.

    Blocks change often and never change the column, so a migration that repeats them is noise. Historical
    models keep the raw data whole; `core.content_migrations` changes it with Wagtail's own operations.
    """

    def __init__(self, block_types: Any, **kwargs: Any) -> None:
        super().__init__(block_types or RawStreamBlock(), **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup")
        return name, path, [[]], kwargs


class NormalAddressField(models.CharField):  # type: ignore[type-arg]
    """The normal form of the e-mail address in another field of the model, written with each save.

    Addresses are compared by it, exactly; what is shown, and written to, is the other field.
    """

    def __init__(self, *args: Any, source: str, **kwargs: Any) -> None:
        self.source = source
        # A domain of 254 characters can be longer as its registry writes it.
        kwargs |= {"max_length": 1024, "db_index": True, "editable": False}
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("max_length", "db_index", "editable"):
            kwargs.pop(fixed, None)
        return name, path, list(args), kwargs | {"source": self.source}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = normal_form(getattr(model_instance, self.source))
        setattr(model_instance, self.attname, value)
        return value
