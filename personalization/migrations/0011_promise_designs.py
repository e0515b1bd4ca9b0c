from datetime import timedelta

from django.db import migrations, models
from django.utils import timezone

KEPT = timedelta(days=90)


def promise(apps, schema_editor):
    """What was there before designs were kept is kept from now on, as a visitor's new one would be."""
    now = timezone.now()
    designs = apps.get_model("personalization", "Design").objects.using(schema_editor.connection.alias)
    old = designs.filter(kept_until=None, retention="", is_untouched=False)
    old.filter(render_projects=None).update(retention_due_at=now)
    old.update(changed_at=models.F("created_at"), kept_until=now + KEPT)


class Migration(migrations.Migration):
    # By itself: PostgreSQL does not alter a table that has rows changed in the same transaction.
    dependencies = [("personalization", "0010_copies_for_print")]

    operations = [migrations.RunPython(promise, migrations.RunPython.noop)]
