from django.apps import AppConfig
from django.core.checks import register


class HomeConfig(AppConfig):
    name = "home"

    def ready(self):
        from . import file_permissions, receivers  # noqa: F401
        from .accounts import receivers as accounts_receivers  # noqa: F401
        from .checks import check_parents

        file_permissions.install()
        register(check_parents)
