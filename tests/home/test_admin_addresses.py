"""Addresses of Wagtail's admin that failed without what comes before them, or answered all of the staff."""

import re

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import GroupApprovalTask

from commerce.desk.roles import ADMINISTRATORS, ORDER_DESK
from tests.factories.staff import install_roles

pytestmark = pytest.mark.django_db

START, PROCESS = "/admin/redirects/import/", "/admin/redirects/import/process/"


def log_in(client, role: str) -> None:
    install_roles()
    user = User.objects.create_user("clara", "clara@example.com")
    user.groups.add(Group.objects.get(name=role))
    client.force_login(user)


def begun_import(client) -> dict[str, str]:
    """What the first step's page would send to the second one."""
    file = SimpleUploadedFile(
        "redirects.csv", b"from,to\n/old/,https://shop.example/new/\n", content_type="text/csv"
    )
    page = client.post(START, {"import_file": file}).text
    handed_on = dict(re.findall(r'name="(import_file_name|input_format)" value="([^"]+)"', page))
    assert set(handed_on) == {"import_file_name", "input_format"}
    return handed_on | {"from_index": "0", "to_index": "1", "permanent": "on"}


@pytest.mark.parametrize(
    "sent",
    [{}, {"import_file_name": ""}, {"import_file_name": "/etc/passwd", "input_format": "0"}],
    ids=["nothing", "empty", "not signed"],
)
def test_an_import_that_nobody_began_leads_to_its_first_step(client, sent):
    log_in(client, ADMINISTRATORS)

    answer = client.post(PROCESS, sent, follow=True)

    assert answer.redirect_chain == [(START, 302)]
    assert "Please choose the file again." in answer.text


def test_so_does_the_address_typed_into_the_browser(client):
    log_in(client, ADMINISTRATORS)
    assert client.get(PROCESS).url == START


def test_an_import_works_once_and_sent_again_leads_to_its_first_step(client):
    log_in(client, ADMINISTRATORS)
    form = begun_import(client)

    assert client.post(PROCESS, form).url == reverse("wagtailredirects:index")
    assert client.post(PROCESS, form).url == START
    assert list(Redirect.objects.values_list("old_path", "redirect_link")) == [
        ("/old", "https://shop.example/new/")
    ]


def test_the_order_desk_makes_no_tasks_of_workflows(client):
    log_in(client, ORDER_DESK)
    tasks = GroupApprovalTask.objects.count()
    address = reverse("wagtailadmin_workflows:task_chooser_create")

    assert client.post(address, {"create-task-name": "Mine"}).url == "/admin/"
    assert client.get(address, headers={"x-requested-with": "XMLHttpRequest"}).status_code == 403
    assert GroupApprovalTask.objects.count() == tasks


def test_who_changes_workflows_chooses_tasks(client):
    log_in(client, ADMINISTRATORS)
    chooser = reverse("wagtailadmin_workflows:task_chooser")
    assert client.get(chooser, headers={"x-requested-with": "XMLHttpRequest"}).json()["step"] == "chooser"
