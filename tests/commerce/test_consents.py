"""Nothing is printed with warnings, or without its proof approved, unless the shopper has said so."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from catalog.models import ProductGroupPage
from commerce.models import CartItem, Consent, Order
from commerce.selectors.cart import cart_contents
from commerce.services.account_merge import merge_into_account
from commerce.services.cart import put_design, set_quantity
from commerce.services.checkout import CartChanged, ConsentMissing, ProofMissing, place_order
from commerce.services.consents import approve_proofs
from core.audit.actors import SHOPPER
from personalization.shoppers.services.visitors import account_storefront_user
from tests.commerce.test_queries import queries_of
from tests.factories.commerce import checkout_key_of, make_cart_design, make_variant
from tests.factories.personalization import make_design

pytestmark = pytest.mark.django_db

BLURRED = "“Your photo” may look blurred."
CLOSE = "“Your name” is very close to the edge."
PROOF = {"asks_for_approval": True, "approval_text": "The couple has read it."}


def warned(owner, *texts, **values):
    """A design in the cart that the editor warned of."""
    warnings = [{"text": text, "kind": ""} for text in texts or (BLURRED,)]
    design = make_cart_design(owner, warnings=warnings, **values)
    put_design(owner=owner, design=design, quantity=1)
    return design


def to_be_approved(owner, **values):
    """A design in the cart whose proof has to be approved."""
    make_variant("OW-CARD", is_personalized=True, mapping=PROOF, page_title="Wedding cards")
    design = make_design(owner, sku="OW-CARD", **values)
    put_design(owner=owner, design=design, quantity=1)
    return design


def line_of(owner):
    (line,) = cart_contents(owner).lines
    return line


def buy(owner, **values):
    return place_order(owner=owner, email="anna@example.com", checkout_key=checkout_key_of(owner), **values)


def approve(owner, by=SHOPPER):
    return approve_proofs(owner=owner, versions=[line_of(owner).version], by=by)


# --- warnings


def test_without_consent_nothing_is_ordered_and_nothing_is_lost(owner):
    design = warned(owner)

    with pytest.raises(ConsentMissing):
        buy(owner)

    assert not Order.objects.exists()
    assert line_of(owner).design == design


def test_consent_is_written_down_with_what_was_shown_and_of_what(owner):
    pictures = [
        {"name": "previews/a.webp", "sha256": "a" * 64},
        {"name": "previews/b.webp", "sha256": "b" * 64},
    ]
    design = warned(owner, BLURRED, CLOSE, pictures=pictures, state_ids=["f" * 24])

    order = buy(owner, agreed=[line_of(owner).version])

    consent = Consent.objects.get()
    assert consent.order_item == order.items.get()
    assert consent.kind == Consent.Kind.WARNINGS
    assert consent.text == "Print it as it is. I have seen these warnings."
    assert consent.warnings == [BLURRED, CLOSE]
    assert (consent.design_id, consent.version) == (design.pk, design.version)
    assert (consent.state_ids, consent.pictures) == (["f" * 24], ["a" * 64, "b" * 64])
    assert consent.actor == "shopper"
    assert abs((consent.at - order.created_at).total_seconds()) < 5


def test_an_account_is_named(owner, django_user_model):
    anna = django_user_model.objects.create_user("anna")
    warned(owner)

    buy(owner, agreed=[line_of(owner).version], by=anna)

    assert Consent.objects.get().actor == f"user:{anna.pk}"


def test_an_edited_design_needs_new_consent(owner):
    first = warned(owner)
    agreed = [line_of(owner).version]
    edited = make_cart_design(owner, warnings=first.warnings, state_ids=first.state_ids)
    put_design(owner=owner, design=edited, quantity=1, replaces=first)

    with pytest.raises(ConsentMissing):
        buy(owner, agreed=agreed)


def test_every_warned_line_needs_its_own_consent(owner):
    warned(owner)
    warned(owner)
    first, second = cart_contents(owner).lines

    with pytest.raises(ConsentMissing):
        buy(owner, agreed=[first.version])
    buy(owner, agreed=[first.version, second.version])

    assert Consent.objects.count() == 2


def test_a_design_without_warnings_needs_no_consent(owner):
    put_design(owner=owner, design=make_cart_design(owner), quantity=1)

    buy(owner)

    assert not Consent.objects.exists()


def test_what_was_shown_covers_the_warnings(owner):
    design = warned(owner)
    shown = cart_contents(owner).fingerprint
    design.warnings = [{"text": CLOSE, "kind": ""}]
    design.save()

    with pytest.raises(CartChanged):
        buy(owner, shown=shown, agreed=[line_of(owner).version])


# --- the pages, without script


def fields_of(html: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(checkout_key|shown)" value="([^"]*)"', html))


def test_the_cart_says_it_in_short_and_checkout_asks(owner, shopper):
    warned(owner, "<b>Blurred</b>")
    assert "&lt;b&gt;Blurred&lt;/b&gt; You decide about it" in shopper.get("/cart/").content.decode()
    html = shopper.get("/checkout/").content.decode()
    assert "&lt;b&gt;Blurred&lt;/b&gt;" in html
    assert f'name="agreed" value="{line_of(owner).version}"' in html
    assert "not placed yet" not in html

    refused = shopper.post("/checkout/", fields_of(html) | {"email": "anna@example.com"})

    html = refused.content.decode()
    assert refused.status_code == 422
    assert "Your order is not placed yet" in html
    assert "Tick the box if we should print it like this" in html
    assert 'value="anna@example.com"' in html
    assert not Order.objects.exists()

    form = fields_of(html) | {"email": "anna@example.com", "agreed": line_of(owner).version}
    assert shopper.post("/checkout/", form).url.startswith("/orders/")


def test_a_tick_survives_a_wrong_address(owner, shopper):
    warned(owner)
    html = shopper.get("/checkout/").content.decode()

    form = fields_of(html) | {"email": "anna@", "agreed": line_of(owner).version}
    html = shopper.post("/checkout/", form).content.decode()

    assert f'value="{line_of(owner).version}" checked' in html
    assert "Tick the box if" not in html


# --- proofs


def test_without_approval_nothing_is_ordered(owner):
    to_be_approved(owner)

    with pytest.raises(ProofMissing):
        buy(owner)

    assert not Order.objects.exists()


def test_an_approval_is_written_down_with_the_order(owner):
    design = to_be_approved(owner)
    approve(owner)
    given = CartItem.objects.get()

    order = buy(owner)

    consent = Consent.objects.get()
    assert consent.order_item == order.items.get()
    assert (consent.kind, consent.text) == ("proof", "The couple has read it.")
    assert (consent.design_id, consent.version) == (design.pk, design.version)
    assert (consent.actor, consent.at) == ("shopper", given.approved_at)
    assert consent.warnings == []


def test_editing_and_another_sku_reset_the_approval_and_a_quantity_does_not(owner):
    design = to_be_approved(owner)
    make_variant("OW-CARD-XL", is_personalized=True, mapping=PROOF)
    approve(owner)
    set_quantity(owner=owner, item_id=CartItem.objects.get().pk, quantity=7)
    assert line_of(owner).needs_approval is False

    edited = make_design(owner, sku="OW-CARD", state_ids=design.state_ids)
    put_design(owner=owner, design=edited, quantity=7, replaces=design)
    assert line_of(owner).needs_approval is True

    approve(owner)
    resized = make_design(owner, sku="OW-CARD-XL", state_ids=design.state_ids)
    put_design(owner=owner, design=resized, quantity=7, replaces=edited)
    assert line_of(owner).needs_approval is True
    with pytest.raises(ProofMissing):
        buy(owner)


def test_a_proof_that_was_shown_otherwise_is_not_approved(owner):
    to_be_approved(owner)
    shown = line_of(owner).version
    says(approval_text="Other words.")

    approve_proofs(owner=owner, versions=[shown], by=SHOPPER)

    assert line_of(owner).needs_approval is True


def test_an_approval_stays_when_the_words_are_changed_afterwards(owner):
    to_be_approved(owner)
    approve(owner)
    says(approval_text="Other words.")

    buy(owner)

    assert Consent.objects.get().text == "The couple has read it."


def test_an_approval_comes_along_at_a_login(owner):
    to_be_approved(owner)
    approve(owner)
    anna = get_user_model().objects.create_user("anna")

    merge_into_account(visitor=owner, account=anna)

    buy(account_storefront_user(anna))
    assert Consent.objects.get().actor == "shopper"


def test_a_design_ordered_again_has_to_be_approved_again(owner):
    design = to_be_approved(owner)
    approve(owner)
    buy(owner)

    put_design(owner=owner, design=design, quantity=1)

    assert line_of(owner).needs_approval is True
    approve(owner)
    buy(owner)
    assert Consent.objects.count() == 2


def test_warnings_and_proof_are_two_consents(owner):
    to_be_approved(owner, warnings=[{"text": BLURRED, "kind": ""}])
    approve(owner)
    with pytest.raises(ConsentMissing):
        buy(owner)

    buy(owner, agreed=[line_of(owner).version])

    assert set(Consent.objects.values_list("kind", flat=True)) == {"warnings", "proof"}


def says(**values):
    page = ProductGroupPage.objects.get(title="Wedding cards")
    page.personalization = [("customers_canvas", PROOF | values)]
    page.save()


# --- the page of the proofs, without script


def test_checkout_leads_to_the_proofs_first(owner, shopper):
    to_be_approved(
        owner, preview_urls=["http://127.0.0.1:8001/previews/1.png", "http://127.0.0.1:8001/previews/2.png"]
    )
    assert "You approve the proof before you order" in shopper.get("/cart/").content.decode()

    page = shopper.get("/checkout/", follow=True)

    assert page.redirect_chain == [(reverse("proofs"), 302)]
    html = page.content.decode()
    assert "The couple has read it." in html
    assert html.count("previews/") == 4, "each picture, linked to itself"
    assert "http://127.0.0.1:8001" in page.headers["Content-Security-Policy"]
    assert page.headers["Cache-Control"] == "private, no-store"


def test_a_tick_is_asked_for_in_words_and_then_leads_to_checkout(owner, shopper):
    to_be_approved(owner)

    refused = shopper.post(reverse("proofs"), {})
    assert refused.status_code == 422
    assert "Tick the box to approve this proof" in refused.content.decode()
    assert line_of(owner).needs_approval is True

    answer = shopper.post(reverse("proofs"), {"approved": line_of(owner).version})
    assert answer.url == "/checkout/"
    assert shopper.get("/checkout/").status_code == 200
    assert "Approved" in shopper.get(reverse("proofs")).content.decode()


def test_an_order_sent_without_approval_is_refused_in_words(owner, shopper):
    design = to_be_approved(owner)
    approve(owner)
    html = shopper.get("/checkout/").content.decode()
    edited = make_design(owner, sku="OW-CARD")
    put_design(owner=owner, design=edited, quantity=1, replaces=design)

    form = fields_of(html) | {"email": "anna@example.com"}
    form["shown"] = cart_contents(owner).fingerprint
    refused = shopper.post("/checkout/", form)

    html = refused.content.decode()
    assert refused.status_code == 409
    assert "the proof of “Wedding cards” has to be approved first" in html
    assert 'value="anna@example.com"' in html
    assert not Order.objects.exists()


def test_nobody_approves_for_somebody_else(owner, stranger):
    to_be_approved(owner)

    answer = stranger.post(reverse("proofs"), {"approved": line_of(owner).version})

    assert answer.status_code == 302
    assert line_of(owner).needs_approval is True


@pytest.mark.parametrize("is_filled", [True, False])
def test_without_proofs_there_is_no_such_step(owner, shopper, is_filled):
    if is_filled:
        put_design(owner=owner, design=make_cart_design(owner), quantity=1)

    assert shopper.get(reverse("proofs")).url == ("/checkout/" if is_filled else "/cart/")


def test_ten_proofs_take_as_many_queries_as_one(owner, shopper):
    to_be_approved(owner)
    one = queries_of(lambda: shopper.get(reverse("proofs")))
    for _number in range(9):
        put_design(owner=owner, design=make_design(owner, sku="OW-CARD"), quantity=1)

    assert queries_of(lambda: shopper.get(reverse("proofs"))) == one <= 8
