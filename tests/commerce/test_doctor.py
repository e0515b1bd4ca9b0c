"""The doctor finds each kind of drift, mends it when asked to, and finds nothing afterwards."""

import io
import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_q.models import Schedule

from catalog.models import Stock, StockMovement
from catalog.services.stock import lock_stocks, recount, sell, start_counting
from commerce import tasks
from commerce.desk.selectors import latest_doctor_report
from commerce.doctor import examine
from commerce.models import DoctorReport, Order, OutgoingEmail
from commerce.services.cart import add_plain_item
from commerce.services.checkout import place_order
from commerce.services.emails import owe_email
from commerce.services.orders import cancel_order, release_for_production
from core.schedules import registered
from personalization.hub import get_hub
from personalization.models import PrintFile, RenderJob, RenderProject
from personalization.rendering import services
from personalization.rendering.services import new_project
from tests.factories.commerce import checkout_key_of, make_order, make_variant
from tests.factories.personalization import make_design, make_storefront_user

pytestmark = pytest.mark.django_db

REFERENCE = "classic-business-cards"
Status = RenderProject.Status


@pytest.fixture
def hub(sandbox):
    sandbox.control.set_speed(0)
    return sandbox.control


@pytest.fixture
def order(hub):
    """An order of one design, in production, its project being rendered by the Hub."""
    order = place(hub)
    release_for_production(order)
    services.advance(project_of(order).pk)
    services.tell_hub(project_of(order).pk)
    return order


@pytest.fixture
def completed(hub, order):
    """The same order, with its print file."""
    finish(hub, order)
    order.refresh_from_db()
    assert order.status == Order.Status.COMPLETED
    return order


def place(hub) -> Order:
    owner = make_storefront_user()
    state = hub.add_design(owner.hub_id, REFERENCE)
    design = make_design(owner, sku="OW-BC-MATT", product_reference=REFERENCE, state_ids=[state])
    order = make_order(owner=owner, designs=[design])
    owe_email(order, OutgoingEmail.Kind.CONFIRMATION)
    return order


def project_of(order) -> RenderProject:
    return RenderProject.objects.get(order_id=order.code)


def make_due(order):
    RenderJob.objects.filter(project__order_id=order.code).update(due_at=timezone.now())


def finish(hub, order):
    """Let the worker do what is left of this order."""
    for _step in range(2):
        hub.complete_all()
        services.advance(project_of(order).pk)
    services.tell_hub(project_of(order).pk)


def kinds(report: DoctorReport) -> list[str]:
    return [entry["kind"] for entry in report.findings]


def assert_found_and_mended(kind: str, times: int = 1):
    found = examine(repair=False)
    assert (kinds(found), found.remaining) == ([kind] * times, times)
    again = examine(repair=False)
    assert kinds(again) == [kind] * times, "looking alone must not mend"
    mended = examine(repair=True)
    assert (kinds(mended), mended.remaining) == ([kind] * times, 0)
    return mended


def assert_clean():
    report = examine(repair=False)
    assert (report.findings, report.hub_trouble, report.is_clean) == ([], "", True)


def test_a_healthy_shop_is_clean_in_every_state(hub, order):
    assert_clean()
    finish(hub, order)
    assert_clean()
    make_order()
    held = place(hub)
    Order.objects.filter(pk=held.pk).update(status="on_hold", held_until=timezone.now())
    OutgoingEmail.objects.bulk_create(
        OutgoingEmail(order=other, kind="confirmation") for other in Order.objects.filter(emails=None)
    )
    assert_clean()


def test_an_order_without_a_render_project(hub):
    order = place(hub)
    assert_found_and_mended("order-without-project")
    assert project_of(order).status == Status.WAITING
    assert_clean()


def test_a_render_project_that_the_hub_does_not_have(hub, order):
    before = project_of(order).hub_project_id
    _delete_in_hub(before)
    assert_found_and_mended("project-not-in-hub")
    make_due(order)
    services.advance(project_of(order).pk)
    services.tell_hub(project_of(order).pk)
    assert project_of(order).hub_project_id not in (None, before)
    assert_clean()


