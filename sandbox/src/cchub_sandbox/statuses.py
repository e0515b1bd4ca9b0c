"""Business statuses of projects and the transitions between them.

Ids differ from codes so that mixing them up shows.
"""

from typing import Any

NEW = 1
STATUSES = tuple(
    {"id": 100 + code, "code": code, "color": color, "displayName": name}
    for code, name, color in (
        (NEW, "New", "#9e9e9e"),
        (2, "On hold", "#ff9800"),
        (3, "Active", "#2196f3"),
        (4, "Completed", "#4caf50"),
        (5, "Cancelled", "#f44336"),
    )
)
TRANSITIONS = tuple(
    {"id": 301 + place, "name": name, "displayName": title, "startStatus": start, "resultStatus": result}
    for place, (name, title, start, result) in enumerate(
        (
            ("Activate", "Activate", NEW, 3),
            ("Hold", "Hold", NEW, 2),
            ("HoldActive", "Hold", 3, 2),
            ("Resume", "Resume", 2, 3),
            ("Complete", "Complete", 3, 4),
            ("Cancel", "Cancel", NEW, 5),
            ("CancelOnHold", "Cancel", 2, 5),
            ("CancelActive", "Cancel", 3, 5),
        )
    )
)


def status(code: int) -> dict[str, Any] | None:
    return next((row for row in STATUSES if row["code"] == code), None)


def transitions_from(code: int) -> list[dict[str, Any]]:
    return [row for row in TRANSITIONS if row["startStatus"] == code]
