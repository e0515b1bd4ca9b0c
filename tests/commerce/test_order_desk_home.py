"""What staff see before they look for anything: tiles, the way to connect the Hub, previews of e-mails."""

import html
import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from django_q.models import OrmQ, Schedule

from commerce.desk import panels
from commerce.desk.pipeline import HIDDEN_SECRET
from commerce.desk.roles import ADMINISTRATORS, MERCHANDISERS, ORDER_DESK
from commerce.desk.setup_checks import setup_points
from commerce.models import DoctorReport, OutgoingEmail
from personalization.hub import HubUnavailable, get_hub
from personalization.hub.health import KEY, HubHealth, last_look, look_at_hub
from personalization.models import HubEvent, RenderProject
from tests.commerce.desk import make_order_with_project, staff_of
from tests.factories.commerce import make_order
from tests.factories.staff import install_roles

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(db):
    install_roles()
    Schedule.objects.update(next_run=timezone.now())
    return staff_of(ORDER_DESK)


def tiles(client) -> dict[str, panels.Tile]:
    made = [tile for make in panels.TILES for tile in make()]
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert all(f'href="{tile.url}"' in page for tile in made)
    return {tile.title: tile for tile in made}


def make_report(**values) -> DoctorReport:
    now = timezone.now()
    return DoctorReport.objects.create(**{"started_at": now, "finished_at": now, "remaining": 0} | values)


# ——— Tiles ———


def test_a_quiet_shop_has_quiet_tiles(desk, sandbox):
    look_at_hub()
    make_report()
    found = tiles(desk)
    assert {title: (tile.figure, tile.tone) for title, tile in found.items()} == {
        "Needs attention": ("0", "good"),
        "Oldest open print file": ("None", "good"),
        "Customer's Canvas Hub": ("Answers", "good"),
        "Background jobs": ("No queue", "good"),
        "Doctor": ("All well", "good"),
    }


def test_failed_and_slow_projects_need_attention(desk):
    make_order_with_project()
    order, slow = make_order_with_project("rendering")
    now = timezone.now()
    RenderProject.objects.filter(pk=slow.pk).update(opened_at=now - timedelta(hours=3), overdue_at=now)

    found = tiles(desk)

    attention, oldest = found["Needs attention"], found["Oldest open print file"]
    assert (attention.figure, attention.tone, attention.url) == ("2", "bad", reverse("failed_renders:index"))
    assert attention.detail == "1 failed, 1 takes long"
    assert (oldest.figure.replace("\xa0", " "), oldest.tone) == ("3 hours", "warning")
    assert oldest.url == reverse("order_desk:inspect", args=[order.pk])


def test_projects_that_wait_for_a_setting_lead_to_the_settings(desk):
    make_order_with_project("creating", hub_project_id=None, waits_for_configuration=True)
    tile = tiles(desk)["Needs attention"]
    assert (tile.figure, tile.detail, tile.tone) == ("1", "1 waits for a setting", "bad")
    assert tile.url == reverse("order_desk:connect")


def test_what_the_doctor_left_leads_to_its_report(desk):
    assert "has not looked yet" in desk.get(reverse("order_desk:doctor")).content.decode()
    finding = {
        "kind": "missing-file",
        "subject": "ABC-1",
        "detail": "The content is gone.",
        "mended": False,
        "why_not": "The Hub has deleted it.",
    }
    make_report(remaining=1, findings=[finding])

    tile = tiles(desk)["Doctor"]
    assert (tile.figure, tile.tone, tile.url) == ("1 finding", "bad", reverse("order_desk:doctor"))
    page = desk.get(tile.url).content.decode()
    for text in ("Print file without its content: ABC-1", "The content is gone.", "The Hub has deleted it."):
        assert text in page


def test_a_doctor_who_could_not_ask_the_hub_says_so(desk):
    make_report(hub_trouble="it did not answer")
    assert tiles(desk)["Doctor"].figure == "Half done"
    assert "it did not answer" in desk.get(reverse("order_desk:doctor")).content.decode()


