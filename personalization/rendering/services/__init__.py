"""Render projects: from an order item to print files, through the Hub.

waiting -> creating -> rendering -> fetching -> ready, and failed and cancelled. The row is the truth. A
worker takes it by a lease, works outside of any transaction, and may write only while the lease is its own;
so every step can be cut off at any point and is taken up by the next worker.
"""

from core.outbox import LeaseLost

from .advance import advance
from .cancelling import cancel_projects, lock_projects
from .hints import follow_hint
from .hub_status import is_status_owed, status_code_for, tell_hub, tell_hub_again
from .repair import RepairNotPossible, recreate_project, restart_processing, resume_processing
from .requests import PrintFileWishes, request_render
from .restoring import give_up_missing, note_surplus, restore_files
from .states import IllegalMove
from .sweep import sweep_projects

__all__ = [
    "IllegalMove",
    "LeaseLost",
    "PrintFileWishes",
    "RepairNotPossible",
    "advance",
    "cancel_projects",
    "follow_hint",
    "give_up_missing",
    "is_status_owed",
    "lock_projects",
    "note_surplus",
    "recreate_project",
    "request_render",
    "restart_processing",
    "restore_files",
    "resume_processing",
    "status_code_for",
    "sweep_projects",
    "tell_hub",
    "tell_hub_again",
]