def test_a_render_project_that_nobody_would_look_at_again(order):
    RenderJob.objects.all().delete()
    assert_found_and_mended("stalled-project")
    assert project_of(order).job.due_at <= timezone.now()
    assert_clean()


def test_two_projects_for_a_line(hub, order):
    project = project_of(order)
    second = get_hub().create_project(new_project.new_project(project, owner_id=project.design.owner.hub_id))
    assert_found_and_mended("surplus-project")
    statuses = {found["id"]: found["status"] for found in hub.projects()}
    assert statuses == {project.hub_project_id: 3, second.id: 5}
    assert project_of(order).surplus_hub_projects == [second.id]
    assert_clean()


def test_a_project_without_an_order(hub, order):
    project = project_of(order)
    new = new_project.new_project(project, owner_id=project.design.owner.hub_id)
    lost = get_hub().create_project(_of_line(new, "LOSTCODE-1"))
    assert_found_and_mended("project-without-order")
    assert {found["id"]: found["status"] for found in hub.projects()}[lost.id] == 5
    assert_clean()


def test_a_project_of_another_shop_on_the_same_storefront_is_left_alone(hub, order):
    project = project_of(order)
    new = new_project.new_project(project, owner_id=project.design.owner.hub_id)
    get_hub().create_project(_of_line(new, "THEIRS-1", order_url="https://staging.example/orders/1/"))
    assert_clean()


def test_a_file_that_the_storage_has_lost(completed):
    [before] = PrintFile.objects.all()
    before.file.storage.delete(before.file.name)
    assert_found_and_mended("missing-file")
    [after] = PrintFile.objects.all()
    assert (after.pk, after.name, after.size) == (before.pk, before.name, before.size)
    assert after.file.storage.exists(after.file.name)
    assert_clean()


def test_a_ready_project_without_any_file(completed):
    PrintFile.objects.all().delete()
    assert_found_and_mended("missing-file")
    assert PrintFile.objects.count() == 1
    assert_clean()


def test_a_lost_file_that_the_hub_no_longer_has_stays_found(completed):
    [kept] = PrintFile.objects.all()
    kept.file.storage.delete(kept.file.name)
    PrintFile.objects.update(artifact_id="manual-1")
    report = examine(repair=True)
    assert (report.remaining, report.findings[0]["mended"]) == (1, False)
    assert "Bring a manual file" in report.findings[0]["why_not"]


def test_a_lost_manual_file_of_a_line_that_the_hub_never_took_stays_found(completed):
    [kept] = PrintFile.objects.all()
    kept.file.storage.delete(kept.file.name)
    RenderProject.objects.update(hub_project_id=None)
    report = examine(repair=True)
    lost = next(found for found in report.findings if found["kind"] == "missing-file")
    assert (lost["mended"], lost["why_not"]) == (
        False,
        "The Hub does not have the file any more. Bring a manual file.",
    )


@pytest.mark.parametrize("kind", ["confirmation", "ready"])
def test_an_email_that_nobody_owes(completed, kind):
    OutgoingEmail.objects.filter(kind=kind).delete()
    assert_found_and_mended("missing-email")
    assert OutgoingEmail.objects.filter(order=completed, kind=kind).count() == 1
    assert_clean()


def test_an_email_that_was_given_up(completed):
    OutgoingEmail.objects.filter(kind="ready").update(sent_at=None, attempts=12, status="given_up")
    assert_found_and_mended("missing-email")
    assert OutgoingEmail.objects.get(kind="ready").attempts == 0
    assert_clean()


def test_a_completed_order_with_a_failed_file(hub, completed):
    RenderProject.objects.update(status=Status.FAILED, told_status="active")
    get_hub().force_project_status(project_of(completed).hub_project_id, status=3)
    assert_found_and_mended("completed-too-early")
    finish(hub, completed)
    make_due(completed)
    finish(hub, completed)
    assert project_of(completed).status == Status.READY
    assert_clean()


def test_an_order_in_processing_although_all_is_ready(completed):
    Order.objects.update(status="processing", completed_at=None)
    assert_found_and_mended("completed-too-late")
    completed.refresh_from_db()
    assert completed.status == Order.Status.COMPLETED
    assert_clean()


