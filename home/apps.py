from django.apps import AppConfig
from django.core.checks import register
from wagtail.users.apps import WagtailUsersAppConfig


class HomeConfig(AppConfig):
    name = "home"
    default = True

    def ready(self):
        from . import file_permissions, receivers  # noqa: F401
        from .accounts import receivers as accounts_receivers  # noqa: F401
        from .checks import check_parents

        file_permissions.install()
        register(check_parents)


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's app of users and groups, with the shop's views."""

    user_viewset = "home.accounts.viewsets.UserViewSet"
    group_viewset = "home.accounts.viewsets.GroupViewSet"
