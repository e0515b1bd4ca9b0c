from django.db import migrations
from django.utils import timezone

STATUSES = {"pending": "waiting", "refused": "given_up"}


def rename(apps, schema_editor):
    merges = apps.get_model("personalization", "AccountMerge").objects.using(schema_editor.connection.alias)
    for old, new in STATUSES.items():
        merges.filter(status=old).update(status=new)
    merges.filter(due_at=None).update(due_at=timezone.now())


def rename_back(apps, schema_editor):
    merges = apps.get_model("personalization", "AccountMerge").objects.using(schema_editor.connection.alias)
    for old, new in STATUSES.items():
        merges.filter(status=new).update(status=old)


class Migration(migrations.Migration):
    dependencies = [("personalization", "0003_account_merges")]

    operations = [migrations.RunPython(rename, rename_back)]
