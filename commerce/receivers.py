"""What the shop does when it hears from the rooms below."""

from django.dispatch import receiver

from personalization.models import RenderProject
from personalization.signals import render_project_finished

from .services.orders import complete_when_ready


@receiver(render_project_finished, dispatch_uid="commerce.complete_order")
def complete_order(sender, project: RenderProject, **kwargs) -> None:
    """Runs inside the transaction that finished the project: both become true together."""
    complete_when_ready(project.order_id)