def test_a_hub_that_is_down_is_a_tile_and_not_an_error(desk, settings):
    settings.CCHUB = {**settings.CCHUB, "BASEURL": "http://127.0.0.1:9", "API_URL": "http://127.0.0.1:9"}
    look_at_hub()
    tile = tiles(desk)["Customer's Canvas Hub"]
    assert (tile.figure, tile.tone) == ("No answer", "bad")


@pytest.mark.parametrize("pause, figure", [(30, "Left alone"), (1e-9, "Being tried")])
def test_the_circuit_breaker_shows_at_once_whatever_the_last_look_found(
    desk, sandbox, settings, pause, figure
):
    settings.CCHUB = {**settings.CCHUB, "BREAKER_FAILURES": 1, "BREAKER_SECONDS": pause}
    look_at_hub()
    sandbox.control.fail("products", "status", status=503, times=9)
    with pytest.raises(HubUnavailable):
        get_hub().products(take=1)

    tile = tiles(desk)["Customer's Canvas Hub"]

    assert (tile.figure, tile.tone) == (figure, "bad")
    assert tile.detail == "It failed (answered 503). Orders wait and go on by themselves."
    [point] = [each for each in setup_points() if each.title == "The Hub answers"]
    assert (point.tone, point.detail) == ("bad", tile.detail)


def test_the_home_page_asks_the_hub_nothing(desk, sandbox):
    assert desk.get(reverse("wagtailadmin_home")).status_code == 200
    assert sandbox.control.calls == []


def test_an_old_look_is_not_believed(desk):
    cache.set(KEY, HubHealth(answers=True, at=timezone.now() - timedelta(hours=1)))
    assert tiles(desk)["Customer's Canvas Hub"].figure == "Not known"


def test_a_queue_that_waits_and_a_worker_that_stands_still_are_told_apart(desk):
    OrmQ.objects.create(key="shop", payload="", lock=timezone.now() - timedelta(minutes=2))
    tile = tiles(desk)["Background jobs"]
    assert (tile.figure.replace("\xa0", " "), tile.tone) == ("2 minutes", "good")

    OrmQ.objects.update(lock=timezone.now() - timedelta(minutes=6))
    assert tiles(desk)["Background jobs"].tone == "warning"

    Schedule.objects.update(next_run=timezone.now() - timedelta(minutes=10))
    tile = tiles(desk)["Background jobs"]
    assert (tile.figure, tile.tone) == ("Stopped?", "bad")


def test_a_tile_that_breaks_takes_nothing_else_along(desk, monkeypatch):
    def broken():
        raise RuntimeError

    monkeypatch.setattr(panels, "TILES", (broken, panels.worker_tiles))
    page = desk.get(reverse("wagtailadmin_home"))
    assert page.status_code == 200
    assert "Background jobs" in page.content.decode()


def test_who_sees_no_orders_sees_no_tiles(desk):
    page = staff_of(MERCHANDISERS).get(reverse("wagtailadmin_home")).content.decode()
    assert "desk-tile" not in page


def test_the_look_is_remembered_without_secrets(sandbox, settings):
    assert look_at_hub().answers is True
    sandbox.control.fail("products", "status", status=500, times=9)
    look = look_at_hub()
    assert (look.answers, last_look()) == (False, look)
    assert settings.CCHUB["CLIENTSECRET"] not in look.trouble


# ——— Connect the Hub ———


def pipeline_of(answer) -> dict:
    return json.loads(answer.context["pipeline"])


def headers_of(answer) -> dict:
    [notify] = [task for task in pipeline_of(answer)["tasks"] if task["type"] == "invoke-url"]
    return notify["parameters"]["queryHeaders"]


def test_the_pipeline_is_ready_to_paste_with_the_secret_covered(desk, settings):
    answer = desk.get(reverse("order_desk:connect"))
    tasks = {task["name"]: task for task in pipeline_of(answer)["tasks"]}
    assert tasks["notify"]["parameters"]["url"] == f"{settings.SHOP_BASE_URL}/personalization/webhook/"
    assert headers_of(answer) == {"X-CCHub-Secret": HIDDEN_SECRET}
    assert settings.CCHUB["WEBHOOK_SECRET"] not in answer.content.decode()


