"""Model fields of the site."""

from typing import Any

from wagtail.fields import StreamField


class ContentField(StreamField):
    """A StreamField whose blocks stay out of migrations.

    Blocks change often and never change the column, so a migration that repeats them is noise. The price:
    a data migration that edits blocks has to build them itself.
    """

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup")
        return name, path, [[]], kwargs
