"""Opening the editor: what the Hub says about the product, brought together with who is shopping."""

from functools import partial

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from personalization.editors import (
    FAMILIES,
    NO_WISHES,
    Credential,
    EditorContext,
    EditorPage,
    EditorUnavailable,
    EditorWishes,
    SavedDesign,
    adapter_for,
)
from personalization.hub import HubConfig, HubError, HubNotFound, ProductKey, ProductSummary, get_hub
from personalization.hub.addresses import origin
from personalization.models import Design, StorefrontUser
from personalization.shoppers.services.visitors import editor_credentials


def open_editing_page(
    *,
    owner: StorefrontUser,
    product: ProductKey,
    sku: str,
    title: str,
    quantity: int,
    design: Design | None = None,
    wishes: EditorWishes = NO_WISHES,
) -> EditorPage:
    """The editor of a Hub product for this shopper, with one SKU chosen, or with an earlier design to go on
    with.

    A workflow that cannot be used is asked for once more: it may have been mended since it was remembered.
    Raises HubNotFound for a product that is not connected in the Hub, EditorUnavailable for one whose
    editor cannot be opened, and HubError.
    """
    open_page = partial(
        _open_page,
        owner=owner,
        product=product,
        sku=sku,
        title=title,
        quantity=quantity,
        design=design,
        wishes=wishes,
    )
    try:
        return open_page()
    except EditorUnavailable:
        if not get_hub().doubt(product):
            raise
    return open_page()


def _open_page(
    *,
    owner: StorefrontUser,
    product: ProductKey,
    sku: str,
    title: str,
    quantity: int,
    design: Design | None,
    wishes: EditorWishes,
) -> EditorPage:
    hub = get_hub()
    parameters = hub.personalization_parameters(product)
    adapter = adapter_for(parameters)
    summary = None if design else _summary(product, sku)
    config = HubConfig.from_settings()
    user_id, token = _user_and_token(owner, design.made_as if design else None, adapter.credential)
    context = EditorContext(
        parameters=parameters,
        summary=summary,
        reference=product if isinstance(product, str) else "",
        sku=sku,
        title=title,
        quantity=quantity,
        currency=settings.SHOP_CURRENCY,
        language=(get_language() or settings.LANGUAGE_CODE).split("-")[0],
        tenant_id=config.tenant_id,
        storefront_id=config.storefront_id,
        hub_url=config.base_url,
        user_id=user_id,
        token=token,
        design=_saved(design) if design else None,
        wishes=wishes,
    )
    return adapter.open(context)


def editor_token(*, owner: StorefrontUser, made_as: StorefrontUser | None, editor: str) -> str:
    """A fresh token for an editor of the family `editor` that this shopper has open.

    `made_as` is the visitor as whom they opened it before they logged in. Raises HubError.
    """
    adapter = FAMILIES.get(editor)
    credential = adapter.credential if adapter else Credential.STOREFRONT_USER
    return _user_and_token(owner, made_as, credential)[1]


def image_origins(product: ProductKey) -> set[str]:
    """Where previews of a product's designs may lie, besides the hosts named in the environment."""
    try:
        parameters = get_hub().personalization_parameters(product)
    except HubError:
        return set()
    addresses = (
        parameters.api_gateway_url,
        parameters.workflow_elements_url,
        parameters.design_editor_url,
        parameters.simple_editor_url,
    )
    return {origin(address) for address in addresses if address}


def _summary(product: ProductKey, sku: str) -> ProductSummary | None:
    try:
        summary = get_hub().product_summary(product, sku=sku)
    except HubNotFound:
        return None
    if summary.product_variant_id is not None and not summary.available:
        raise EditorUnavailable(
            f"{sku} is marked as unavailable in the Hub",
            message=_("This option cannot be personalized at the moment. Please choose another one."),
        )
    return summary


def _user_and_token(
    owner: StorefrontUser, made_as: StorefrontUser | None, credential: Credential
) -> tuple[str, str]:
    user_id, token = editor_credentials(owner, made_as=made_as)
    if credential is Credential.DESIGN_EDITOR:
        # The user is registered by now, which the designs that the editor saves need.
        return user_id, get_hub().design_editor_token(user_id)
    return user_id, token


def _saved(design: Design) -> SavedDesign:
    snapshot = design.hidden.get("snapshot")
    return SavedDesign(
        key=str(design.pk),
        state_id=design.state_ids[0],
        sku=design.sku,
        product_id=design.hub_product_id,
        product_version_id=design.hub_product_version_id,
        product_link_id=design.hub_product_link_id,
        snapshot=snapshot if isinstance(snapshot, str) else None,
    )
