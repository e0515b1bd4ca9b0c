from django.db import migrations

from core.audit.append_only import refuse_changes


class Migration(migrations.Migration):
    replaces = [
        ("personalization", "0004_moves_and_status_in_the_hub"),
    ]

    dependencies = [("personalization", "0001_initial_schema")]

    operations = [
        refuse_changes("personalization_projectevent"),
    ]
