"""What each button of the order desk does, what it says, and what it leaves alone."""

import io
import json
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from commerce.desk.roles import ORDER_DESK
from commerce.models import Order, OrderEvent, OrderNote, OutgoingEmail
from commerce.services.orders import release_for_production
from personalization.models import ProjectEvent, RenderJob, RenderProject
from personalization.rendering import services
from tests.commerce.desk import make_order_with_project, staff_of, told
from tests.factories.commerce import make_cart_design, make_order
from tests.factories.personalization import make_storefront_user
from tests.factories.staff import install_roles

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(db):
    install_roles()
    return staff_of(ORDER_DESK)


@pytest.fixture
def dead_hub(settings):
    """Nobody listens there."""
    settings.CCHUB = {**settings.CCHUB, "BASEURL": "http://127.0.0.1:9", "API_URL": "http://127.0.0.1:9"}


def press(client, name: str, *arguments, **values):
    return client.post(reverse(f"order_desk:{name}", args=arguments), values, follow=True)


def pdf(pages: int = 1) -> bytes:
    document, content = pikepdf.new(), io.BytesIO()
    for _page in range(pages):
        document.add_blank_page()
    document.save(content)
    return content.getvalue()


def upload(content: bytes, name: str = "manual file.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


# ——— Restart, resume, recreate ———


def test_recreate_gives_up_the_hubs_project_and_is_signed(desk):
    order, project = make_order_with_project()
    first = project.hub_project_id

    answer = press(desk, "repair", order.pk, project.pk, "recreate")

    project.refresh_from_db()
    assert (project.status, project.hub_project_id) == ("waiting", None)
    assert project.abandoned_hub_projects == [first]
    assert ProjectEvent.objects.get(project=project, from_status="failed").actor == f"user:{desk.user.pk}"
    assert f"{project.line_id} is on its way again" in told(answer)


@pytest.mark.parametrize("repair", ["restart", "resume"])
def test_restart_and_resume_let_the_hub_render_the_same_project_again(desk, sandbox, repair):
    sandbox.control.set_speed(0)
    owner = make_storefront_user()
    state = sandbox.control.add_design(owner.hub_id, "classic-business-cards")
    design = make_cart_design(owner, state_ids=[state], product_reference="classic-business-cards")
    order = make_order(owner=owner, designs=[design])
    release_for_production(order)
    project = RenderProject.objects.get(order_id=order.code)
    sandbox.control.trouble("fail")
    services.advance(project.pk)
    sandbox.control.complete_all()
    services.advance(project.pk)
    project.refresh_from_db()
    assert project.status == "failed"

    press(desk, "repair", order.pk, project.pk, repair)

    before = project.hub_project_id
    project.refresh_from_db()
    assert (project.status, project.hub_project_id) == ("rendering", before)
    assert len(sandbox.control.calls_to(f"projects.{repair}")) == 1


def test_a_hub_that_is_down_is_told_calmly_and_nothing_changes(desk, dead_hub):
    order, project = make_order_with_project()

    answer = press(desk, "repair", order.pk, project.pk, "restart")

    assert "The Hub does not answer properly now" in told(answer)
    project.refresh_from_db()
    assert project.status == "failed"


@pytest.mark.parametrize("repair", ["restart", "resume", "recreate"])
def test_a_project_that_has_not_failed_is_left_alone(desk, dead_hub, repair):
    order, project = make_order_with_project("rendering")

    answer = press(desk, "repair", order.pk, project.pk, repair)

    assert told(answer).startswith("This line does not wait for a repair any more")
    project.refresh_from_db()
    assert project.status == "rendering"


@pytest.mark.parametrize("repair", ["restart", "resume"])
def test_what_never_came_to_the_hub_can_only_be_recreated(desk, dead_hub, repair):
    order, project = make_order_with_project(hub_project_id=None)
    answer = press(desk, "repair", order.pk, project.pk, repair)
    assert told(answer) == "The Hub has no project of this line. Recreate it instead."


@pytest.mark.parametrize("name", ["repair", "ask_hub", "replace_file"])
def test_another_orders_project_is_not_found(desk, name):
    _order, project = make_order_with_project()
    other = make_order()
    arguments = [other.pk, project.pk, *(["recreate"] if name == "repair" else [])]

    assert desk.post(reverse(f"order_desk:{name}", args=arguments)).status_code in (404, 405)
    if name != "repair":
        assert desk.get(reverse(f"order_desk:{name}", args=arguments)).status_code == 404
    project.refresh_from_db()
    assert project.status == "failed"


def test_there_is_no_other_repair(desk):
    order, project = make_order_with_project()
    address = reverse("order_desk:repair", args=[order.pk, project.pk, "delete"])
    assert desk.post(address).status_code == 404


@pytest.mark.parametrize("name", ["note", "tell_shopper", "send_again", "repair"])
def test_looking_at_the_address_of_a_button_does_nothing(desk, name):
    order, project = make_order_with_project()
    email = OutgoingEmail.objects.create(
        order=order, kind="confirmation", sent_at=timezone.now(), status="done"
    )
    more = {"send_again": [email.pk], "repair": [project.pk, "recreate"]}

    answer = desk.get(reverse(f"order_desk:{name}", args=[order.pk, *more.get(name, [])]), follow=True)

    assert answer.redirect_chain == [(reverse("order_desk:inspect", args=[order.pk]), 302)]
    assert told(answer) == "Nothing has been done yet. Please press the button once more."
    assert not OrderNote.objects.exists()
    project.refresh_from_db()
    email.refresh_from_db()
    assert (project.status, email.resent) == ("failed", 0)


def test_a_button_pressed_after_the_session_ended_leads_back_to_the_order(desk):
    order, _project = make_order_with_project()
    address = reverse("order_desk:note", args=[order.pk])
    desk.logout()

    login = desk.post(address, {"text": "Too late"}, follow=True)
    [asked] = [url for url, _status in login.redirect_chain if "next=" in url][-1:]
    desk.force_login(desk.user)
    answer = desk.get(parse_qs(urlsplit(asked).query)["next"][0], follow=True)

    assert answer.redirect_chain[-1][0] == reverse("order_desk:inspect", args=[order.pk])
    assert not OrderNote.objects.exists()


# ——— Manual files ———


def test_a_failed_line_becomes_ready_with_the_file_that_staff_bring(desk):
    order, project = make_order_with_project()

    answer = press(
        desk, "replace_file", order.pk, project.pk, upload=upload(pdf()), reason="Font outlined by hand"
    )

    project.refresh_from_db()
    order.refresh_from_db()
    [file] = project.files.all()
    assert (project.status, order.status) == ("ready", "completed")
    assert (file.name, file.content_type) == (f"{project.line_id}-manual_file.pdf", "application/pdf")
    assert file.file.size == file.size > 0
    event = ProjectEvent.objects.get(project=project, to_status="ready")
    assert (event.actor, event.reason) == (f"user:{desk.user.pk}", "Manual file: Font outlined by hand")
    assert "Font outlined by hand" in OrderNote.objects.get(order=order).text
    assert "The file is in place" in told(answer)


def test_a_line_that_the_hub_never_took_takes_a_manual_file(desk):
    order, project = make_order_with_project(hub_project_id=None)
    press(desk, "replace_file", order.pk, project.pk, upload=upload(pdf()), reason="Made by hand")
    project.refresh_from_db()
    assert (project.status, project.hub_project_id) == ("ready", None)


def test_a_ready_file_is_replaced_and_its_content_is_gone(desk, django_capture_on_commit_callbacks):
    order, project = make_order_with_project()
    press(desk, "replace_file", order.pk, project.pk, upload=upload(pdf(), "first.pdf"), reason="First")
    first = project.files.get()

    with django_capture_on_commit_callbacks(execute=True):
        press(
            desk,
            "replace_file",
            order.pk,
            project.pk,
            upload=upload(pdf(2), "second.pdf"),
            replaces=first.pk,
            reason="Second",
        )

    [second] = project.files.all()
    assert second.name == f"{project.line_id}-second.pdf"
    assert not first.file.storage.exists(first.file.name)
    assert ProjectEvent.objects.filter(project=project, to_status="ready").count() == 1
    assert OrderNote.objects.latest("pk").text == (
        f"Replaced the print file {project.line_id}-first.pdf by {project.line_id}-second.pdf: Second"
    )


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"not a pdf", "a.pdf", "did not pass the check"),
        (b"MZ", "a.exe", "Upload a file of one of these kinds"),
    ],
)
def test_a_file_that_fails_the_check_changes_nothing(desk, content, name, words):
    order, project = make_order_with_project()

    answer = press(desk, "replace_file", order.pk, project.pk, upload=upload(content, name), reason="Try")

    assert words in answer.content.decode()
    project.refresh_from_db()
    assert (project.status, project.files.count()) == ("failed", 0)
    assert not OrderNote.objects.exists()


