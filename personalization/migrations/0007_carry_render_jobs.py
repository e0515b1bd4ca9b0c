from django.db import migrations
from django.db.models import Q
from django.utils import timezone

FINISHED = ("ready", "failed", "cancelled")


def carry(apps, schema_editor):
    """What is on its way goes on from where it was."""
    alias = schema_editor.connection.alias
    models = [apps.get_model("personalization", name) for name in ("RenderProject", "RenderJob", "StatusJob")]
    projects, renders, statuses = (model.objects.using(alias) for model in models)
    for project in projects.exclude(status__in=FINISHED).iterator():
        renders.create(
            project=project, due_at=project.next_attempt_at or timezone.now(), attempts=project.attempts
        )
    for project in projects.filter(~Q(tell_at=None)).iterator():
        statuses.create(project=project, due_at=project.tell_at, attempts=project.tell_attempts)


def carry_back(apps, schema_editor):
    alias = schema_editor.connection.alias
    models = [apps.get_model("personalization", name) for name in ("RenderProject", "RenderJob", "StatusJob")]
    projects, renders, statuses = (model.objects.using(alias) for model in models)
    for job in renders.iterator():
        projects.filter(pk=job.pk).update(next_attempt_at=job.due_at, attempts=job.attempts)
    for job in statuses.exclude(status="given_up").iterator():
        projects.filter(pk=job.pk).update(tell_at=job.due_at, tell_attempts=job.attempts)


class Migration(migrations.Migration):
    dependencies = [("personalization", "0006_render_jobs")]

    operations = [migrations.RunPython(carry, carry_back)]
