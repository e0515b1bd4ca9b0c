"""Private designs: what storefront users have saved, in the Hub's asset storage.

The generated client does not cover the asset storage, so its calls are written here, over the same transport.
Source: Aurigma's asset storage API client ("PrivateDesigns"). The path and the names of
the policies are settings, because nobody has checked them against a real tenant.
"""

import re
from typing import Any
from urllib.parse import quote

import requests

from core.bounds import FROM_HUB, bounded_json

from .calls import Calls
from .errors import HubContractError, HubNotFound

DESIGN_ID = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}")


class PrivateDesignCalls(Calls):
    """What the shop does to designs of one owner; a design of somebody else is HubNotFound."""

    def has_private_design(self, design_id: str, *, owner_id: str) -> bool:
        """Whether the owner still has this design in the Hub."""
        try:
            response = self._ask_storage("GET", design_id, owner_id=owner_id)
        except HubNotFound:
            return False
        if _id_in(response) is None:
            raise HubContractError("The Hub did not answer with a private design.")
        return True

    def copy_private_design(self, design_id: str, *, owner_id: str) -> str:
        """The id of a new, temporary copy of the owner's design.

        Never repeated. HubUnavailable and HubContractError mean that there may be a copy that nobody knows;
        the Hub removes it by itself, as it does with all temporary designs.
        """
        response = self._ask_storage("POST", design_id, owner_id=owner_id)
        copied = _id_in(response)
        if copied is None or copied == design_id:
            raise HubContractError("The Hub did not answer with the id of the copied design.")
        return copied

    def keep_private_design(self, design_id: str, *, owner_id: str) -> None:
        """Exempt the design from the Hub's clean-up."""
        self._set_retention(design_id, owner_id, self.config.keeping_policy)

    def let_private_design_go(self, design_id: str, *, owner_id: str) -> None:
        """Leave the design to the Hub's clean-up."""
        self._set_retention(design_id, owner_id, self.config.temporary_policy)

    def delete_private_design(self, design_id: str, *, owner_id: str) -> None:
        """Delete the design. HubNotFound: it is gone already."""
        self._ask_storage("DELETE", design_id, owner_id=owner_id)

    def _set_retention(self, design_id: str, owner_id: str, policy: str) -> None:
        self._ask_storage("POST", design_id, "/retention-policy", owner_id=owner_id, policy=policy)

    def _ask_storage(self, method: str, design_id: str, action: str = "", **query: Any) -> requests.Response:
        path = self.config.private_designs_path
        owner_id = query.pop("owner_id")
        return self._transport.exchange_authorized(
            method,
            f"{self.config.gateway_url}{path}/{quote(design_id, safe='')}{action}",
            template=f"{path}/{{id}}{action}",
            retry=method == "GET",
            params={"ownerId": owner_id, "tenantId": self.config.tenant_id, **query},
        )


def _id_in(response: requests.Response) -> str | None:
    try:
        design_id = bounded_json(response.content, FROM_HUB)["id"]
    except (ValueError, KeyError, TypeError):
        return None
    return design_id if isinstance(design_id, str) and DESIGN_ID.fullmatch(design_id) else None
