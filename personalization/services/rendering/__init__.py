"""Render projects: from an order item to print files, through the Hub.

waiting -> creating -> rendering -> fetching -> ready, and failed and cancelled. The row is the truth. A
worker takes it by a lease, works outside of any transaction, and may write only while the lease is its own;
so every step can be cut off at any point and is taken up by the next worker.
"""

from .advance import advance
from .cancelling import cancel_projects, lock_projects
from .hints import follow_hint
from .hub_status import tell_hub
from .repair import RepairNotPossible, recreate_project, restart_processing, resume_processing
from .requests import request_render
from .states import IllegalMove, LeaseLost
from .sweep import sweep_projects

__all__ = [
    "IllegalMove",
    "LeaseLost",
    "RepairNotPossible",
    "advance",
    "cancel_projects",
    "follow_hint",
    "lock_projects",
    "recreate_project",
    "request_render",
    "restart_processing",
    "resume_processing",
    "sweep_projects",
    "tell_hub",
]
