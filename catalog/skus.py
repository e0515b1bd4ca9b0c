"""Whether a SKU is free. The table alone does not know: drafts and scheduled revisions hold SKUs as well."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Revision

from home.publishing import Unpublishable


class SkuTaken(Unpublishable):
    """Publishing would give a SKU to a second variant."""

    advice = gettext_lazy("Nothing is lost: change one of the two SKUs, then try again.")


@dataclass(frozen=True)
class Holder:
    """The page that has a SKU."""

    page_id: int
    title: str


def skus_elsewhere(skus: Iterable[str], *, page_id: int | None) -> dict[str, str]:
    """Which of these SKUs other pages hold, live, in a draft or scheduled, with those pages' titles."""
    return {sku: holder.title for sku, holder in sku_holders(skus, page_id=page_id).items()}


def sku_holders(skus: Iterable[str], *, page_id: int | None) -> dict[str, Holder]:
    """Which of these SKUs pages other than this one hold, live, in a draft or scheduled, and which pages."""
    wanted = {sku for sku in skus if sku}
    if not wanted:
        return {}
    return {**_in_drafts(wanted, page_id), **_in_table(wanted, page_id)}


def _in_table(wanted: set[str], page_id: int | None) -> dict[str, Holder]:
    variants = apps.get_model("catalog.ProductVariant").objects.filter(sku__in=wanted)
    found = variants.exclude(page_id=page_id).values_list("sku", "page_id", "page__title")
    return {sku: Holder(holder_id, title) for sku, holder_id, title in found}


def _in_drafts(wanted: set[str], page_id: int | None) -> dict[str, Holder]:
    group_page = apps.get_model("catalog.ProductGroupPage")
    drafts = group_page.objects.filter(has_unpublished_changes=True).exclude(pk=page_id)
    revisions = (
        Revision.objects.filter(content_type=ContentType.objects.get_for_model(group_page))
        .filter(Q(pk__in=drafts.values("latest_revision")) | Q(approved_go_live_at__isnull=False))
        .exclude(object_id=str(page_id))
    )
    found = revisions.values_list("object_id", "content__title", "content__variants")
    return {
        variant["sku"]: Holder(int(holder_id), title)
        for holder_id, title, variants in found
        for variant in variants or []
        if variant["sku"] in wanted
    }


def rows_in_the_way(variants: Iterable, *, page_id: int | None) -> set[str]:
    """SKUs that another remaining variant of the same page still holds in the database.

    Rows are saved one by one, so two variants cannot exchange their SKUs in one publication.
    """
    remaining = {variant.pk: variant.sku for variant in variants if variant.pk}
    held = apps.get_model("catalog.ProductVariant").objects.filter(page_id=page_id, pk__in=remaining)
    holders = dict(held.values_list("sku", "pk"))
    return {variant.sku for variant in variants if holders.get(variant.sku) not in (None, variant.pk)}


def check_skus(group) -> None:
    """Raises SkuTaken when the database would refuse the variants of this page or of this draft of it."""
    skus = [variant.sku for variant in group.variants.all()]
    elsewhere = skus_elsewhere(skus, page_id=group.pk)
    for sku, title in elsewhere.items():
        raise SkuTaken(_("The SKU %(sku)s is also used by “%(page)s”.") % {"sku": sku, "page": title})
    repeated = {sku for sku in skus if skus.count(sku) > 1}
    for sku in sorted(repeated | rows_in_the_way(group.variants.all(), page_id=group.pk)):
        raise SkuTaken(_("Two variants of this product use the SKU %s.") % sku)
