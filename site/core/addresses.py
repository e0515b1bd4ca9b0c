"""E-mail addresses: how they are compared, which are refused, and where mail for them goes."""

import unicodedata

import idna
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Upper case of ASCII alone: outside of it, letters of different addresses share their upper or lower case.
_LOWER_ASCII = {ord(letter): letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
# Control and format characters, separators and blanks, and what no font shows.
_UNSEEN_CATEGORIES = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs"}
# Letters and marks that are drawn as nothing: fillers, joiners and variation selectors.
_UNSEEN = {
    *map(chr, (0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0)),
    *map(chr, range(0x180B, 0x1810)),
    *map(chr, range(0xFE00, 0xFE10)),
    *map(chr, range(0xE0100, 0xE01F0)),
}

INVISIBLE = _("There is an invisible character in this address, perhaps from copying. Please type it anew.")
LOOK_ALIKE = _("“%(character)s” only looks like a plain letter or sign. Please type the address anew.")
NO_DOMAIN = _("Enter a complete email address, like anna@example.com.")


def normal_form(address: str) -> str:
    """What an address is compared by: equal if, and only if, mail for both goes to the same mailbox.

    The domain as its registry writes it (IDNA), both parts in lower case of ASCII alone. Two addresses that
    only look alike stay different. An address that `validate_address` refuses has a normal form too.
    """
    local, at, domain = address.strip().rpartition("@")
    return f"{local.translate(_LOWER_ASCII)}{at}{_registered(domain)}"


def mailbox(address: str) -> str:
    """The address for the envelope and the header of a mail: as it is stored, its domain as registered.

    Left to itself, Python writes domains by the rules of 2003, by which straße.example is strasse.example.
    """
    local, at, domain = address.strip().rpartition("@")
    return f"{local}{at}{_registered(domain)}"


def validate_address(address: str) -> None:
    """Refuse, in words, what reads as one address and is another. Raises ValidationError.

    Beside Django's own validator, which checks how an address is built.
    """
    if any(unicodedata.category(each) in _UNSEEN_CATEGORIES or each in _UNSEEN for each in address):
        raise ValidationError(INVISIBLE, code="invisible")
    domain = address.rpartition("@")[2]
    if stranger := _poses_as_ascii(domain):
        raise ValidationError(LOOK_ALIKE, code="look_alike", params={"character": stranger})
    if not _registered(domain).isascii():
        raise ValidationError(NO_DOMAIN, code="invalid")


def _registered(domain: str) -> str:
    if domain.isascii():
        return domain.lower()
    if _poses_as_ascii(domain):
        return domain
    try:
        return idna.encode(domain, uts46=True).decode()
    except idna.IDNAError:
        return domain


def _poses_as_ascii(domain: str) -> str:
    """The first character that IDNA replaces by one of ASCII, such as a full-width dot; if none, nothing."""
    return next((each for each in domain if not each.isascii() and _becomes_ascii(each)), "")


def _becomes_ascii(character: str) -> bool:
    try:
        return any(each.isascii() for each in idna.uts46_remap(character, std3_rules=False))
    except idna.IDNAError:
        return False
