"""The pictures that come along with a Hub product: its own, and those of its variants."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO

from django.contrib.auth.models import User
from django.core.files.images import ImageFile
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.images.permissions import permission_policy as image_permission_policy
from wagtail.models import Collection

from home.models import SiteImage
from personalization.designs.services.previews import UnusablePicture, to_webp
from personalization.hub import Hub, HubError, Product

# Somebody waits while they are fetched one after the other.
MOST_PICTURES = 20


@dataclass(frozen=True)
class FetchedPictures:
    """Pictures as WebP: the product's, None without one, and those of SKUs that look different. `notes` say
    what did not come.
    """

    main: bytes | None = field(default=None, repr=False)
    by_sku: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    notes: tuple[str, ...] = ()


def fetch_pictures(hub: Hub, product: Product, skus: Sequence[str]) -> FetchedPictures:
    """From the Hub's own hosts, at most MOST_PICTURES. Raises nothing: a product is imported without them,
    too.
    """
    notes = []
    main = _fetch(hub, product.image_url) if product.image_url else None
    if product.image_url and main is None:
        notes.append(_("The picture could not be taken over. Please add one."))
    try:
        addresses = hub.variant_pictures(product.id)
    except HubError:
        return FetchedPictures(main, notes=(*notes, _no_variants_pictures()))
    wanted = {addresses[sku] for sku in skus if sku in addresses} - {product.image_url}
    chosen = sorted(wanted)[:MOST_PICTURES]
    fetched = {address: _fetch(hub, address) for address in chosen}
    if None in fetched.values() or len(chosen) < len(wanted):
        notes.append(_no_variants_pictures())
    by_sku = {sku: fetched.get(addresses[sku]) for sku in skus if sku in addresses}
    different = {sku: content for sku, content in by_sku.items() if content and content != main}
    return FetchedPictures(main, different, tuple(notes))


def keep_pictures(
    fetched: FetchedPictures, *, titles: Mapping[str, str], title: str, user: User
) -> tuple[SiteImage | None, dict[str, SiteImage], list[str]]:
    """The main image and those by SKU, stored as this person's, each of them once; and a note when the person
    may add no images. `titles` are the variants', which describe their pictures.
    """
    if fetched.main is None and not fetched.by_sku:
        return None, {}, []
    collections = image_permission_policy.collections_user_has_permission_for(user, "add")
    collection: Collection | None = collections.first()
    if collection is None:
        return None, {}, [_("You may not add images, so the pictures were left out.")]
    made: dict[str, SiteImage] = {}

    def keep(content: bytes, words: str) -> SiteImage:
        digest = sha256(content).hexdigest()
        if digest not in made:
            made[digest] = _image(content, words, collection, user)
        return made[digest]

    main = keep(fetched.main, title) if fetched.main else None
    times = Counter(fetched.by_sku.values())
    by_sku = {
        # What several variants share is described by none of them alone.
        sku: keep(content, title if times[content] > 1 else f"{title}, {titles[sku]}")
        for sku, content in fetched.by_sku.items()
        if sku in titles
    }
    return main, by_sku, []


def _fetch(hub: Hub, address: str) -> bytes | None:
    try:
        return to_webp(hub.fetch_preview(address).content)
    except (HubError, UnusablePicture):
        return None


def _image(content: bytes, words: str, collection: Collection, user: User) -> SiteImage:
    image: SiteImage = SiteImage.objects.create(
        title=words[:255],
        description=words[:255],
        file=ImageFile(BytesIO(content), name=f"{slugify(words)[:80] or 'product'}.webp"),
        collection=collection,
        uploaded_by_user=user,
    )
    return image


def _no_variants_pictures() -> str:
    return _("Not all pictures of the variants could be taken over.")