def test_a_file_of_another_size_than_the_product_is_refused_like_one_of_the_hub(desk):
    order, project = make_order_with_project(expected_width_mm=85, expected_height_mm=55)
    answer = press(desk, "replace_file", order.pk, project.pk, upload=upload(pdf()), reason="Try")
    assert "it should be 85.0 × 55.0 mm" in answer.content.decode()
    assert project.files.count() == 0


def test_files_with_too_many_pages_are_refused_like_those_of_the_hub(desk):
    order, project = make_order_with_project(expected_pages=1)
    answer = press(desk, "replace_file", order.pk, project.pk, upload=upload(pdf(2)), reason="Try")
    assert "2 pages together; there should be 1" in answer.content.decode()
    project.refresh_from_db()
    assert (project.status, project.files.count()) == ("failed", 0)


def test_a_reason_is_asked_for(desk):
    order, project = make_order_with_project()
    answer = press(desk, "replace_file", order.pk, project.pk, upload=upload(pdf()))
    assert "Write why" in answer.content.decode()
    assert project.files.count() == 0


def test_nothing_is_replaced_while_the_hub_is_at_work(desk):
    order, project = make_order_with_project("rendering")
    answer = press(desk, "replace_file", order.pk, project.pk, upload=upload(pdf()), reason="Too early")
    assert "The Hub is at work on this file" in answer.content.decode()
    assert project.files.count() == 0


