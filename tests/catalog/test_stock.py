"""Stock where staff see it, and on the product page."""

import html
import json
import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse

from catalog.models import Stock, StockMovement
from catalog.services.stock import start_counting
from commerce.desk.roles import ADMINISTRATORS, CATALOGUE_EDITORS, MERCHANDISERS, ORDER_DESK
from tests.factories.catalog import a_group
from tests.factories.staff import install_roles

pytestmark = pytest.mark.django_db


def count(sku: str, quantity: int, *, low_from: int = 2) -> Stock:
    return start_counting(sku, quantity=quantity, low_from=low_from, by="system:test", reason="First count")


def movements(sku: str = "OW-A") -> list[tuple]:
    moved = StockMovement.objects.filter(stock__sku=sku).order_by("pk")
    return list(moved.values_list("kind", "change", "left", "reason"))


def product(client, group) -> str:
    return client.get(group.url).content.decode()


def availability(page: str) -> dict[str, str]:
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    data = next(data for data in map(json.loads, scripts) if data["@type"] == "Product")
    return {offer["sku"]: offer["availability"].rpartition("/")[2] for offer in data["offers"]}


def test_a_product_page_tells_what_is_low_and_what_is_sold_out(client):
    group = a_group("OW-A", "OW-B", "OW-C", "OW-D")
    for sku, quantity in {"OW-A": 0, "OW-B": 2, "OW-C": 3}.items():
        count(sku, quantity)

    page = product(client, group)

    assert '<input type="radio" name="sku" value="OW-A" disabled>' in page
    assert '<input type="radio" name="sku" value="OW-B" checked>' in page
    assert page.count("Only 2 left") == page.count(" left</") == 1
    assert page.count("Sold out") == 1
    assert availability(page) == {
        "OW-A": "SoldOut",
        "OW-B": "LimitedAvailability",
        "OW-C": "InStock",
        "OW-D": "InStock",
    }
    prices = json.loads(re.search(r'<script id="product-variants"[^>]*>(.*?)</script>', page)[1])
    assert list(prices) == ["OW-B", "OW-C", "OW-D"]


def test_a_product_of_which_nothing_is_left_cannot_be_bought(client):
    group = a_group("OW-A", personalized=True)
    count("OW-A", 0)

    page = product(client, group)

    assert "Sold out at the moment." in page
    assert '<form class="product-form"' not in page


def test_a_single_variant_tells_how_few_are_left(client):
    group = a_group("OW-A")
    count("OW-A", 1)

    assert "Only 1 left" in product(client, group)


def test_the_page_is_still_the_same_for_everybody_and_true_at_most_a_minute_later(client):
    group = a_group("OW-A")
    stock = count("OW-A", 2)
    first = client.get(group.url)
    second = client.get(group.url, headers={"cookie": "visitor=abc"})

    assert first.content == second.content
    assert not first.cookies
    assert first.headers["Cache-Control"] == "public, max-age=60"
    Stock.objects.filter(pk=stock.pk).update(quantity=0)
    assert "Sold out at the moment." in product(client, group)


def test_staff_give_a_variant_its_first_stock(editor):
    a_group("OW-A", "OW-B", title="Oak frame")
    count("OW-B", 1)
    form = editor.get(reverse("stock:add") + "?sku=OW-A").content.decode()
    assert '<option value="OW-A" selected>' in form
    assert "OW-B" not in form

    values = {"sku": "OW-A", "quantity": "12", "low_from": "3", "reason": "Delivery"}
    answer = editor.post(reverse("stock:add"), values)

    assert answer.status_code == 302
    stock = Stock.objects.get(sku="OW-A")
    assert (stock.quantity, stock.low_from, stock.is_counted) == (12, 3, True)
    assert movements() == [("recount", 12, 12, "Delivery")]
    assert StockMovement.objects.first().actor == f"user:{get_user_model().objects.get().pk}"


def recount(editor, stock, **values):
    form = {
        "quantity": stock.quantity,
        "low_from": 2,
        "is_counted": "on",
        "seen": stock.quantity,
        "reason": "",
    }
    return editor.post(reverse("stock:edit", args=[stock.pk]), form | values)


