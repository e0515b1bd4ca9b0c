"""Wagtail's ready workflow asks its group Moderators, in which nobody of the shop is: now it asks the roles."""

from django.apps.registry import Apps
from django.db import migrations

APPROVERS = ["Merchandisers", "Administrators"]
# Made by Wagtail's first migrations; the shop's own roles stand in their place.
LEFTOVERS = ["Moderators", "Editors"]


def let_roles_approve(apps: Apps, schema_editor=None) -> None:
    """Give tasks that only leftover groups can do to the roles that publish; remove those without members."""
    groups = apps.get_model("auth", "Group").objects
    leftovers = groups.filter(name__in=LEFTOVERS)
    for task in apps.get_model("wagtailcore", "GroupApprovalTask").objects.filter(groups__in=leftovers):
        if not task.groups.exclude(name__in=LEFTOVERS).exists():
            task.groups.add(*groups.filter(name__in=APPROVERS))
    leftovers.filter(user__isnull=True).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("commerce", "0008_emails_of_joined_orders"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [migrations.RunPython(let_roles_approve, migrations.RunPython.noop)]
