from django.apps import AppConfig
from django.core.checks import register


class PersonalizationConfig(AppConfig):
    name = "personalization"

    def ready(self):
        from .checks import check_hub_settings

        register(check_hub_settings)
