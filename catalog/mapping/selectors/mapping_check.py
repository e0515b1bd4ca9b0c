"""Compares a product page with what the Hub knows. Asks the Hub: never to be used while a shopper waits."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from catalog.mapping.blocks import HIRES
from catalog.models import ProductGroupPage, ProductVariant
from catalog.models.mapping import IN_THE_WAY, Finding
from core.templatetags.money import money
from personalization.hub import Hub, HubNotFound

from .editor_check import EditorCheck, PipelineCheck, check_editor, check_pipeline
from .hub_mapping import HubMapping, hub_mapping


@dataclass(frozen=True)
class Found:
    """One difference. `detail` explains it to an editor, `shopper_sees` what it does to shoppers."""

    kind: Finding
    sku: str = ""
    detail: str = ""
    shopper_sees: str = ""

    @property
    def is_in_the_way(self) -> bool:
        return self.kind in IN_THE_WAY


@dataclass(frozen=True)
class SkuCheck:
    """One variant of the page: what differs, nothing when it is mapped."""

    sku: str
    title: str
    findings: tuple[Found, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ProductCheck:
    """The whole comparison. Without `connected` the Hub knows nothing of the product; with `is_built_in` the
    Hub renders without a pipeline. `reference` is empty for a product known by its number, `product_id`.
    """

    reference: str
    product_id: int | None
    connected: bool
    hub_name: str = ""
    editor: EditorCheck | None = None
    pipeline: PipelineCheck | None = None
    is_built_in: bool = False
    skus: tuple[SkuCheck, ...] = ()
    general: tuple[Found, ...] = ()
    findings: tuple[Found, ...] = field(init=False)

    def __post_init__(self):
        of_skus = (found for sku in self.skus for found in sku.findings)
        object.__setattr__(self, "findings", (*self.general, *of_skus))

    @property
    def known_as(self) -> str:
        """What the product is found by in the Hub."""
        return self.reference or _("number %s in the Hub") % self.product_id

    @property
    def in_the_way(self) -> list[Found]:
        """What shoppers will notice."""
        return [found for found in self.findings if found.is_in_the_way]


@dataclass(frozen=True)
class HubVariant:
    """A SKU as the Hub has it."""

    price: Decimal | None
    available: bool


def check_product(group: ProductGroupPage, *, hub: Hub, anew: bool = True) -> ProductCheck | None:
    """How the page, as it stands in memory, fits to the Hub; None when it is not personalized.

    `anew` asks the Hub whatever is remembered. Raises HubError.
    """
    known = hub_mapping(group)
    if known is None:
        return None
    if anew:
        hub.forget(known.product)
    try:
        target = _target(hub, known)
    except HubNotFound:
        return _not_in_the_hub(known)
    if anew and target.product_id is not None:
        hub.forget(target.product_id)
    variants = [variant for variant in group.variants.all() if variant.is_active]
    editor, no_editor = _check_editor(hub, known, variants)
    pipeline, no_files = _check_pipeline(hub, known, target, variants)
    hub_name = _hub_name(hub, target)
    return ProductCheck(
        reference=known.reference,
        product_id=target.product_id,
        connected=True,
        hub_name=hub_name,
        editor=editor,
        pipeline=pipeline,
        is_built_in=known.making == HIRES,
        skus=tuple(_check_skus(hub, known, target, variants)),
        general=(*no_editor, *no_files, *_check_name(group, hub_name)),
    )


@dataclass(frozen=True)
class Target:
    """What the mapping leads to in the Hub: a product, or something else that only its reference names."""

    product_id: int | None
    name: str


def _target(hub: Hub, known: HubMapping) -> Target:
    if known.product_id is not None:
        return Target(known.product_id, hub.product(known.product_id).name)
    reference = hub.product_reference(known.reference)
    return Target(reference.product_id, reference.name)


def _not_in_the_hub(known: HubMapping) -> ProductCheck:
    if known.product_id is not None:
        advice = _("There is no product %s in the Hub. Choose another one.") % known.product_id
    else:
        advice = _(
            "Connect the reference %s in the Hub: Products → Connections of your storefront. Or choose the "
            "Hub’s product on the page’s tab Personalization; then nothing has to be connected."
        )
        advice %= known.reference
    found = Found(
        Finding.NOT_CONNECTED,
        detail=advice,
        shopper_sees=_("Shoppers read: “This product cannot be personalized yet. We are getting it ready.”"),
    )
    return ProductCheck(
        reference=known.reference, product_id=known.product_id, connected=False, general=(found,)
    )


def _check_editor(hub: Hub, known: HubMapping, variants: list[ProductVariant]):
    sku = variants[0].sku if variants else ""
    try:
        parameters = hub.personalization_parameters(known.product)
        editor = check_editor(parameters, product=known.product, sku=sku, wishes=known.wishes)
    except HubNotFound:
        editor = EditorCheck(
            family="",
            component="",
            problem=_("The product has no personalization workflow in the Hub."),
            shopper_reads=_("This product cannot be personalized yet. We are getting it ready."),
        )
    if not editor.problem:
        return editor, []
    sees = _("Shoppers read: “%s”") % editor.shopper_reads
    return editor, [Found(Finding.NO_EDITOR, detail=editor.problem, shopper_sees=sees)]


def _check_pipeline(hub: Hub, known: HubMapping, target: Target, variants: list[ProductVariant]):
    if known.making == HIRES:
        return None, []
    pipeline_id = known.pipeline_id or _hubs_pipeline(hub, known, target, variants)
    late = _("Shoppers can order; the print file does not come by itself.")
    if pipeline_id is None:
        detail = _("The product has no processing pipeline in the Hub, and none is named on this page.")
        return None, [Found(Finding.NO_FILES, detail=detail, shopper_sees=late)]
    try:
        pipeline = check_pipeline(hub, pipeline_id)
    except HubNotFound:
        detail = _("There is no processing pipeline %s in the Hub.") % pipeline_id
        return None, [Found(Finding.NO_FILES, detail=detail, shopper_sees=late)]
    return pipeline, list(_judge(pipeline, late))


def _judge(pipeline: PipelineCheck, late: str) -> Iterator[Found]:
    name = pipeline.name or pipeline.id
    if not pipeline.is_readable:
        detail = _("The pipeline %s holds no list of tasks.") % name
        yield Found(Finding.NO_FILES, detail=detail, shopper_sees=late)
        return
    if not pipeline.renders:
        detail = _("No task of the pipeline %s renders a print file.") % name
        yield Found(Finding.NO_FILES, detail=detail, shopper_sees=late)
    elif not pipeline.keeps_files:
        detail = _("The pipeline %s keeps no file: its finalize task lists no artifacts.") % name
        yield Found(Finding.NO_FILES, detail=detail, shopper_sees=late)
    if not pipeline.notifies_shop:
        detail = _("The pipeline %s does not call the shop, which notices a finished file later.") % name
        yield Found(Finding.NOT_NOTIFIED, detail=detail)


def _check_skus(
    hub: Hub, known: HubMapping, target: Target, variants: list[ProductVariant]
) -> Iterator[SkuCheck]:
    in_hub = _hub_variants(hub, known, target, [variant.sku for variant in variants])
    for variant in variants:
        yield SkuCheck(variant.sku, variant.title, tuple(_compare(variant, in_hub.get(variant.sku))))


def _compare(variant: ProductVariant, known: HubVariant | None) -> Iterator[Found]:
    sku = variant.sku
    if known is None:
        yield Found(
            Finding.NOT_IN_HUB,
            sku,
            _("Give a variant of the Hub product the SKU %s.") % sku,
            _("Shoppers who choose it see the editor with the product's first variant instead of this one."),
        )
        return
    if not known.available:
        yield Found(
            Finding.UNAVAILABLE,
            sku,
            _("The Hub marks the variant as unavailable."),
            _("Shoppers read: “This option cannot be personalized at the moment.”"),
        )
    if known.price is not None and known.price != Decimal(str(variant.price)):
        prices = {"here": money(variant.price), "there": money(known.price)}
        yield Found(
            Finding.PRICE_DIFFERS, sku, _("%(here)s here, %(there)s in the Hub. Shoppers pay ours.") % prices
        )


def _hub_variants(hub: Hub, known: HubMapping, target: Target, skus: list[str]) -> dict[str, HubVariant]:
    """What the Hub knows of the SKUs: in one call for a product, SKU by SKU for its other kinds."""
    if target.product_id is not None:
        found = hub.product_variants(target.product_id)
        return {variant.sku: HubVariant(variant.price, variant.available) for variant in found}
    in_hub = {}
    for sku in skus:
        try:
            summary = hub.product_summary(known.product, sku=sku)
        except HubNotFound:
            continue
        if summary.product_variant_id is not None:
            in_hub[sku] = HubVariant(summary.price, summary.available)
    return in_hub


def _hubs_pipeline(hub: Hub, known: HubMapping, target: Target, variants: list[ProductVariant]) -> int | None:
    if target.product_id is not None:
        return hub.product(target.product_id).pipeline_id
    return hub.product_summary(known.product, sku=variants[0].sku).pipeline_id if variants else None


def _hub_name(hub: Hub, target: Target) -> str:
    return hub.product(target.product_id).name if target.product_id is not None else target.name


def _check_name(group: ProductGroupPage, hub_name: str) -> list[Found]:
    if not hub_name or hub_name.casefold().strip() == group.title.casefold().strip():
        return []
    detail = _("“%(here)s” here, “%(there)s” in the Hub.") % {"here": group.title, "there": hub_name}
    return [Found(Finding.NAME_DIFFERS, detail=detail)]