@pytest.mark.parametrize("code", [3, 5])
def test_a_status_that_somebody_changed_in_the_hub(hub, completed, code):
    project = project_of(completed)
    get_hub().force_project_status(project.hub_project_id, status=code)
    assert_found_and_mended("hub-status-differs")
    services.tell_hub(project.pk)
    assert hub.projects()[0]["status"] == 4
    assert_clean()


def test_a_cancelled_order_that_the_hub_would_still_print(hub, order):
    cancel_order(order=order, by="system:test", reason="")
    project = project_of(order)
    services.tell_hub(project.pk)
    assert_clean()
    get_hub().force_project_status(project.hub_project_id, status=1)
    assert_found_and_mended("hub-status-differs")
    services.tell_hub(project.pk)
    assert hub.projects()[0]["status"] == 5
    assert_clean()


def test_a_status_of_the_print_shops_own_is_left_alone(hub, completed):
    get_hub().force_project_status(project_of(completed).hub_project_id, status=2)
    assert_clean()


@pytest.fixture
def sold(hub):
    """An order of two frames out of a stock of five."""
    make_variant("OW-FRAME")
    start_counting("OW-FRAME", quantity=5, low_from=1, by="system:test", reason="First count")
    return order_two_frames()


def order_two_frames() -> Order:
    owner = make_storefront_user()
    add_plain_item(owner=owner, sku="OW-FRAME", quantity=2)
    order = place_order(owner=owner, email="anna@example.com", checkout_key=checkout_key_of(owner))
    assert_clean()
    return order


def booked() -> list[tuple[str, int]]:
    return list(StockMovement.objects.order_by("pk").values_list("kind", "change"))


@pytest.mark.parametrize("quantity", [0, 2, 4])
def test_a_stock_that_is_not_the_sum_of_its_ledger(sold, quantity):
    Stock.objects.update(quantity=quantity)
    assert_found_and_mended("stock-differs")
    assert (Stock.objects.get().quantity, booked()) == (3, [("recount", 5), ("order", -2)])
    assert_clean()


@pytest.fixture
def unbooked(hub):
    """An order of two frames that the ledger does not know, and a stock of five."""
    make_variant("OW-FRAME")
    order = order_two_frames()
    order.items.update(from_stock=True)
    start_counting("OW-FRAME", quantity=5, low_from=1, by="system:test", reason="First count")
    return order


def test_an_order_that_the_ledger_does_not_know(unbooked):
    report = assert_found_and_mended("stock-differs")
    assert report.findings[0]["subject"] == unbooked.code
    assert (Stock.objects.get().quantity, booked()) == (3, [("recount", 5), ("correction", -2)])
    assert StockMovement.objects.first().actor == "system:doctor"
    assert_clean()


def test_an_order_that_the_ledger_knows_with_another_number(sold):
    sold.items.update(quantity=3)
    assert_found_and_mended("stock-differs")
    assert booked() == [("recount", 5), ("order", -2), ("correction", -1)]
    assert Stock.objects.get().quantity == 2
    assert_clean()


def test_a_cancelled_order_that_was_not_put_back(sold):
    Order.objects.update(status="cancelled", completed_at=None)
    OutgoingEmail.objects.create(order=sold, kind="cancelled", sent_at=timezone.now(), status="done")
    assert_found_and_mended("stock-differs")
    assert (Stock.objects.get().quantity, booked()[-1]) == (5, ("correction", 2))
    assert_clean()


def test_a_sale_of_an_order_that_is_not_there(sold):
    sell(lock_stocks(["OW-FRAME"]), {"OW-FRAME": 1}, order_code="LOSTCODE", by="system:test")
    assert_found_and_mended("stock-differs")
    assert (Stock.objects.get().quantity, booked()[-1]) == (3, ("correction", 1))
    assert_clean()


def test_a_sale_that_the_stock_cannot_cover_waits_for_somebody_who_counts(unbooked):
    stock = Stock.objects.get()
    recount(stock, seen=5, quantity=1, low_from=1, is_counted=True, by="system:test", reason="Broken")
    report = examine(repair=True)
    assert (report.remaining, report.findings[0]["mended"]) == (1, False)
    assert report.findings[0]["why_not"] == "There is not enough left. Count what is there, and save it."
    assert Stock.objects.get().quantity == 1