def test_staff_download_what_the_shopper_gets(desk):
    order, project = make_order_with_project()
    press(desk, "replace_file", order.pk, project.pk, upload=upload(pdf()), reason="By hand")
    file = project.files.get()

    answer = desk.get(reverse("order_desk:file", args=[order.pk, file.pk]), follow=True)

    assert b"".join(answer.streaming_content) == file.file.open().read()
    assert desk.get(reverse("order_desk:file", args=[make_order().pk, file.pk])).status_code == 404


# ——— Notes and e-mails ———


def test_a_note_is_part_of_the_timeline_and_not_of_the_shoppers_page(desk):
    order = make_order()

    press(desk, "note", order.pk, text="Calls back on Friday")

    note = OrderNote.objects.get()
    assert (note.order, note.actor, note.text) == (order, f"user:{desk.user.pk}", "Calls back on Friday")
    html = desk.get(reverse("order_desk:inspect", args=[order.pk])).content.decode()
    assert "Calls back on Friday" in html
    assert desk.user.username in html
    assert "Calls back" not in desk.get(order.get_absolute_url()).content.decode()


@pytest.mark.parametrize("text", ["", " ", "x" * 2001])
def test_an_empty_or_endless_note_is_not_kept(desk, text):
    answer = press(desk, "note", make_order().pk, text=text)
    assert "The note was not saved" in told(answer)
    assert not OrderNote.objects.exists()


