"""One normal form of an e-mail address: the same mailbox is equal, a look-alike never is."""

import string
import unicodedata

import pytest
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from hypothesis import assume, example, given
from hypothesis import strategies as st

from core.addresses import mailbox, normal_form, validate_address

SAME_MAILBOX = [
    ("anna@example.com", "ANNA@Example.COM"),
    ("anna@example.com", "  anna@example.com\n"),
    ("anna@bücher.example", "ANNA@BÜCHER.example"),
    ("anna@bücher.example", "anna@xn--bcher-kva.example"),
    ("anna@bücher.example", "anna@bu\u0308cher.example"),
    ("anna@example.com", "anna@example.com\u200b"),
]
LOOK_ALIKES = [
    ("victim.smith@gmail.com", "victim.smith@gmaıl.com"),
    ("victim.smith@gmail.com", "vıctim.smith@gmail.com"),
    ("victim.smith@gmail.com", "victim.ſmith@gmail.com"),
    ("anna@shop.example", "anna@ſhop.example"),
    ("anna@kiosk.example", "anna@\u212aiosk.example"),
    ("anna@istanbul.example", "anna@İstanbul.example"),
    ("anna@shop.example", "anna@shop．example"),
    ("anna@strasse.example", "anna@straße.example"),
    ("anna@paypal.example", "anna@pаypal.example"),
    ("anna@example.com", "anna@example.com.evil.example"),
    ("a.nna@gmail.com", "anna@gmail.com"),
]

plain = st.text(string.ascii_letters + string.digits + ".+-_", min_size=1, max_size=20)
label = st.text(st.characters(categories=["L", "M", "N"]), min_size=1, max_size=20)
anything = st.text(max_size=60)


@pytest.mark.parametrize(("one", "other"), SAME_MAILBOX)
def test_two_spellings_of_one_mailbox_are_equal(one, other):
    assert normal_form(one) == normal_form(other)


@pytest.mark.parametrize(("one", "other"), LOOK_ALIKES)
def test_what_only_looks_alike_is_different(one, other):
    assert normal_form(one) != normal_form(other)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("anna@example.com\u200b", "invisible"),
        ("an\u00adna@example.com", "invisible"),
        ('"\x0b"@example.com', "invisible"),
        ("anna@exam\u2060ple.com", "invisible"),
        ("anna@\u202eexample.com", "invisible"),
        ("anna@exa\ufe0fmple.com", "invisible"),
        ("anna@ex\u3164ample.com", "invisible"),
        ("anna@ſhop.example", "look_alike"),
        ("anna@\u212aiosk.example", "look_alike"),
        ("anna@shop．example", "look_alike"),
        ("anna@xn--ä.example", "invalid"),
        ("anna@-ä.example", "invalid"),
    ],
)
def test_an_address_that_reads_as_another_is_refused(address, code):
    with pytest.raises(ValidationError) as refusal:
        validate_address(address)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    "address", ["anna@bücher.example", "anna@gmaıl.com", "a+b@straße.example", "o'neil@例え.jp"]
)
def test_addresses_in_other_alphabets_are_welcome(address):
    validate_address(address)


def test_mail_goes_to_the_registered_domain_of_the_stored_address():
    assert mailbox("Anna@Straße.example") == "Anna@xn--strae-oqa.example"


@given(anything)
@example("@")
@example("a@b@c")
def test_a_normal_form_is_its_own_normal_form(text):
    assert normal_form(normal_form(text)) == normal_form(text)


@given(plain, plain)
def test_ascii_addresses_differ_in_case_alone(local, domain):
    address = f"{local}@{domain}"
    assert normal_form(address) == address.lower()
    assert normal_form(address.upper()) == address.lower()


@given(st.characters(min_codepoint=128), plain)
def test_no_other_character_is_ever_equal_to_ascii(stranger, rest):
    """In the local part; in the domain what remains invisible apart, which mail servers leave out as well."""
    assert not normal_form(f"a{stranger}{rest}@example.com").isascii()
    domain = normal_form(f"anna@{rest}{stranger}x.example").rpartition("@")[2]
    unseen = unicodedata.category(stranger) in {"Cc", "Cf", "Mn", "Cn"}
    assert unseen or not domain.isascii() or domain.startswith("xn--") or ".xn--" in domain


@given(label, label)
def test_what_is_accepted_and_equal_reads_the_same(one, other):
    first, second = f"anna@{one}.example", f"anna@{other}.example"
    for address in (first, second):
        try:
            validate_address(address)
            EmailValidator()(address)
        except ValidationError:
            assume(False)
    if normal_form(first) == normal_form(second) and not normal_form(first).partition("@")[2].startswith(
        "xn--"
    ):
        assert one.lower() == other.lower()
