from django.apps import AppConfig
from django.core.checks import register
from django.db.models.signals import post_migrate


class PersonalizationConfig(AppConfig):
    name = "personalization"

    def ready(self):
        from .checks import check_hub_settings
        from .schedules import ensure_sweep_schedule

        register(check_hub_settings)
        post_migrate.connect(
            ensure_sweep_schedule, sender=self, dispatch_uid="personalization.sweep_schedule"
        )
