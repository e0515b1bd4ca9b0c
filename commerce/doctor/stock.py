"""Drift between what is left, the ledger that says why, and the orders that took it."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from django.db import IntegrityError, transaction
from django.db.models import F, IntegerField, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from catalog.models import Stock, StockMovement
from catalog.services.stock import correct_order, trust_ledger
from core.audit.actors import DOCTOR

from ..models import Order, OrderItem
from .findings import Finding, Kind, NotMended


def stock_differences(since: datetime) -> Iterator[Finding]:
    """Stocks that are not the sum of their ledger, and orders of which the ledger says something else."""
    for stock in _unlike_their_ledger():
        yield Finding(
            Kind.STOCK_DIFFERS,
            stock.sku,
            _("There are %(left)s left, but the ledger comes to %(booked)s.")
            % {"left": stock.quantity, "booked": stock.booked},
            partial(_trust_ledger, stock),
        )
    yield from _orders_unlike_the_ledger(since)
    yield from _movements_without_order(since)


def _unlike_their_ledger() -> QuerySet[Stock]:
    booked = _sum_of(StockMovement.objects.filter(stock=OuterRef("pk")))
    return Stock.objects.annotate(booked=booked).exclude(booked=F("quantity"))


def _orders_unlike_the_ledger(since: datetime) -> Iterator[Finding]:
    """One statement, so that an order that is being placed is seen with its movements or not at all."""
    booked = StockMovement.objects.filter(order_code=OuterRef("order__code"), stock__sku=OuterRef("sku"))
    taken = OrderItem.objects.filter(order__created_at__gte=since, from_stock=True).order_by()
    taken = taken.values("order__code", "order__status", "sku").annotate(
        ordered=Sum("quantity"), booked=_sum_of(booked)
    )
    for row in taken:
        expected = 0 if row["order__status"] == Order.Status.CANCELLED else row["ordered"]
        if row["booked"] != -expected:
            yield _of_order(row["order__code"], row["sku"], expected=expected, booked=-row["booked"])


def _movements_without_order(since: datetime) -> Iterator[Finding]:
    """What the ledger says of an order that did not take it, or is not there."""
    takers = OrderItem.objects.filter(
        order__code=OuterRef("order_code"), sku=OuterRef("stock__sku"), from_stock=True
    )
    moved = StockMovement.objects.filter(at__gte=since).exclude(order_code="").order_by()
    moved = moved.annotate(taker=Subquery(takers.values("pk")[:1])).filter(taker=None)
    for row in moved.values("order_code", "stock__sku").annotate(booked=Sum("change")).exclude(booked=0):
        yield _of_order(row["order_code"], row["stock__sku"], expected=0, booked=-row["booked"])


def _of_order(code: str, sku: str, *, expected: int, booked: int) -> Finding:
    return Finding(
        Kind.STOCK_DIFFERS,
        code,
        _("It holds %(expected)s of %(sku)s, the ledger says %(booked)s.")
        % {"expected": expected, "sku": sku, "booked": booked},
        partial(_correct, code, sku),
    )


def _trust_ledger(stock: Stock) -> None:
    try:
        trust_ledger(stock)
    except IntegrityError:
        raise NotMended(
            _("The ledger comes to less than nothing. Count what is there, and save it.")
        ) from None


def _correct(code: str, sku: str) -> None:
    try:
        with transaction.atomic():
            expected = _held(code, sku)
            reason = _("The order says so.")
            correct_order(sku, order_code=code, expected=expected, by=DOCTOR, reason=reason)
    except IntegrityError:
        raise NotMended(_("There is not enough left. Count what is there, and save it.")) from None
    except Stock.DoesNotExist:
        raise NotMended(_("The SKU has no stock. Give it one.")) from None


def _held(code: str, sku: str) -> int:
    """How much of a SKU an order holds now; it stays so while the caller's transaction lasts."""
    order = Order.objects.select_for_update().filter(code=code).first()
    if order is None or order.status == Order.Status.CANCELLED:
        return 0
    held = order.items.filter(sku=sku, from_stock=True)
    return held.aggregate(total=Sum("quantity"))["total"] or 0


def _sum_of(movements: QuerySet[StockMovement]) -> Coalesce:
    total = movements.order_by().annotate(one=Value(1)).values("one").annotate(total=Sum("change"))
    return Coalesce(Subquery(total.values("total"), output_field=IntegerField()), 0)
