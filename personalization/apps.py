from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PersonalizationConfig(AppConfig):
    name = "personalization"

    def ready(self):
        from .schedules import ensure_sweep_schedule

        post_migrate.connect(
            ensure_sweep_schedule, sender=self, dispatch_uid="personalization.sweep_schedule"
        )
