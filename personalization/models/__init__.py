"""What the shop remembers of Customer's Canvas: shoppers, designs, projects, their files and call-backs."""

from .designs import Design, PreviewJob, RemoteCleanUp, RetentionJob
from .rendering import (
    HubEvent,
    PrintFile,
    ProjectEvent,
    ProjectSweep,
    RenderJob,
    RenderProject,
    StatusJob,
    private_storage,
)
from .users import AccountMerge, StorefrontUser, new_hub_id

__all__ = [
    "AccountMerge",
    "Design",
    "HubEvent",
    "PreviewJob",
    "PrintFile",
    "ProjectEvent",
    "ProjectSweep",
    "RemoteCleanUp",
    "RenderJob",
    "RenderProject",
    "RetentionJob",
    "StatusJob",
    "StorefrontUser",
    "new_hub_id",
    "private_storage",
]
