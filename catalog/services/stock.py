"""Every change of a stock. Rows are locked in the order of their primary keys, after those of orders."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet, Sum

from catalog.models import Stock, StockMovement
from core.audit.actors import Actor, name_of

Kind = StockMovement.Kind


class CountedMeanwhile(Exception):
    """The stock has changed since it was looked at; `quantity` is what is left now."""

    def __init__(self, quantity: int):
        super().__init__(f"{quantity} left by now")
        self.quantity = quantity


def lock_stocks(skus: Iterable[str] | QuerySet[Any, str]) -> dict[str, Stock]:
    """The counted stocks of these SKUs, by SKU, locked until the caller's transaction ends."""
    wanted = Stock.objects.select_for_update().filter(sku__in=skus, is_counted=True)
    return {stock.sku: stock for stock in wanted.order_by("pk")}


@transaction.atomic
def sell(stocks: Mapping[str, Stock], quantities: Mapping[str, int], *, order_code: str, by: Actor) -> None:
    """Take what an order contains from stocks that the caller has locked, and in which it has found enough.

    SKUs without a stock are sold without limit. Raises IntegrityError if a stock does not suffice after all.
    """
    for sku, stock in stocks.items():
        if quantity := quantities.get(sku, 0):
            _move(stock, -quantity, kind=Kind.ORDER, order_code=order_code, by=by)


@transaction.atomic
def put_back(*, order_code: str, by: Actor, why: str = "") -> None:
    """Put back what a cancelled order still holds; a second call finds nothing."""
    taken = StockMovement.objects.filter(order_code=order_code).values("stock")
    for stock in Stock.objects.select_for_update().filter(pk__in=taken).order_by("pk"):
        held = -booked(stock, order_code)
        if held > 0:
            _move(stock, held, kind=Kind.CANCELLATION, order_code=order_code, by=by, why=why)


@transaction.atomic
def start_counting(sku: str, *, quantity: int, low_from: int, by: Actor, reason: str) -> Stock:
    """From now on, only what is left of this SKU is sold."""
    stock = Stock.objects.create(sku=sku, low_from=low_from)
    _move(stock, quantity, kind=Kind.RECOUNT, by=by, why=reason)
    return stock


@transaction.atomic
def recount(
    stock: Stock, *, seen: int, quantity: int, low_from: int, is_counted: bool, by: Actor, reason: str
) -> Stock:
    """Note what somebody has counted. `seen` is how many were left when they looked.

    Raises CountedMeanwhile when that has changed, and then nothing is written.
    """
    stock = Stock.objects.select_for_update().get(pk=stock.pk)
    if stock.quantity != seen:
        raise CountedMeanwhile(stock.quantity)
    is_told = quantity != stock.quantity or is_counted != stock.is_counted
    stock.low_from, stock.is_counted = low_from, is_counted
    stock.save(update_fields=["low_from", "is_counted"])
    if is_told:
        _move(stock, quantity - stock.quantity, kind=Kind.RECOUNT, by=by, why=reason)
    return stock


@transaction.atomic
def correct_order(sku: str, *, order_code: str, expected: int, by: Actor, reason: str) -> None:
    """Let the ledger say of an order what the order says itself: that it holds `expected` pieces.

    Raises IntegrityError when the stock does not hold as much.
    """
    stock = Stock.objects.select_for_update().get(sku=sku)
    missing = -expected - booked(stock, order_code)
    if missing:
        _move(stock, missing, kind=Kind.CORRECTION, order_code=order_code, by=by, why=reason)


@transaction.atomic
def trust_ledger(stock: Stock) -> None:
    """Set a stock to the sum of its ledger. Raises IntegrityError when that is below zero."""
    stock = Stock.objects.select_for_update().get(pk=stock.pk)
    stock.quantity = stock.movements.aggregate(total=Sum("change"))["total"] or 0
    stock.save(update_fields=["quantity"])


def booked(stock: Stock, order_code: str) -> int:
    """What an order has changed in a stock so far: minus three while it holds three pieces."""
    moved = stock.movements.filter(order_code=order_code)
    return moved.aggregate(total=Sum("change"))["total"] or 0


def _move(
    stock: Stock, change: int, *, kind: Kind, by: Actor, order_code: str = "", why: str = ""
) -> StockMovement:
    """The database adds, so that it refuses what would go below zero even if somebody forgot the lock."""
    Stock.objects.filter(pk=stock.pk).update(quantity=F("quantity") + change)
    stock.quantity += change
    return StockMovement.objects.create(
        stock=stock,
        kind=kind,
        change=change,
        left=stock.quantity,
        order_code=order_code,
        actor=name_of(by),
        reason=why[: StockMovement._meta.get_field("reason").max_length],
    )
