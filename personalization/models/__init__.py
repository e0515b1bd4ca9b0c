"""What the shop remembers of Customer's Canvas: shoppers, designs, projects, their files and call-backs."""

from .designs import Design, DesignLeftover
from .rendering import HubEvent, PrintFile, ProjectEvent, ProjectSweep, RenderProject, private_storage
from .users import StorefrontUser, StorefrontUserMerge, new_hub_id

__all__ = [
    "Design",
    "DesignLeftover",
    "HubEvent",
    "PrintFile",
    "ProjectEvent",
    "ProjectSweep",
    "RenderProject",
    "StorefrontUser",
    "StorefrontUserMerge",
    "new_hub_id",
    "private_storage",
]
