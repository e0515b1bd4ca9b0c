"""An order opens to whoever has its code and secret, and its files through the shop alone."""

import re
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from commerce import downloads
from commerce.models import Order
from commerce.services.orders import release_for_production
from personalization.models import PrintFile, RenderProject
from tests.factories.commerce import make_cart_design, make_order

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7 a print file"


@pytest.fixture
def order(owner):
    """A completed order of one design with one print file."""
    return make_ready_order(owner)


def make_ready_order(owner) -> Order:
    order = make_order(owner=owner, designs=[make_cart_design(owner, title="Classic business cards")])
    release_for_production(order)
    project = RenderProject.objects.get(order_id=order.code)
    RenderProject.objects.filter(pk=project.pk).update(status="ready", hub_project_id=9_000 + project.pk)
    file = PrintFile(
        project=project, artifact_id="a1", name="print.pdf", content_type="application/pdf", size=len(PDF)
    )
    file.file.save("print.pdf", ContentFile(PDF))
    return order


def file_of(order) -> PrintFile:
    return PrintFile.objects.get(project__order_id=order.code)


def page(order, shopper=None):
    return (shopper or Client()).get(order.get_absolute_url())


def link_of(order, file_id, shopper=None):
    return (shopper or Client()).get(reverse("order_file", args=[order.code, order.secret, file_id]))


def test_anyone_with_the_secret_sees_the_order(order):
    html = page(order).content.decode()

    assert f"Order {order.code}" in html
    assert "Classic business cards" in html
    assert "OW-CARD" in html
    assert "€19.00" in html


@pytest.mark.parametrize("status", ["processing", "completed"])
def test_the_status_is_announced_by_its_word_alone(owner, status):
    html = page(make_order(owner=owner, status=status)).content.decode()

    [found] = re.findall(r'<p class="[^"]*" role="status"[^>]*>([^<]*)</p>', html)
    assert found == status.capitalize()


