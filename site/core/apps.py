from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from .exports import make_exports_safe
        from .schedules.rows import write_rows
        from .worker import schedules  # noqa: F401
        from .worker.lifeline import take_up_lifeline
        from .worker.signs import leave_signs_of_life

        make_exports_safe()
        leave_signs_of_life()
        take_up_lifeline()
        autodiscover_modules("schedules")
        # django-q's, because an app without models is sent no signal.
        queue = apps.get_app_config("django_q")
        post_migrate.connect(write_rows, sender=queue, dispatch_uid="core.schedules")