def test_an_email_is_sent_again_under_a_new_id(desk, mailoutbox, django_capture_on_commit_callbacks):
    order = make_order()
    email = OutgoingEmail.objects.create(
        order=order, kind="confirmation", sent_at=timezone.now(), status="done"
    )

    with django_capture_on_commit_callbacks(execute=True):
        press(desk, "send_again", order.pk, email.pk)

    [message] = mailoutbox
    assert message.extra_headers["Message-ID"].startswith(f"<{order.code}.confirmation.1@")
    email.refresh_from_db()
    assert email.sent_at is not None
    assert OrderNote.objects.get().text == "Sent the e-mail “Order received” again."


def test_an_email_that_was_given_up_can_be_sent_again(desk, mailoutbox, django_capture_on_commit_callbacks):
    order = make_order()
    email = OutgoingEmail.objects.create(order=order, kind="confirmation", status="given_up")
    with django_capture_on_commit_callbacks(execute=True):
        press(desk, "send_again", order.pk, email.pk)
    assert len(mailoutbox) == 1


def test_an_email_that_the_worker_still_tries_to_send_is_not_doubled(
    desk, mailoutbox, django_capture_on_commit_callbacks
):
    order = make_order()
    email = OutgoingEmail.objects.create(order=order, kind="confirmation", attempts=2)

    with django_capture_on_commit_callbacks(execute=True):
        answer = press(desk, "send_again", order.pk, email.pk)

    assert "has not been sent yet" in told(answer)
    assert mailoutbox == []
    assert not OrderNote.objects.exists()


def test_the_shopper_is_told_of_a_failure_once(desk):
    order, project = make_order_with_project("rendering")
    services.states.move(project.pk, "failed", lease=None, reason="Font missing")

    for _press in range(2):
        answer = press(desk, "tell_shopper", order.pk)

    assert OutgoingEmail.objects.filter(order=order, kind="problem").count() == 1
    assert "gets one e-mail" in told(answer)


def test_without_a_failure_there_is_nothing_to_tell(desk):
    answer = press(desk, "tell_shopper", make_order().pk)
    assert "nothing to tell" in told(answer)
    assert not OutgoingEmail.objects.exists()


# ——— Release and cancel ———


def test_release_asks_first_and_then_begins(desk):
    owner = make_storefront_user()
    order = make_order(owner=owner, designs=[make_cart_design(owner)], status=Order.Status.ON_HOLD)

    question = desk.get(reverse("order_desk:release", args=[order.pk])).content.decode()
    assert "Yes, release" in question
    assert not RenderProject.objects.exists()

    press(desk, "release", order.pk)
    order.refresh_from_db()
    assert order.status == "processing"
    assert RenderProject.objects.get().order_id == order.code
    assert OrderEvent.objects.get().actor == f"user:{desk.user.pk}"


def test_an_order_that_is_not_on_hold_cannot_be_released(desk):
    order = make_order(status=Order.Status.COMPLETED)
    assert "not on hold any more" in told(press(desk, "release", order.pk))
    assert not OrderEvent.objects.exists()


def test_all_held_orders_are_released_and_others_are_not(desk):
    held = [make_order(status=Order.Status.ON_HOLD) for _number in range(2)]
    cancelled = make_order(status=Order.Status.CANCELLED)

    assert "2 orders are on hold" in desk.get(reverse("order_desk:release_all")).content.decode()
    assert "2 orders are released" in told(press(desk, "release_all"))
    nothing_left = desk.get(reverse("order_desk:release_all")).content.decode()
    assert "No order is on hold." in nothing_left
    assert "Yes, release all" not in nothing_left

    assert not Order.objects.filter(pk__in=[order.pk for order in held], status="on_hold").exists()
    cancelled.refresh_from_db()
    assert cancelled.status == "cancelled"