def test_an_administrator_shows_the_secret_by_asking_for_it(desk, settings):
    administrator, address = staff_of(ADMINISTRATORS), reverse("order_desk:connect")
    secret = settings.CCHUB["WEBHOOK_SECRET"]
    assert secret not in administrator.get(address).content.decode()

    answer = administrator.post(address)

    assert headers_of(answer) == {"X-CCHub-Secret": secret}
    assert "no-store" in answer["Cache-Control"]


def test_the_order_desk_asks_in_vain(desk, settings):
    answer = desk.post(reverse("order_desk:connect"))
    assert headers_of(answer) == {"X-CCHub-Secret": HIDDEN_SECRET}
    assert settings.CCHUB["WEBHOOK_SECRET"] not in answer.content.decode()
    assert "Show the secret" not in answer.content.decode()


def points(client) -> dict[str, str]:
    return {point.title: point.tone for point in client.get(reverse("order_desk:connect")).context["points"]}


def test_the_checklist_follows_the_shops_state(desk, sandbox, settings):
    before = points(desk)
    assert (before["The Hub answers"], before["Call-backs arrive"]) == ("warning", "warning")

    look_at_hub()
    HubEvent.objects.create(project_id=7)
    after = points(desk)
    assert (after["The Hub answers"], after["Call-backs arrive"], after["The worker runs"]) == ("good",) * 3


def test_a_missing_setting_is_named_with_its_fix(desk, settings):
    settings.CCHUB = {**settings.CCHUB, "CLIENTID": "", "WEBHOOK_SECRET": ""}
    answer = desk.get(reverse("order_desk:connect"))
    assert points(desk)["CCHUB_CLIENTID is not set."] == "bad"
    assert "CCHUB_WEBHOOK_SECRET is not set, so call-backs are refused." in answer.content.decode()


def test_a_hub_on_the_internet_cannot_reach_a_shop_on_this_computer(desk, settings):
    settings.CCHUB = {**settings.CCHUB, "BASEURL": "https://customerscanvashub.com"}
    settings.SHOP_BASE_URL = "http://127.0.0.1:8000"
    assert points(desk)["The Hub can reach this shop"] == "warning"
    settings.SHOP_BASE_URL = "https://shop.example"
    assert points(desk)["The Hub can reach this shop"] == "good"


# ——— Previews of e-mails ———


@pytest.mark.parametrize("kind", OutgoingEmail.Kind.values)
def test_every_kind_of_email_can_be_looked_at_and_nothing_is_sent(desk, mailoutbox, kind):
    order, _project = make_order_with_project()
    answer = desk.get(reverse("order_desk:emails"), {"order": order.code.lower(), "kind": kind})
    page = html.unescape(answer.content.decode())
    assert answer.context["message"]["subject"] in page
    assert order.code in answer.context["message"]["html"]
    assert "<iframe" in page
    assert 'sandbox srcdoc="' in page
    assert mailoutbox == []
    assert not OutgoingEmail.objects.exists()


def test_a_preview_does_not_open_the_order_to_staff(desk):
    order = make_order()
    page = desk.get(reverse("order_desk:emails"), {"order": order.code}).content.decode()
    assert order.secret not in page
    order.refresh_from_db()
    assert len(order.secret) >= 22


def test_the_latest_order_is_shown_unless_another_is_asked_for(desk):
    make_order()
    latest = make_order()
    assert desk.get(reverse("order_desk:emails")).context["code"] == latest.code


@pytest.mark.parametrize("order", ["", "NOSUCH"])
def test_without_such_an_order_the_page_says_so(desk, order):
    answer = desk.get(reverse("order_desk:emails"), {"order": order})
    assert ("There is no order NOSUCH" if order else "There is no order yet") in answer.content.decode()
