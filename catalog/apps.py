from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CatalogConfig(AppConfig):
    name = "catalog"

    def ready(self):
        from . import receivers  # noqa: F401
        from .schedules import create_schedules

        post_migrate.connect(create_schedules, sender=self, dispatch_uid="catalog.schedules")
