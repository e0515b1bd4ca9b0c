"""Who may do what at the order desk."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from wagtail.permission_policies import ModelPermissionPolicy

# See orders, print files, failed renders and the e-mails that shoppers get.
SEE_ORDERS = "commerce.view_order"
# Everything that moves an order on: retry, replace, resend, note, release, cancel.
WORK_ON_ORDERS = "commerce.change_order"
# Read the secret that the Hub's pipelines send along.
SEE_WEBHOOK_SECRET = "commerce.see_webhook_secret"  # noqa: S105 - a permission's name

View = Callable[..., HttpResponse]


class ReadOnlyPolicy(ModelPermissionPolicy):
    """Lets nobody, not even an administrator, add, change or delete rows; who sees orders sees them."""

    def user_has_permission(self, user, action):
        return action == "view" and user.has_perm(SEE_ORDERS)

    def user_has_any_permission(self, user, actions):
        return "view" in actions and self.user_has_permission(user, "view")

    def users_with_any_permission(self, actions, include_superusers=True):
        return super().users_with_any_permission({"view"} & set(actions), include_superusers)


def needs(permission: str) -> Callable[[View], View]:
    """Decorator of an admin view: refuses users without the permission, as Wagtail's own views do."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not request.user.has_perm(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return checked

    return decorate
