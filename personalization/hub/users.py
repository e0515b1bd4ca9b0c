"""Storefront users and their tokens: personal, never remembered."""

from .calls import Calls
from .config import HubConfig
from .design_editor import DesignEditorTokens
from .errors import HubContractError, HubNotFound, HubRejected


class UserCalls(Calls):
    """What the shop does for a shopper."""

    def __init__(self, config: HubConfig):
        super().__init__(config)
        self._design_editor = DesignEditorTokens(self._transport, self._applications_dto)

    def ensure_storefront_user(self, user_id: str, *, anonymous: bool) -> None:
        """Make sure that the Hub knows the storefront user."""
        try:
            self._call(
                "storefront_users.storefront_users_get", "StorefrontUserDto", id=user_id, **self._storefront
            )
            return
        except HubNotFound:
            pass
        body = {"storefrontUserId": user_id, "isAnonymous": anonymous}
        try:
            self._call(
                "storefront_users.storefront_users_create",
                "StorefrontUserDto",
                create_storefront_user_dto=body,
                **self._storefront,
            )
        except HubRejected as rejection:
            if rejection.status != 409:
                raise

    def storefront_user_token(self, user_id: str) -> str:
        """A token with which this user's browser may talk to the Hub. HubNotFound: there is no such user."""
        answer = self._call(
            "storefront_users.storefront_users_get_token",
            "str",
            storefront_user_id=user_id,
            **self._storefront,
        )
        token: str = answer.strip().strip('"')
        if not token or not token.isascii() or not token.isprintable() or " " in token:
            raise HubContractError("The Hub did not answer with a storefront user's token.")
        return token

    def design_editor_token(self, user_id: str) -> str:
        """A token with which this user's browser may use the Design Editor.

        HubForbidden: the editor refuses its API key. HubContractError: the tenant has no Design Editor.
        """
        return self._design_editor.token(user_id)

    def merge_storefront_users(self, *, anonymous_id: str, regular_id: str) -> None:
        """Give the anonymous user's designs to the regular one.

        HubNotFound: one of them does not exist (any more). HubRejected with 409: they cannot be merged, or
        already were.
        """
        self._call(
            "storefront_users.storefront_users_merge_anonymous",
            None,
            merge_anonymous_user_data_input={
                "anonymousStorefrontUserId": anonymous_id,
                "regularStorefrontUserId": regular_id,
            },
            **self._storefront,
        )
