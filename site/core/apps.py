from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from .worker.lifeline import take_up_lifeline
        from .worker.schedules import ensure_beat_schedule
        from .worker.signs import leave_signs_of_life

        leave_signs_of_life()
        take_up_lifeline()
        # Django sends none for an app without models, as this one is.
        queue = apps.get_app_config("django_q")
        post_migrate.connect(ensure_beat_schedule, sender=queue, dispatch_uid="core.beat_schedule")
