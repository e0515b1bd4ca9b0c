from django.apps import AppConfig
from django.db.models.signals import post_migrate


class HomeConfig(AppConfig):
    name = "home"

    def ready(self):
        from . import receivers  # noqa: F401
        from .schedules import ensure_beat_schedule
        from .worker.lifeline import take_up_lifeline
        from .worker.signs import leave_signs_of_life

        leave_signs_of_life()
        take_up_lifeline()
        post_migrate.connect(ensure_beat_schedule, sender=self, dispatch_uid="home.beat_schedule")
