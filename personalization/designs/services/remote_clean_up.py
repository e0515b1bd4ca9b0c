"""Private designs in the Hub that the shop needs no more: deleted there, or left to the Hub's clean-up.

A shopper never waits for that: what is to be done is a row, and the worker keeps asking until the Hub has
followed.
"""

from datetime import timedelta

from core.outbox import Outbox
from personalization.hub import HubError, HubNotFound, get_hub
from personalization.models import Design, RemoteCleanUp
from personalization.shoppers.services.account_merge import hub_owner_id
from personalization.trouble import later

Ending = RemoteCleanUp.Ending
CLEAN_UPS = Outbox(
    RemoteCleanUp,
    task="personalization.tasks.clean_up_hub",
    first_pause=timedelta(minutes=1),
    longest_pause=timedelta(hours=6),
)


def clean_up_after(design: Design, *, ending: str) -> RemoteCleanUp | None:
    """Note what becomes of the private designs of a design that has just been deleted; None when other
    designs of the owner use all of them.

    Called inside the transaction that deletes it.
    """
    needed = _needed_states(design)
    states = [state for state in design.state_ids if state not in needed]
    if not states:
        return None
    clean_up = RemoteCleanUp.objects.create(
        owner=design.owner, made_as=design.made_as, state_ids=states, ending=ending
    )
    CLEAN_UPS.wake_on_commit(clean_up.pk)
    return clean_up


def finish_clean_up(clean_up_id: int) -> bool:
    """Let the Hub delete or let go, if that is due; whether nothing is left to do.

    What the Hub does not know is done already.
    """
    CLEAN_UPS.run(clean_up_id, _ask_hub)
    return not RemoteCleanUp.objects.filter(pk=clean_up_id).exists()


def _ask_hub(clean_up: RemoteCleanUp) -> None:
    # Somebody may have saved over one of them in the meantime.
    needed = _needed_states(clean_up)
    states = [state for state in clean_up.state_ids if state not in needed]
    if not states:
        return
    try:
        hub, owner_id = get_hub(), hub_owner_id(clean_up)
        end = hub.delete_private_design if clean_up.ending == Ending.DELETE else hub.let_private_design_go
        for state in states:
            try:
                end(state, owner_id=owner_id)
            except HubNotFound:
                continue
    except HubError as trouble:
        raise later(f"Clean-up {clean_up.pk}", trouble) from trouble


def _needed_states(item: Design | RemoteCleanUp) -> set[str]:
    others = Design.objects.filter(owner_id=item.owner_id).values_list("state_ids", flat=True)
    return {state for states in others for state in states}