def test_a_wrong_code_and_a_wrong_secret_give_the_same_answer(order, owner):
    other = make_order(owner=owner)
    answers = [
        Client().get(reverse("order", args=[code, secret]))
        for code, secret in (
            (order.code, order.secret[:-1] + "!"),
            ("NOSUCH23", order.secret),
            (order.code, other.secret),
        )
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_the_secret_has_at_least_128_bits(order):
    assert len(order.secret) * 6 >= 128
    assert order.secret != make_order().secret


def test_personal_pages_stay_out_of_caches_search_indexes_and_referrers(order, shopper):
    file = file_of(order)
    for url in (
        order.get_absolute_url(),
        reverse("order_status", args=[order.code, order.secret]),
        reverse("order_file", args=[order.code, order.secret, file.pk]),
        downloads.link_to(file, order_id=order.pk),
        reverse("orders"),
        reverse("cart"),
        reverse("cart_state"),
        reverse("form_token"),
        reverse("checkout"),
    ):
        headers = shopper.get(url).headers
        assert headers["Cache-Control"] == "private, no-store", url
        assert headers["Referrer-Policy"] == "same-origin", url
        assert headers["X-Robots-Tag"] == "noindex, nofollow", url


@pytest.mark.parametrize(
    "status, sentence",
    [
        ("waiting", "Your design is being prepared for print."),
        ("creating", "Your design is being prepared for print."),
        ("rendering", "Your print file is being made."),
        ("fetching", "Your print file is being made."),
        ("failed", "We are looking at this one ourselves."),
        ("ready", "Your print file is ready."),
    ],
)
def test_every_state_of_a_print_file_is_told_calmly(order, status, sentence):
    RenderProject.objects.update(status=status, reason="PDFBox: font missing")

    html = page(order).content.decode()

    assert sentence in html
    assert "PDFBox" not in html
    assert (">Download" in html) == (status == "ready")


def test_neither_the_hub_nor_the_storage_is_named(order):
    order.items.first().design.__class__.objects.update(preview_urls=["https://hub.example/preview.png"])
    html = page(order).content.decode()

    assert "hub.example" not in html
    assert file_of(order).file.name not in html


def test_a_processing_order_says_what_changed(order):
    url = reverse("order_status", args=[order.code, order.secret])

    before = Client().get(url).json()
    assert (before["status"], before["isFinal"]) == ("Processing", False)
    assert ">Download" in before["items"]

    Order.objects.update(status="completed", completed_at=order.created_at)
    after = Client().get(url).json()
    assert (after["status"], after["isFinal"]) == ("Completed", True)


def test_only_a_processing_order_is_looked_at_again(order):
    assert "data-status-url" in page(order).content.decode()
    assert 'http-equiv="refresh"' in page(order).content.decode()

    Order.objects.update(status="completed", completed_at=order.created_at)
    assert "data-status-url" not in page(order).content.decode()
    assert 'http-equiv="refresh"' not in page(order).content.decode()


def test_download_leads_to_a_link_without_the_secret(order):
    answer = link_of(order, file_of(order).pk)

    assert answer.status_code == 302
    assert answer.url.startswith("/orders/files/")
    assert order.secret not in answer.url


def test_the_link_hands_out_the_file(order):
    answer = Client().get(link_of(order, file_of(order).pk).url)

    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == PDF
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Length"] == str(len(PDF))
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{order.code}-1-OW-CARD.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_several_files_of_an_item_have_different_names(order):
    first = file_of(order)
    second = PrintFile(project=first.project, artifact_id="a2", name="back.pdf", content_type="x/y", size=1)
    second.file.save("back.pdf", ContentFile(b"x"))

    assert downloads.file_name(first) == f"{order.code}-1-OW-CARD.pdf"
    assert downloads.file_name(second) == f"{order.code}-1-OW-CARD-2.pdf"


def test_a_file_of_another_order_is_not_found(order, owner):
    other = make_ready_order(owner)

    assert link_of(order, file_of(other).pk).status_code == 404
    assert link_of(order, 10**15).status_code == 404
    forged = downloads.link_to(file_of(other), order_id=order.pk)
    assert Client().get(forged).status_code == 404


def test_a_file_needs_the_secret(order):
    url = reverse("order_file", args=[order.code, "x" * 32, file_of(order).pk])

    assert Client().get(url).status_code == 404


def test_a_tampered_link_is_not_found(order):
    url = link_of(order, file_of(order).pk).url

    assert Client().get(url[:-2] + "x/").status_code == 404
    assert Client().get(url.replace(f"/{order.pk}.", f"/{order.pk + 1}.")).status_code == 404


def expired_link(order, monkeypatch) -> str:
    import django.core.signing as signing

    now = signing.time.time()
    with monkeypatch.context() as earlier:
        earlier.setattr(signing.time, "time", lambda: now - timedelta(minutes=16).total_seconds())
        return downloads.link_to(file_of(order), order_id=order.pk)


def test_an_expired_link_leads_its_owner_back_to_the_order(order, shopper, monkeypatch):
    answer = shopper.get(expired_link(order, monkeypatch))

    assert answer.status_code == 410
    assert order.get_absolute_url() in answer.content.decode()


def test_an_expired_link_does_not_open_the_order_to_a_stranger(order, stranger, monkeypatch):
    answer = stranger.get(expired_link(order, monkeypatch))

    assert answer.status_code == 410
    assert order.secret not in answer.content.decode()
    assert order.code not in answer.content.decode()


def test_a_lost_file_is_told_calmly_and_logged(order, caplog):
    file = file_of(order)
    file.file.storage.delete(file.file.name)

    answer = Client().get(link_of(order, file.pk).url)

    assert answer.status_code == 404
    assert "We are looking for this file" in answer.content.decode()
    assert f"The content of print file {file.pk} is missing" in caplog.text


def test_my_orders_are_mine_alone(order, shopper, stranger):
    assert order.get_absolute_url() in shopper.get(reverse("orders")).content.decode()
    assert order.code not in stranger.get(reverse("orders")).content.decode()
    assert order.code not in Client().get(reverse("orders")).content.decode()


@pytest.mark.parametrize("url", ["/orders/", "/cart/", "/cart/state/"])
def test_looking_makes_no_visitor(db, url):
    client = Client()

    assert client.get(url).status_code == 200

    assert "visitor" not in client.cookies
    assert "sessionid" not in client.cookies
