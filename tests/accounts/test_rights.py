"""Nobody gives rights that they lack, or takes over an account that has more."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from commerce.desk.roles import ADMINISTRATORS, MERCHANDISERS
from tests.commerce.desk import staff_of
from tests.factories.staff import install_roles

pytestmark = pytest.mark.django_db

NEW_PASSWORD = "ink-and-paper-74"
NOTHING = {
    f"{prefix}-{key}": "0"
    for prefix in ("page_permissions", "collection_permissions", "image_permissions", "document_permissions")
    for key in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")
} | {
    f"{prefix}-MAX_NUM_FORMS": "1000"
    for prefix in ("page_permissions", "collection_permissions", "image_permissions", "document_permissions")
}


@pytest.fixture(autouse=True)
def roles(db):
    install_roles()


@pytest.fixture
def administrator():
    return staff_of(ADMINISTRATORS, email="adam@example.com", first_name="Adam", last_name="A")


@pytest.fixture
def boss():
    return User.objects.create_superuser(
        "boss", "boss@example.com", "old-secret", first_name="B", last_name="B"
    )


@pytest.fixture
def ben():
    return User.objects.create_user("ben", "ben@example.com", "old-secret", first_name="Ben", last_name="B")


@pytest.fixture
def stronger():
    """A group with one right on models that administrators lack."""
    group = Group.objects.create(name="Developers")
    group.permissions.add(Permission.objects.get(codename="delete_session"))
    return group


def typed(user, **values):
    fields = {name: getattr(user, name) for name in ("username", "email", "first_name", "last_name")}
    return fields | {"is_active": "on", "groups": []} | values


def edit(client, user, **values):
    return client.post(reverse("wagtailusers_users:edit", args=[user.pk]), typed(user, **values))


def bulk(client, action, *users, **values):
    address = reverse("wagtail_bulk_action", args=["auth", "user", action])
    return client.post(f"{address}?{'&'.join(f'id={user.pk}' for user in users)}", values)


# Users


def test_an_administrator_changes_a_colleague_as_before(administrator, ben):
    role = Group.objects.get(name=MERCHANDISERS)
    edit(
        administrator,
        ben,
        first_name="Benjamin",
        groups=[role.pk],
        password1=NEW_PASSWORD,
        password2=NEW_PASSWORD,
    )
    ben.refresh_from_db()
    assert (ben.first_name, ben.check_password(NEW_PASSWORD), [*ben.groups.all()]) == (
        "Benjamin",
        True,
        [role],
    )


def test_an_administrator_sets_no_password_of_a_superuser(administrator, boss):
    edit(administrator, boss, password1=NEW_PASSWORD, password2=NEW_PASSWORD, email="adam@example.com")
    boss.refresh_from_db()
    assert (boss.check_password("old-secret"), boss.email) == (True, "boss@example.com")


def test_nor_of_a_colleague_with_a_right_that_is_missing_here(administrator, ben, stronger):
    ben.groups.add(stronger)
    edit(administrator, ben, password1=NEW_PASSWORD, password2=NEW_PASSWORD, groups=[stronger.pk])
    ben.refresh_from_db()
    assert ben.check_password("old-secret")


def test_nobody_becomes_superuser_by_a_member_of_staff(administrator, ben):
    edit(administrator, ben, is_superuser="on")
    administrator.post(
        reverse("wagtailusers_users:add"),
        typed(
            User(username="new", email="new@example.com", first_name="N", last_name="N"),
            is_superuser="on",
            password1=NEW_PASSWORD,
            password2=NEW_PASSWORD,
        ),
    )
    assert User.objects.filter(username="new").exists()
    assert not User.objects.filter(is_superuser=True).exists()


def test_nobody_gives_a_group_with_more_rights_to_others_or_themselves(administrator, ben, stronger):
    for user in (ben, administrator.user):
        edit(administrator, user, groups=[stronger.pk])
        bulk(administrator, "assign_role", user, role=stronger.pk)
    assert not stronger.user_set.exists()


@pytest.mark.parametrize(
    ("action", "values"), [("delete", {}), ("set_active_state", {"mark_as_active": "False"})]
)
def test_bulk_actions_spare_who_has_more_rights(administrator, boss, ben, stronger, action, values):
    ben.groups.add(stronger)
    bulk(administrator, action, boss, ben, **values)
    assert User.objects.filter(pk__in=[boss.pk, ben.pk], is_active=True).count() == 2


def test_nor_does_a_single_deletion_reach_them(administrator, ben, stronger):
    ben.groups.add(stronger)
    administrator.post(reverse("wagtailusers_users:delete", args=[ben.pk]))
    assert User.objects.filter(pk=ben.pk).exists()


def test_a_bulk_action_on_equals_works(administrator, ben):
    role = Group.objects.get(name=MERCHANDISERS)
    bulk(administrator, "assign_role", ben, role=role.pk)
    assert [*ben.groups.all()] == [role]


def test_the_forms_offer_what_can_be_given(administrator, ben, stronger):
    own = Group.objects.get(name=ADMINISTRATORS)
    for name, arguments in (("users:add", []), ("users:edit", [ben.pk])):
        fields = administrator.get(reverse(f"wagtailusers_{name}", args=arguments)).context["form"].fields
        assert "is_superuser" not in fields
        assert (own in fields["groups"].queryset, stronger in fields["groups"].queryset) == (True, False)
    for name, arguments in (("groups:add", []), ("groups:edit", [own.pk])):
        fields = administrator.get(reverse(f"wagtailusers_{name}", args=arguments)).context["form"].fields
        assert not fields["permissions"].queryset.filter(codename="add_locale").exists()


def test_a_superuser_gives_everything(admin_client, ben):
    edit(admin_client, ben, is_superuser="on")
    ben.refresh_from_db()
    assert ben.is_superuser


# Groups


def save_group(client, group, **values):
    name = "edit" if group.pk else "add"
    address = reverse(f"wagtailusers_groups:{name}", args=[group.pk] if group.pk else [])
    return client.post(address, NOTHING | {"name": group.name, "permissions": []} | values)


def test_an_administrator_makes_a_group_within_their_rights(administrator):
    may = Permission.objects.get(codename="view_order")
    save_group(administrator, Group(name="Lookers"), permissions=[may.pk])
    assert [*Group.objects.get(name="Lookers").permissions.all()] == [may]


def test_no_group_gets_a_right_that_its_maker_lacks(administrator):
    beyond = Permission.objects.get(codename="add_locale")
    own = Group.objects.get(name=ADMINISTRATORS)
    before = own.permissions.count()
    save_group(administrator, Group(name="New"), permissions=[beyond.pk])
    save_group(administrator, own, permissions=[beyond.pk])
    assert not Group.objects.filter(name="New").exists()
    assert own.permissions.count() == before
    assert not Group.objects.filter(permissions=beyond).exists()


def test_rights_on_pages_and_collections_count_where_they_are(db):
    clerk = staff_of("nobody", email="c@example.com")
    half = Group.objects.create(name="Half")
    clerk.user.groups.add(half)
    for codename in ("access_admin", "add_group", "change_group"):
        half.permissions.add(Permission.objects.get(codename=codename))
    root, home = Page.objects.get(depth=1), Page.objects.get(depth=2)
    change = Permission.objects.get(codename="change_page")
    GroupPagePermission.objects.create(group=half, page=home, permission=change)

    def with_page(page):
        return {
            "page_permissions-TOTAL_FORMS": "1",
            "page_permissions-0-page": str(page.pk),
            "page_permissions-0-permissions": ["change_page"],
        }

    answer = save_group(clerk, Group(name="Wider"), **with_page(root))
    assert "only the rights that you have yourself" in answer.content.decode()
    assert not Group.objects.filter(name="Wider").exists()

    save_group(clerk, Group(name="Same"), **with_page(home))
    assert Group.objects.get(name="Same").page_permissions.get().page_id == home.pk


def test_a_group_with_more_rights_is_neither_changed_nor_deleted(administrator, stronger):
    save_group(administrator, stronger)
    administrator.post(reverse("wagtailusers_groups:delete", args=[stronger.pk]))
    assert stronger.permissions.count() == 1

    top = Collection.objects.get(depth=1)
    pictures = Group.objects.create(name="Pictures")
    any_right = Permission.objects.get(codename="delete_session")
    GroupCollectionPermission.objects.create(group=pictures, collection=top, permission=any_right)
    administrator.post(reverse("wagtailusers_groups:delete", args=[pictures.pk]))
    assert Group.objects.filter(pk=pictures.pk).exists()


@pytest.mark.parametrize("address", ["wagtailusers_users:add", "wagtailusers_users:edit"])
def test_the_tick_for_every_right_is_not_named_like_a_group(client, boss, ben, address):
    client.force_login(boss)

    form = client.get(reverse(address, args=[ben.pk] if address.endswith("edit") else [])).context["form"]

    assert form.fields["is_superuser"].label == "Superuser"
    assert "Members of the group Administrators do not need it." in form.fields["is_superuser"].help_text
    assert form.fields["is_superuser"].label not in set(Group.objects.values_list("name", flat=True))
