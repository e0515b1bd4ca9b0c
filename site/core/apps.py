from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from .worker.lifeline import take_up_lifeline
        from .worker.schedules import ensure_beat_schedule
        from .worker.signs import leave_signs_of_life

        leave_signs_of_life()
        take_up_lifeline()
        post_migrate.connect(ensure_beat_schedule, sender=self, dispatch_uid="core.beat_schedule")
