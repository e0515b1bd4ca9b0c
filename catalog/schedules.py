"""What the worker does for the catalog every night."""

from django.db import connections
from django_q.models import Schedule

MAPPING_CHECK = "Compare products with the Hub"


def create_schedules(sender, using: str, **kwargs) -> None:
    """Receiver of post_migrate: the schedule exists once, however often this runs. It begins at 4:10."""
    if Schedule._meta.db_table not in connections[using].introspection.table_names():
        return
    Schedule.objects.using(using).update_or_create(
        name=MAPPING_CHECK,
        defaults={
            "func": "catalog.tasks.check_mappings",
            "schedule_type": Schedule.CRON,
            "cron": "10 4 * * *",
            "repeats": -1,
        },
    )
