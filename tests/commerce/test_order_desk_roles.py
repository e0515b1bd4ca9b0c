"""Which role may open and do what at the order desk; the groups that the migration makes."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.test import RequestFactory
from django.urls import reverse
from wagtail.admin.menu import admin_menu
from wagtail.models import GroupPagePermission

from commerce.desk.roles import (
    ADMINISTRATORS,
    CATALOGUE_EDITORS,
    MERCHANDISERS,
    ORDER_DESK,
)
from commerce.models import OutgoingEmail
from tests.commerce.desk import make_order_with_project, staff_of
from tests.factories.staff import install_roles, remove_roles
from tests.sharing import shared_rows

pytestmark = pytest.mark.django_db

ROLES = (CATALOGUE_EDITORS, MERCHANDISERS, ORDER_DESK, ADMINISTRATORS)
DESK = {ORDER_DESK, ADMINISTRATORS}
SHOP_URLS = {
    "order_desk:index": "get",
    "order_desk:index_results": "get",
    "order_desk:inspect": "get",
    "order_desk:emails": "get",
    "order_desk:connect": "get",
    "order_desk:doctor": "get",
    "order_desk:release_all": "get",
    "order_desk:release": "get",
    "order_desk:cancel": "get",
    "order_desk:note": "post",
    "order_desk:send_again": "post",
    "order_desk:tell_shopper": "post",
    "order_desk:ask_hub": "get",
    "order_desk:replace_file": "get",
    "order_desk:repair": "post",
    "order_desk:file": "get",
    "failed_renders:index": "get",
    "failed_renders:index_results": "get",
    "wagtail_bulk_action retry": "get",
    "wagtail_bulk_action release": "get",
    "wagtail_bulk_action export": "get",
    "wagtail_bulk_action cancel": "get",
}


@pytest.fixture(autouse=True, scope="module")
def roles(django_db_setup, django_db_blocker):
    """Also after a test that emptied the database."""
    with shared_rows(django_db_blocker):
        install_roles()
        yield


@pytest.fixture
def address():
    """Builds the address of a name for one order with a failed project, a file and an e-mail."""
    order, project = make_order_with_project()
    done, ready = make_order_with_project("ready")
    file = ready.files.create(artifact_id="a", name="a.pdf", content_type="application/pdf", size=1)
    email = OutgoingEmail.objects.create(order=order, kind="confirmation")
    arguments = {
        "order_desk:inspect": [order.pk],
        "order_desk:release": [order.pk],
        "order_desk:cancel": [order.pk],
        "order_desk:note": [order.pk],
        "order_desk:tell_shopper": [order.pk],
        "order_desk:send_again": [order.pk, email.pk],
        "order_desk:ask_hub": [order.pk, project.pk],
        "order_desk:replace_file": [order.pk, project.pk],
        "order_desk:repair": [order.pk, project.pk, "recreate"],
        "order_desk:file": [done.pk, file.pk],
    }

    def build(name: str) -> str:
        if name.startswith("wagtail_bulk_action"):
            action = name.split()[1]
            return reverse("wagtail_bulk_action", args=["commerce", "order", action]) + f"?id={order.pk}"
        return reverse(name, args=arguments.get(name, []))

    return build


def is_refused(answer) -> bool:
    """Wagtail sends who may not back to the admin's home; a bulk action shows nothing to act on."""
    if answer.status_code == 302:
        return answer.url == reverse("wagtailadmin_home")
    return answer.status_code == 200 and b"You do not have the permission to do this" in answer.content


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", SHOP_URLS)
def test_the_desk_is_for_the_desk_and_administrators(role, name, address):
    client = staff_of(role)

    answer = getattr(client, SHOP_URLS[name])(address(name))

    assert is_refused(answer) == (role not in DESK)
    assert answer.status_code in (200, 302)


@pytest.mark.parametrize("name", SHOP_URLS)
def test_the_public_is_asked_to_log_in(client, name, address):
    answer = getattr(client, SHOP_URLS[name])(address(name))
    assert answer.status_code == 302
    assert "login" in answer.url


def test_who_may_only_look_is_offered_nothing_to_press(address):
    looker = staff_of()
    codes = Permission.objects.filter(codename__in=["access_admin", "view_order"])
    looker.user.user_permissions.set(codes)

    html = looker.get(address("order_desk:inspect")).content.decode()

    for name in ("repair", "replace_file", "note", "cancel", "send_again", "tell_shopper"):
        assert address(f"order_desk:{name}") not in html
        assert is_refused(getattr(looker, SHOP_URLS[f"order_desk:{name}"])(address(f"order_desk:{name}")))
    assert "data-bulk-action" not in looker.get(address("order_desk:index")).content.decode()


@pytest.mark.parametrize(
    ("role", "may_publish"), [(CATALOGUE_EDITORS, False), (MERCHANDISERS, True), (ADMINISTRATORS, True)]
)
def test_editors_write_and_merchandisers_publish(role, may_publish):
    codes = set(
        GroupPagePermission.objects.filter(group__name=role).values_list("permission__codename", flat=True)
    )
    assert {"add_page", "change_page"} <= codes
    assert ("publish_page" in codes) is may_publish


@pytest.mark.parametrize("role", ROLES)
def test_administrators_alone_manage_collections(role):
    answer = staff_of(role).get(reverse("wagtailadmin_collections:index"))
    assert is_refused(answer) == (role != ADMINISTRATORS)


@pytest.mark.parametrize("role", ROLES)
def test_the_menu_leads_nobody_to_products_that_they_may_not_see(role):
    client, products = staff_of(role), reverse("products:index")
    menu = {item.url for item in admin_menu.menu_items_for_request(request_of(client))}
    assert (products in menu) is (not is_refused(client.get(products)))


def request_of(client):
    request = RequestFactory().get(reverse("wagtailadmin_home"))
    request.user = client.user
    return request


def test_the_order_desk_touches_no_pages():
    assert not GroupPagePermission.objects.filter(group__name=ORDER_DESK).exists()


@pytest.mark.parametrize("role", ROLES)
def test_only_administrators_manage_people(role):
    answer = staff_of(role).get(reverse("wagtailusers_users:index"))
    assert (answer.status_code == 200) is (role == ADMINISTRATORS)


@pytest.mark.parametrize("role", ROLES)
def test_every_role_opens_the_admin(role):
    assert staff_of(role).get(reverse("wagtailadmin_home")).status_code == 200


def rights() -> set:
    groups = Group.objects.filter(name__in=ROLES)
    return {
        *groups.values_list("name", "permissions__codename"),
        *GroupPagePermission.objects.filter(group__in=groups).values_list("group__name", "permission"),
    }


def test_the_roles_are_made_once_however_often_the_migration_runs():
    before = rights()
    install_roles()
    assert rights() == before
    assert Group.objects.filter(name__in=ROLES).count() == 4


def test_the_roles_can_be_removed_and_made_again():
    before = rights()
    remove_roles()
    assert not Group.objects.filter(name__in=ROLES).exists()
    install_roles()
    assert rights() == before


def test_what_a_shop_has_added_to_a_role_stays():
    group = Group.objects.get(name=ORDER_DESK)
    extra = Permission.objects.get(codename="add_redirect")
    group.permissions.add(extra)
    install_roles()
    assert extra in group.permissions.all()


def test_a_permission_that_does_not_exist_yet_is_made():
    """Django makes permissions only after the last migration of a new database."""
    Permission.objects.filter(codename="see_webhook_secret").delete()
    install_roles()
    found = Permission.objects.get(codename="see_webhook_secret")
    assert found.content_type == ContentType.objects.get(app_label="commerce", model="order")
