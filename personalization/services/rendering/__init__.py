"""Render projects: from an order item to print files, through the Hub.

waiting -> creating -> rendering -> fetching -> ready, and failed. The row is the truth. A worker takes it
by a lease, works outside of any transaction, and may write only while the lease is its own; so every step
can be cut off at any point and is taken up by the next worker.
"""

from .advance import advance
from .hints import follow_hint
from .repair import RepairNotPossible, recreate_project, restart_processing, resume_processing
from .requests import request_render
from .states import IllegalMove, LeaseLost
from .sweep import sweep_projects

__all__ = [
    "IllegalMove",
    "LeaseLost",
    "RepairNotPossible",
    "advance",
    "follow_hint",
    "recreate_project",
    "request_render",
    "restart_processing",
    "resume_processing",
    "sweep_projects",
]
