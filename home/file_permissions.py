"""Who may delete pictures and documents.

Wagtail lets whoever may change a file delete it as well, so that a group's right to delete has no
effect. Pages, orders and e-mails show pictures: here deleting one takes that right, or being who uploaded it.
"""

from collections.abc import Collection
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Model, Q, QuerySet
from wagtail.documents import get_document_model
from wagtail.documents import permissions as document_permissions
from wagtail.images import permissions as image_permissions
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy


class FilePermissionPolicy(CollectionOwnershipPermissionPolicy):
    """As Wagtail's own, but for deleting."""

    def user_has_permission(self, user: AbstractBaseUser, action: str) -> bool:
        if action == "delete":
            return self._check_perm(user, ["add", "delete"])
        return super().user_has_permission(user, action)

    def user_has_any_permission_for_instance(
        self, user: AbstractBaseUser, actions: Collection[str], instance: Model
    ) -> bool:
        others = set(actions) - {"delete"}
        if others and super().user_has_any_permission_for_instance(user, others, instance):
            return True
        return "delete" in actions and self._may_delete(user, instance)

    def instances_user_has_any_permission_for(
        self, user: AbstractBaseUser, actions: Collection[str]
    ) -> QuerySet[Any]:
        others = set(actions) - {"delete"}
        if "delete" not in actions or not user.is_authenticated or (user.is_active and user.is_superuser):
            return super().instances_user_has_any_permission_for(user, actions)
        deletable = Q(collection__in=self._collections_with_perm(user, ["delete"])) | Q(
            collection__in=self._collections_with_perm(user, ["add"]), **{self.owner_field_name: user}
        )
        found = self.model._default_manager.filter(deletable)
        return found | super().instances_user_has_any_permission_for(user, others) if others else found

    def _may_delete(self, user: AbstractBaseUser, instance: Model) -> bool:
        owns = getattr(instance, self.owner_field_name) == user
        needed = ["delete", "add"] if owns else ["delete"]
        return self._check_perm(user, needed, collection=instance.collection)


def install() -> None:
    """Puts the policies in the place of Wagtail's, before any view has taken them from there; Wagtail has no
    setting for that.
    """
    for module in (image_permissions, document_permissions):
        theirs = module.permission_policy
        module.permission_policy = FilePermissionPolicy(
            theirs.model if module is image_permissions else get_document_model(),
            auth_model=theirs.auth_model,
            owner_field_name=theirs.owner_field_name,
        )
