"""Querysets of pages that know about prices."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

if TYPE_CHECKING:
    from catalog.models import ProductGroupPage


class ProductGroupQuerySet(PageQuerySet):
    """Product groups with their prices."""

    def with_price_from(self) -> QuerySet:
        """Annotates `price_from`, the lowest price among the variants on sale, in the shop's currency."""
        variants = apps.get_model("catalog.ProductVariant").objects.filter(
            # The variants of an alias are those of its source.
            page=Coalesce(OuterRef("alias_of"), OuterRef("pk")),
            is_active=True,
        )
        return self.annotate(price_from=Subquery(variants.order_by("price").values("price")[:1]))

    def load_prices_from(self, groups: "Iterable[ProductGroupPage]") -> None:
        """Gives product groups their `price_from` in one query; none when they have been loaded with it."""
        waiting = [group for group in groups if "price_from" not in vars(group)]
        if not waiting:
            return
        priced = self.filter(pk__in=[group.pk for group in waiting]).with_price_from()
        prices = dict(priced.values_list("pk", "price_from"))
        for group in waiting:
            group.price_from = prices.get(group.pk)

    def sorted_by(self, sorting: str) -> QuerySet:
        """Sorts by "newest", "name" or "price" (which needs `with_price_from`)."""
        orderings = {
            "newest": [F("first_published_at").desc(nulls_last=True), "-pk"],
            "name": ["title", "pk"],
            "price": [F("price_from").asc(nulls_last=True), "title", "pk"],
        }
        return self.order_by(*orderings[sorting])


ProductGroupManager = PageManager.from_queryset(ProductGroupQuerySet)