def test_a_count_writes_down_what_it_changes(editor):
    a_group("OW-A")
    stock = count("OW-A", 5)

    assert recount(editor, stock, quantity=3, reason="Two were broken").status_code == 302

    assert movements()[1:] == [("recount", -2, 3, "Two were broken")]
    page = editor.get(reverse("stock:edit", args=[stock.pk])).content.decode()
    assert "Two were broken" in page
    assert "Classic cards, Variant 1. By the books 3 are left." in " ".join(page.split())


def test_a_change_needs_a_reason_and_another_limit_does_not(editor):
    stock = count("OW-A", 5)

    refused = recount(editor, stock, quantity=3)
    assert "Say in a few words why." in refused.content.decode()
    assert recount(editor, stock, low_from=4).status_code == 302

    stock.refresh_from_db()
    assert (stock.quantity, stock.low_from) == (5, 4)
    assert len(movements()) == 1


def test_whoever_counted_while_something_was_sold_is_told_to_look_again(editor):
    stock = count("OW-A", 5)
    Stock.objects.update(quantity=4)

    answer = recount(editor, stock, quantity=7, reason="Delivery")

    page = answer.content.decode()
    assert "by its books 4 are left now" in page
    assert len(movements()) == 1
    assert 'name="seen" value="4"' in page
    stock.refresh_from_db()
    assert recount(editor, stock, quantity=7, reason="Delivery").status_code == 302
    assert movements()[-1] == ("recount", 3, 7, "Delivery")


def test_a_stock_is_not_limited_any_more_but_stays(editor):
    stock = count("OW-A", 5)

    values = {"quantity": 5, "low_from": 2, "seen": 5, "reason": "Made to order now"}
    assert editor.post(reverse("stock:edit", args=[stock.pk]), values).status_code == 302

    stock.refresh_from_db()
    assert (stock.is_counted, stock.state) == (False, "Not limited")
    assert movements()[-1] == ("recount", 0, 5, "Made to order now")


def test_the_list_finds_what_is_low_and_what_is_sold_out(editor):
    a_group("OW-A", "OW-B", "OW-C", title="Oak frame")
    for sku, quantity in {"OW-A": 0, "OW-B": 2, "OW-C": 9, "OW-GONE": 9}.items():
        count(sku, quantity)

    def listed(query: str) -> list[str]:
        page = editor.get(reverse("stock:index") + query).content.decode()
        return re.findall(r">\s*(OW-\w+)\s*</a>", page)

    assert listed("") == ["OW-A", "OW-B", "OW-C", "OW-GONE"]
    assert listed("?state=low") == ["OW-B"]
    assert listed("?state=sold_out") == ["OW-A"]
    assert listed("?sku=gone") == ["OW-GONE"]


def test_the_list_takes_as_many_queries_for_many(editor, django_assert_max_num_queries):
    a_group(*[f"OW-{number}" for number in range(30)])
    for number in range(30):
        count(f"OW-{number}", number)
    editor.get(reverse("stock:index"))

    with django_assert_max_num_queries(15):
        editor.get(reverse("stock:index"))


def test_stock_and_ledger_are_exported(editor):
    a_group("OW-A", title="Oak frame")
    count("OW-A", 2)
    user = get_user_model().objects.get()
    StockMovement.objects.create(
        stock=Stock.objects.get(), kind="recount", change=1, left=3, actor=f"user:{user.pk}"
    )

    stock = editor.get(reverse("stock:index") + "?export=csv").getvalue().decode()
    ledger = editor.get(reverse("stock_ledger") + "?export=csv").getvalue().decode()

    assert stock.splitlines() == [
        "SKU,Product,Variant,Left,Pieces in a pack,Low from,State",
        "OW-A,Oak frame,Variant 1,2,1,2,Low",
    ]
    head, latest, first = ledger.splitlines()
    assert head == "When,SKU,What happened,Change,Left afterwards,Order,Who,Why"
    assert latest.endswith(",OW-A,Counted by staff,1,3,,nora,")
    assert first.endswith(",OW-A,Counted by staff,2,2,,system:test,First count")


