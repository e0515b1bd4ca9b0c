from django.db import migrations

from core.audit.append_only import refuse_changes


class Migration(migrations.Migration):
    replaces = [
        ("commerce", "0004_hold_cancel_and_moves"),
        ("commerce", "0011_consents"),
    ]

    dependencies = [("commerce", "0001_initial_schema")]

    operations = [
        refuse_changes("commerce_orderevent"),
        refuse_changes("commerce_consent"),
    ]
