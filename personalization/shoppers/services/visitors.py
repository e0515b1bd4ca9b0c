"""Who is shopping: the storefront user of an account, else of the visitor's signed cookie. No session is
opened.
"""

from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from core import limits
from personalization.hub import HubContractError, HubNotFound, get_hub
from personalization.models import AccountMerge, StorefrontUser
from personalization.models.users import new_hub_id

COOKIE_NAME = "visitor"
COOKIE_SALT = "personalization.visitor"
KEY_SALT = "personalization.visitor_by_key"
PER_CLIENT = "visitors_per_client"
# A request with this mark is answered without the visitor cookie.
FORGOTTEN = "is_visitor_forgotten"


def current_storefront_user(request: HttpRequest) -> StorefrontUser | None:
    """The account's storefront user, else the one that the visitor cookie names; None for somebody new.

    A cookie that was tampered with, has expired or names a user who belongs to an account or has become one
    counts as no cookie.
    """
    if request.user.is_authenticated:
        owner = StorefrontUser.objects.filter(account=request.user).first()
        if owner:
            return owner
    return visitor_of(request)


def visitor_of(request: HttpRequest) -> StorefrontUser | None:
    """Whom the visitor cookie names, whoever is logged in."""
    hub_id = request.get_signed_cookie(
        COOKIE_NAME, default=None, salt=COOKIE_SALT, max_age=settings.VISITOR_COOKIE_AGE
    )
    if not hub_id:
        return None
    visitor = StorefrontUser.objects.filter(hub_id=hub_id, account=None, merge=None).first()
    if visitor:
        _note_visit(visitor)
    return visitor


def _note_visit(visitor: StorefrontUser) -> None:
    """Write down that the visitor came today: once a day, in whichever request it is noticed first."""
    today = timezone.localdate()
    if visitor.last_seen_on < today:
        StorefrontUser.objects.filter(pk=visitor.pk, last_seen_on__lt=today).update(last_seen_on=today)


def known_storefront_user(request: HttpRequest) -> StorefrontUser | None:
    """The current storefront user, of an account made on first use; None for somebody new."""
    owner = current_storefront_user(request)
    if owner is None and request.user.is_authenticated:
        return account_storefront_user(request.user)
    return owner


def get_or_create_storefront_user(request: HttpRequest, *, key: UUID | None = None) -> StorefrontUser:
    """The current storefront user; a new one when there is none. Answer with `remember_visitor`.

    For what a shopper does, never for what is only looked at. Robots that keep no cookies would make one
    with each call: raises LimitReached for a client with too many. With the random `key` of the page whose
    button was pressed, pressing it twice makes one visitor.
    """
    owner = known_storefront_user(request) or _visitor_by_key(key)
    if owner:
        return owner
    limits.spend(PER_CLIENT, limits.client_of(request))
    hub_id = _hub_id_by_key(key) if key else new_hub_id()
    visitor, is_new = StorefrontUser.objects.get_or_create(hub_id=hub_id)
    return visitor if is_new else _visitor_by_key(key) or StorefrontUser.objects.create()


def _visitor_by_key(key: UUID | None) -> StorefrontUser | None:
    if key is None:
        return None
    return StorefrontUser.objects.filter(hub_id=_hub_id_by_key(key), account=None, merge=None).first()


def _hub_id_by_key(key: UUID) -> str:
    """As good as random for whoever does not know the shop's secret."""
    return f"sf-{salted_hmac(KEY_SALT, key.bytes, algorithm='sha256').hexdigest()[:32]}"


def account_storefront_user(account: User) -> StorefrontUser:
    """The account's one storefront user, made on first use."""
    return StorefrontUser.objects.get_or_create(account=account)[0]


def remember_visitor(response: HttpResponse, storefront_user: StorefrontUser) -> None:
    """Set the visitor cookie. An account needs none: who logs out on a shared computer leaves nothing
    behind.
    """
    if storefront_user.account_id is not None:
        return
    response.set_signed_cookie(
        COOKIE_NAME,
        storefront_user.hub_id,
        salt=COOKIE_SALT,
        max_age=settings.VISITOR_COOKIE_AGE,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def forget_visitor(request: HttpRequest) -> None:
    """Let VisitorMiddleware take the visitor cookie off the browser with the answer to this request."""
    setattr(request, FORGOTTEN, True)


def storefront_user_token(storefront_user: StorefrontUser) -> str:
    """A fresh token with which the editor acts for this shopper; registers the shopper in the Hub on first
    use.

    A credential: send it over the shopper's own page only, never keep it. Raises `HubError`.
    """
    if storefront_user.registered_at is None:
        _register(storefront_user)
    try:
        return get_hub().storefront_user_token(storefront_user.hub_id)
    except HubNotFound:
        # The Hub has lost the user, or a row was restored from a backup of another tenant.
        _register(storefront_user)
    try:
        return get_hub().storefront_user_token(storefront_user.hub_id)
    except HubNotFound as failure:
        # Not found is what a page says of a product; this is no product.
        raise HubContractError(f"The Hub has just taken in this storefront user ({failure})") from None


def editor_credentials(owner: StorefrontUser, *, made_as: StorefrontUser | None) -> tuple[str, str]:
    """The Hub id and a fresh token with which an editor works on what was made as this visitor (None: as the
    owner).

    The visitor's own until the Hub has merged them into the account, the account's from then on.
    Raises `HubError`.
    """
    if made_as and made_as.merge.status != AccountMerge.Status.DONE:
        try:
            return made_as.hub_id, get_hub().storefront_user_token(made_as.hub_id)
        except HubNotFound:
            # Merged, but the answer was lost. Registering the visitor again would split their designs.
            pass
    return owner.hub_id, storefront_user_token(owner)


def _register(storefront_user: StorefrontUser) -> None:
    anonymous = storefront_user.account_id is None
    get_hub().ensure_storefront_user(storefront_user.hub_id, anonymous=anonymous)
    storefront_user.registered_at = timezone.now()
    storefront_user.save(update_fields=["registered_at"])
