from django.db import migrations

from core.audit.append_only import refuse_changes


class Migration(migrations.Migration):
    replaces = [
        ("catalog", "0007_stock"),
    ]

    dependencies = [("catalog", "0001_initial_schema")]

    operations = [
        refuse_changes("catalog_stockmovement"),
    ]
