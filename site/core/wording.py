"""Words that sentences of several rooms have in common."""

from collections.abc import Sequence

from django.utils.translation import gettext as _


def some_of(names: Sequence[str], *, most: int) -> str:
    """The first names, and how many more there are: "OW-1, OW-2 and 19 more"."""
    named = ", ".join(names[:most])
    more = len(names) - most
    return named if more <= 0 else _("%(names)s and %(more)s more") % {"names": named, "more": more}
