"""Money is exact: no floating point comes near it, and every total is the sum of its stored lines."""

import ast
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.models import PriceBreak, Stock
from catalog.selectors.pricing import prices_by_quantity
from catalog.services.stock import start_counting
from commerce.selectors.cart import cart_contents
from commerce.services.cart import add_plain_item, put_design
from commerce.services.checkout import place_order
from tests.factories.commerce import checkout_key_of, make_cart_design, make_variant
from tests.factories.personalization import make_storefront_user

ROOT = Path(django_settings.BASE_DIR)
# Everything that prices, sells, orders or shows an amount, wherever a later module is put.
FOLDERS = ("catalog", "commerce", "home/templatetags")
MODULES = sorted(
    path.relative_to(ROOT)
    for folder in FOLDERS
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
)
# Seconds, not money.
SECONDS = {"PATIENCE_SECONDS"}


def floats_in(code: str) -> list[int]:
    """The lines in which something is, or becomes, a floating-point number."""
    tree = ast.parse(code)
    allowed = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and any(isinstance(name, ast.Name) and name.id in SECONDS for name in node.targets)
    }
    return [node.lineno for node in ast.walk(tree) if _is_float(node) and id(node) not in allowed]


def _is_float(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, float)
    if isinstance(node, ast.Name):
        return node.id in ("float", "FloatField")
    return isinstance(node, ast.Attribute) and node.attr == "FloatField"


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_no_module_that_knows_prices_knows_floats(path):
    assert floats_in((ROOT / path).read_text()) == []


@pytest.mark.parametrize("code", ["x = 0.1", "float('1')", "def f(x: float): ...", "models.FloatField()"])
def test_a_float_would_be_found(code):
    assert floats_in(code) == [1]


CENTS = st.integers(0, 999_999)
TENTHS_OF_A_PERCENT = st.integers(1, 900)
BREAKS = st.dictionaries(st.integers(2, 60), TENTHS_OF_A_PERCENT, max_size=4)


def rounded(cents: int, tenths: int) -> int:
    """A price in cents less a discount, half a cent up, in whole numbers only."""
    return (cents * (1000 - tenths) * 2 + 1000) // 2000


def price_of(cents: int, breaks: dict[int, int], quantity: int) -> int:
    reached = [minimum for minimum in breaks if minimum <= quantity]
    return rounded(cents, breaks[max(reached)]) if reached else cents


def amount(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)


@settings(max_examples=2000, derandomize=True, database=None, deadline=None)
@given(cents=CENTS, breaks=BREAKS)
def test_a_discounted_price_is_exact_to_the_cent(cents, breaks):
    rows = [PriceBreak(minimum_quantity=n, discount_percent=Decimal(t).scaleb(-1)) for n, t in breaks.items()]

    prices = prices_by_quantity(amount(cents), rows)

    assert [(price.minimum_quantity, price.unit_price) for price in prices] == [
        (quantity, amount(price_of(cents, breaks, quantity))) for quantity in [1, *sorted(breaks)]
    ]


LINE = st.fixed_dictionaries(
    {
        "cents": CENTS,
        "breaks": BREAKS,
        "quantity": st.integers(1, 120),
        "is_designed": st.booleans(),
        "spare": st.none() | st.integers(0, 3),
    }
)


@pytest.mark.django_db
@settings(
    max_examples=20,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(lines=st.lists(LINE, min_size=1, max_size=5))
def test_an_order_comes_to_the_sum_of_its_lines_and_takes_that_much_from_stock(db, lines):
    owner = make_storefront_user()
    expected, left = [], {}
    for line in lines:
        sku = put(owner, line)
        unit = price_of(line["cents"], line["breaks"], line["quantity"])
        expected.append((sku, line["quantity"], amount(unit), amount(unit * line["quantity"])))
        if line["spare"] is not None:
            left[sku] = line["spare"]
    agreed = cart_contents(owner)

    order = place_order(
        owner=owner,
        email="anna@example.com",
        checkout_key=checkout_key_of(owner),
        shown=agreed.fingerprint,
    )

    order.refresh_from_db()
    stored = list(order.items.values_list("sku", "quantity", "unit_price", "line_total"))
    assert stored == expected
    assert order.total == agreed.total == sum(total for *_line, total in expected)
    assert order.total == order.total.quantize(Decimal("0.01"))
    assert dict(Stock.objects.filter(sku__in=left).values_list("sku", "quantity")) == left
    assert set(order.items.filter(from_stock=True).values_list("sku", flat=True)) == set(left)


numbers = iter(range(1_000_000))


def put(owner, line) -> str:
    """Into the cart: a variant of its own, with just so many more in stock as are spare."""
    sku = f"OW-{next(numbers)}"
    breaks = tuple((n, str(Decimal(t).scaleb(-1))) for n, t in line["breaks"].items())
    make_variant(sku, price=str(amount(line["cents"])), breaks=breaks, is_personalized=line["is_designed"])
    if line["spare"] is not None:
        pieces = line["quantity"] + line["spare"]
        start_counting(sku, quantity=pieces, low_from=1, by="system:test", reason="First count")
    if line["is_designed"]:
        put_design(owner=owner, design=make_cart_design(owner, sku), quantity=line["quantity"])
    else:
        add_plain_item(owner=owner, sku=sku, quantity=line["quantity"])
    return sku
