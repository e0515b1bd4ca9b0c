from django.db import migrations

KINDS = {"RetentionJob": "retention", "PreviewJob": "preview"}


def carry(apps, schema_editor):
    """What is due for a design stays due, when it was."""
    alias = schema_editor.connection.alias
    designs = apps.get_model("personalization", "Design").objects.using(alias)
    for model, kind in KINDS.items():
        jobs = apps.get_model("personalization", model).objects.using(alias)
        due = designs.filter(**{f"{kind}_due_at__isnull": False})
        for pk, due_at, attempts in due.values_list("pk", f"{kind}_due_at", f"{kind}_attempts").iterator():
            jobs.create(design_id=pk, due_at=due_at, attempts=attempts)


def carry_back(apps, schema_editor):
    alias = schema_editor.connection.alias
    designs = apps.get_model("personalization", "Design").objects.using(alias)
    for model, kind in KINDS.items():
        for job in apps.get_model("personalization", model).objects.using(alias).iterator():
            values = {f"{kind}_due_at": job.due_at, f"{kind}_attempts": min(job.attempts, 1000)}
            designs.filter(pk=job.pk).update(**values)


class Migration(migrations.Migration):
    dependencies = [("personalization", "0009_design_jobs")]

    operations = [migrations.RunPython(carry, carry_back)]
