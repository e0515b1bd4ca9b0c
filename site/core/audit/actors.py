"""Who or what moves an order or a render project, as the audit rows name it."""

from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _

SHOPPER = "shopper"
CHECKOUT = "system:checkout"
WORKER = "system:worker"
HOLD = "system:hold"
DOCTOR = "system:doctor"
DEMO = "system:demo"

Actor = AbstractBaseUser | str


def name_of(by: Actor) -> str:
    """`user:<id>` for a user; other actors are their own names."""
    return by if isinstance(by, str) else f"user:{by.pk}"


def user_id_of(actor: str) -> int | None:
    """The id of the user that an actor's name stands for; None for others."""
    kind, _colon, key = actor.partition(":")
    return int(key) if kind == "user" else None


def display_names(actors: Iterable[str]) -> dict[str, str]:
    """How staff read these actors, by their names in the audit; a user who is gone keeps the number."""
    found = set(actors)
    names = {
        SHOPPER: _("Shopper"),
        CHECKOUT: _("Checkout"),
        WORKER: _("Worker"),
        HOLD: _("End of the hold"),
        DOCTOR: _("Doctor"),
        DEMO: _("Demo"),
    }
    ids = {actor: user_id_of(actor) for actor in found}
    users = get_user_model().objects.in_bulk([key for key in ids.values() if key])
    for actor, key in ids.items():
        if key in users:
            names[actor] = users[key].get_full_name() or users[key].get_username()
    return {actor: names.get(actor, actor) for actor in found}