def test_the_ledger_is_narrowed_to_a_sku_and_an_order(editor):
    for sku in ("OW-A", "OW-B"):
        stock = count(sku, 2)
        StockMovement.objects.create(
            stock=stock, kind="order", change=-1, left=1, order_code=f"CODE{sku[-1]}", actor="system:checkout"
        )

    one = editor.get(reverse("stock_ledger") + "?sku=OW-A").content.decode()
    other = editor.get(reverse("stock_ledger") + "?order=codeb").content.decode()

    assert "CODEA" in one and "CODEB" not in one
    assert "CODEB" in other and "First count" not in other
    assert "Checkout" in one


def test_the_product_editor_shows_what_is_left(editor):
    group = a_group("OW-A", "OW-B")
    stock = count("OW-A", 2)

    page = editor.get(reverse("wagtailadmin_pages:edit", args=[group.pk])).content.decode()

    assert "2 (Low)" in page
    assert reverse("stock:edit", args=[stock.pk]) in page
    assert reverse("stock:add") + "?sku=OW-B" in page


@pytest.mark.parametrize("counted", [True, False])
def test_whoever_counts_from_a_products_form_comes_back_to_it(editor, counted):
    group = a_group("OW-A")
    stock = count("OW-A", 2) if counted else None
    form = f"{reverse('wagtailadmin_pages:edit', args=[group.pk])}#tab-variants"
    link = reverse("stock:edit", args=[stock.pk]) if stock else reverse("stock:add")
    page = editor.get(form).content.decode()
    address = html.unescape(re.search(rf'href="({link}\?[^"]+)"', page)[1])

    shown = editor.get(address).content.decode()
    values = {
        "sku": "OW-A",
        "quantity": 5,
        "low_from": 2,
        "seen": 2,
        "is_counted": "on",
        "reason": "Delivery",
    }
    saved = editor.post(html.unescape(re.search(r'action="(/admin/stock/[^"]+)"', shown)[1]), values)

    assert (saved.status_code, saved["Location"]) == (302, form)


def test_whoever_counts_from_the_list_comes_back_to_the_list(editor):
    stock = count("OW-A", 2)
    address = reverse("stock:edit", args=[stock.pk]) + "?next=https://example.com/"

    values = {"quantity": 5, "low_from": 2, "seen": 2, "is_counted": "on", "reason": "Delivery"}
    assert editor.post(address, values)["Location"] == reverse("stock:index")


def test_the_home_page_tells_what_is_low(editor):
    assert "stock-heading" not in editor.get(reverse("wagtailadmin_home")).content.decode()
    for sku, quantity in {"OW-A": 0, "OW-B": 2, "OW-C": 1}.items():
        count(sku, quantity)

    page = editor.get(reverse("wagtailadmin_home")).content.decode()

    assert "1 SKU is sold out" in page
    assert "2 SKUs are low" in page


@pytest.mark.parametrize(
    ("role", "sees", "counts", "adds"),
    [
        (CATALOGUE_EDITORS, False, False, False),
        (MERCHANDISERS, True, True, True),
        (ORDER_DESK, True, True, False),
        (ADMINISTRATORS, True, True, True),
    ],
)
def test_who_may_see_and_count(client, role, sees, counts, adds):
    install_roles()
    stock = count("OW-A", 2)
    user = get_user_model().objects.create_user("staff")
    user.groups.set(Group.objects.filter(name=role))
    client.force_login(user)

    def may(name: str, *arguments) -> bool:
        return client.get(reverse(name, args=arguments)).status_code == 200

    allowed = [
        may("stock:index"),
        may("stock_ledger"),
        may("stock_ledger_results"),
        may("stock:edit", stock.pk),
        may("stock:add"),
    ]
    assert allowed == [sees, sees, sees, counts, adds]
    assert ("stock-heading" in client.get(reverse("wagtailadmin_home")).content.decode()) == sees
