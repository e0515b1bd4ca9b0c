"""What a quantity counts, in words: pieces, or packs of so many."""

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()


@register.filter
def counted(quantity: int, pack_size: int) -> str:
    """A quantity with what it counts: "2 packs of 50"; just "2" where a pack is one piece."""
    number = number_format(quantity, force_grouping=True)
    if pack_size == 1:
        return number
    words = ngettext("%(number)s pack of %(size)s", "%(number)s packs of %(size)s", quantity)
    return words % {"number": number, "size": number_format(pack_size, force_grouping=True)}


@register.filter
def pack_note(pack_size: int) -> str:
    """What one of a quantity is, beside its field; empty where it is one piece."""
    if pack_size == 1:
        return ""
    return _("One is a pack of %(size)s.") % {"size": number_format(pack_size, force_grouping=True)}


@register.filter
def per_unit(pack_size: int) -> str:
    """What a unit price is for, after the price."""
    return _("each") if pack_size == 1 else _("a pack")