def test_a_ledger_that_comes_to_less_than_nothing_waits_for_somebody_who_counts(sold):
    StockMovement.objects.create(
        stock=Stock.objects.get(), kind="recount", change=-9, left=0, actor="system:test"
    )
    report = examine(repair=True)
    assert kinds(report) == ["stock-differs"]
    assert report.findings[0]["why_not"].startswith("The ledger comes to less than nothing.")
    assert Stock.objects.get().quantity == 3


@pytest.mark.parametrize("name", [schedule.name for schedule in registered()])
def test_a_schedule_that_is_missing(hub, name):
    Schedule.objects.filter(name=name).delete()
    assert_found_and_mended("missing-schedule")
    assert Schedule.objects.filter(name=name).count() == 1
    assert_clean()


def test_a_schedule_that_is_there_twice_or_has_ended(hub):
    first, second = [schedule.name for schedule in registered()][:2]
    twin = Schedule.objects.get(name=first)
    Schedule.objects.create(name=first, func=twin.func)
    Schedule.objects.filter(name=second).update(repeats=0)
    assert_found_and_mended("missing-schedule", times=2)
    assert_clean()


def test_a_schedule_that_was_changed_or_is_none_of_the_shops_any_more(hub):
    Schedule.objects.filter(name=registered()[0].name).update(func="home.nonsense")
    assert_found_and_mended("schedule-differs")
    Schedule.objects.create(name="home.foo", func="home.tasks.publish_scheduled", minutes=1)
    assert_found_and_mended("stray-schedule")
    assert_clean()


def test_while_the_hub_is_down_the_rest_is_examined_and_nothing_is_called_clean(hub):
    Schedule.objects.filter(name=registered()[0].name).delete()
    hub.fail("projects", "status", status=503, times=10)
    report = examine(repair=True)
    assert (kinds(report), report.remaining) == (["missing-schedule"], 0)
    assert "503" in report.hub_trouble
    assert not report.is_clean


def test_old_orders_are_not_examined_every_night(hub):
    order = place(hub)
    Order.objects.filter(pk=order.pk).update(created_at=timezone.now() - timedelta(days=31))
    assert_clean()
    assert kinds(examine(repair=False, days=40)) == ["order-without-project"]


def run(*arguments) -> tuple[int, str]:
    output = io.StringIO()
    try:
        call_command("doctor", *arguments, stdout=output)
    except SystemExit as end:
        return end.code, output.getvalue()
    return 0, output.getvalue()


def test_the_exit_code_tells_whether_drift_is_left(hub):
    place(hub)
    assert run() == (1, run()[1])
    code, text = run("--repair")
    assert (code, text.splitlines()[-1]) == (0, "1 found, 1 mended, 0 left.")
    assert run() == (0, "0 found, 0 mended, 0 left.\n")


def test_programs_get_the_report_as_json(hub):
    order = place(hub)
    code, text = run("--json")
    report = json.loads(text)
    assert (code, report["clean"], report["remaining"]) == (1, False, 1)
    assert report["findings"][0]["subject"] == order.code


def test_the_nightly_look_mends_nothing_and_leaves_its_report(hub):
    order = place(hub)
    tasks.examine()
    assert RenderProject.objects.count() == 0
    report = latest_doctor_report()
    assert (report.remaining, report.findings[0]["subject"]) == (1, order.code)


def test_reports_do_not_pile_up(hub):
    for _night in range(62):
        DoctorReport.objects.create(
            started_at=timezone.now(), finished_at=timezone.now(), remaining=0, findings=[]
        )
    examine(repair=False)
    assert DoctorReport.objects.count() == 60


def _of_line(new, line_id, **values):
    from dataclasses import replace

    order_id = line_id.rpartition("-")[0]
    return replace(new, order_id=order_id, order_line_item_id=line_id, **values)


def _delete_in_hub(project_id):
    get_hub()._call("projects.projects_delete", None, id=project_id)


def test_products_are_not_needed_to_examine_their_orders(hub, completed):
    make_variant("OW-BC-MATT", is_active=False)
    assert_clean()
