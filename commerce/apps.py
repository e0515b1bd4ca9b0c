from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CommerceConfig(AppConfig):
    name = "commerce"
    verbose_name = _("Commerce")

    def ready(self):
        from . import receivers  # noqa: F401
        from .schedules import create_schedules

        post_migrate.connect(create_schedules, sender=self, dispatch_uid="commerce.schedules")
