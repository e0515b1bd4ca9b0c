"""What people and groups may do, and whether one may do all that another may."""

from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission, User
from django.db.models import Q
from wagtail.models import GroupCollectionPermission, GroupPagePermission

# A permission on a page or collection, and so on all below it, by treebeard's path.
Place = tuple[str, int]


@dataclass(frozen=True, kw_only=True)
class Rights:
    """Ids of permissions on models, and permissions on places in the trees of pages and collections."""

    everything: bool = False
    models: frozenset[int] = frozenset()
    pages: frozenset[Place] = frozenset()
    collections: frozenset[Place] = frozenset()

    def cover(self, others: "Rights") -> bool:
        """Whether nothing in the others' rights is missing here."""
        if self.everything or others.everything:
            return self.everything
        return (
            others.models <= self.models
            and _reach(self.pages, others.pages)
            and _reach(self.collections, others.collections)
        )


def rights_of(user: User) -> Rights:
    """What somebody may do, by their groups and by permissions of their own; whether active or not."""
    if user.is_superuser:
        return Rights(everything=True)
    return _rights(Q(group__user=user) | Q(user=user), Q(group__user=user))


def rights_of_group(group: Group) -> Rights:
    """What the members of a group may do."""
    return _rights(Q(group=group), Q(group=group))


def groups_within(rights: Rights) -> list[Group]:
    """The groups that give nothing beyond these rights."""
    return [group for group in Group.objects.all() if rights.cover(rights_of_group(group))]


def _rights(on_models: Q, on_places: Q) -> Rights:
    pages = GroupPagePermission.objects.filter(on_places).values_list("page__path", "permission")
    collections = GroupCollectionPermission.objects.filter(on_places)
    return Rights(
        models=frozenset(Permission.objects.filter(on_models).values_list("pk", flat=True)),
        pages=frozenset(pages),
        collections=frozenset(collections.values_list("collection__path", "permission")),
    )


def _reach(own: frozenset[Place], wanted: frozenset[Place]) -> bool:
    return all(
        any(path.startswith(root) and permission == each for root, each in own) for path, permission in wanted
    )
