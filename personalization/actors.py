"""Who or what moves an order or a render project, as the audit rows name it."""

from django.contrib.auth.models import AbstractBaseUser

SHOPPER = "shopper"
CHECKOUT = "system:checkout"
WORKER = "system:worker"
HOLD = "system:hold"
DOCTOR = "system:doctor"

Actor = AbstractBaseUser | str


def name_of(by: Actor) -> str:
    """`user:<id>` for a user; other actors are their own names."""
    return by if isinstance(by, str) else f"user:{by.pk}"


def user_id_of(actor: str) -> int | None:
    """The id of the user that an actor's name stands for; None for others."""
    kind, _colon, key = actor.partition(":")
    return int(key) if kind == "user" else None