def test_cancel_needs_a_reason_and_cancels_everything(desk):
    order, project = make_order_with_project()

    without = press(desk, "cancel", order.pk, reason="")
    assert "Write why" in without.content.decode()
    order.refresh_from_db()
    assert order.status == "processing"

    press(desk, "cancel", order.pk, reason="Ordered twice")
    order.refresh_from_db()
    project.refresh_from_db()
    assert (order.status, project.status) == ("cancelled", "cancelled")
    assert OrderEvent.objects.get(order=order).reason == "Ordered twice"
    assert OutgoingEmail.objects.filter(order=order, kind="cancelled").count() == 1


def test_a_completed_order_is_not_cancelled(desk):
    order = make_order(status=Order.Status.COMPLETED)
    assert "cannot be cancelled any more" in told(press(desk, "cancel", order.pk, reason="Late"))
    order.refresh_from_db()
    assert order.status == "completed"
    assert (
        reverse("order_desk:cancel", args=[order.pk])
        not in desk.get(reverse("order_desk:inspect", args=[order.pk])).content.decode()
    )


# ——— Lines that go on by themselves ———


def test_a_line_says_why_it_waits_and_until_when(desk):
    due = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
    order, project = make_order_with_project("fetching", reason="The file cannot be opened")
    page = reverse("order_desk:inspect", args=[order.pk])
    RenderJob.objects.filter(pk=project.pk).update(due_at=due)
    assert "The file cannot be opened<br>Next attempt: 1 Jul 2026, " in desk.get(page).content.decode()

    RenderJob.objects.filter(pk=project.pk).delete()
    assert "Next attempt" not in desk.get(page).content.decode()


# ——— The Hub's own answers ———


def test_the_hub_is_asked_and_its_answer_shown(desk, sandbox):
    sandbox.control.set_speed(0)
    owner = make_storefront_user()
    state = sandbox.control.add_design(owner.hub_id, "classic-business-cards")
    design = make_cart_design(owner, state_ids=[state], product_reference="classic-business-cards")
    order = make_order(owner=owner, designs=[design])
    release_for_production(order)
    project = RenderProject.objects.get(order_id=order.code)
    services.advance(project.pk)
    sandbox.control.complete_all()
    project.refresh_from_db()

    answer = desk.get(reverse("order_desk:ask_hub", args=[order.pk, project.pk]))

    found, results = (json.loads(text) for _title, text in answer.context["answers"])
    # In the Hub's own words, with what the shop itself does not read.
    assert (found["id"], found["items"][0]["orderLineItemId"]) == (project.hub_project_id, project.line_id)
    assert found["items"][0]["productReference"] == "classic-business-cards"
    assert results["status"] == "Completed"
    assert all("?" not in file["url"] for file in results["outputFileDetails"])
    assert len(results["outputFileDetails"]) >= 1
    status = project.status
    project.refresh_from_db()
    assert project.status == status


def test_while_the_hub_is_down_the_page_says_so(desk, dead_hub):
    order, project = make_order_with_project()
    answer = desk.get(reverse("order_desk:ask_hub", args=[order.pk, project.pk]))
    assert answer.status_code == 200
    assert "The Hub does not answer properly now" in answer.content.decode()
    assert "The template has no such font" in answer.content.decode()


def test_a_line_that_the_hub_has_no_project_of_asks_nothing(desk, sandbox):
    order, project = make_order_with_project(hub_project_id=None)
    answer = desk.get(reverse("order_desk:ask_hub", args=[order.pk, project.pk]))
    assert "no project of this line yet" in answer.content.decode()
    assert sandbox.control.calls == []


@pytest.mark.parametrize("template", ["", "https://hub.example/projects/{id}"])
def test_projects_are_linked_where_the_shop_knows_their_address(desk, settings, template):
    settings.CCHUB = {**settings.CCHUB, "PROJECT_URL": template}
    order, project = make_order_with_project()
    html = desk.get(reverse("order_desk:inspect", args=[order.pk])).content.decode()
    link = f'href="https://hub.example/projects/{project.hub_project_id}"'
    assert (link in html) is bool(template)
