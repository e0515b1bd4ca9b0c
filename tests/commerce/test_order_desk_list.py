"""Finding orders on the desk, taking them along as a spreadsheet, and acting on several at once."""

import csv
import io
from datetime import UTC, datetime

import openpyxl
import pytest
from django.urls import reverse

from commerce.desk.roles import ORDER_DESK
from commerce.models import Consent, Order, OrderEvent
from personalization.models import RenderProject
from tests.commerce.desk import make_consented_order, make_order_with_project, staff_of, told
from tests.factories.commerce import make_cart_design, make_order
from tests.factories.personalization import make_storefront_user
from tests.factories.staff import install_roles

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(db):
    install_roles()
    return staff_of(ORDER_DESK)


def listed(client, **query) -> set[str]:
    html = client.get(reverse("order_desk:index_results"), query).content.decode()
    return {order.code for order in Order.objects.all() if order.code in html}


def rows(answer) -> list[dict]:
    content = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content)))


def bulk(client, action: str, *objects, model: str = "order", **values):
    address = reverse(
        "wagtail_bulk_action", args=["commerce" if model == "order" else "personalization", model, action]
    )
    ids = "&".join(f"id={row.pk}" for row in objects)
    return client.post(f"{address}?{ids}&next=/admin/orders/", values, follow=True)


# ——— Search and filters ———


def test_an_order_is_found_by_its_hub_project(desk):
    order, _project = make_order_with_project(hub_project_id=4711)
    make_order_with_project(hub_project_id=5822)
    assert listed(desk, q="4711") == {order.code}


def test_orders_are_filtered_by_failed_files_and_by_personalization(desk):
    failed, _project = make_order_with_project()
    rendering, _project = make_order_with_project("rendering")
    plain = make_order()

    assert listed(desk, failed="yes") == {failed.code}
    assert listed(desk, failed="no") == {rendering.code, plain.code}
    assert listed(desk, personalized="yes") == {failed.code, rendering.code}
    assert listed(desk, personalized="no") == {plain.code}


def test_orders_with_accepted_warnings_are_marked_and_found(desk):
    warned = make_consented_order()
    make_order()

    assert listed(desk, warned="yes") == {warned.code}
    assert warned.code not in listed(desk, warned="no")
    assert "1 warned" in desk.get(reverse("order_desk:index")).content.decode()


def test_several_statuses_can_be_chosen(desk):
    held, done = make_order(status="on_hold"), make_order(status="completed")
    make_order(status="cancelled")
    assert listed(desk, status=["on_hold", "completed"]) == {held.code, done.code}


def test_the_list_tells_how_far_the_print_files_are(desk):
    owner = make_storefront_user()
    make_order(owner=owner, designs=[make_cart_design(owner)] * 3)
    make_order_with_project()
    make_order_with_project("ready")
    make_order()
    make_order(owner=owner, designs=[make_cart_design(owner)], status="cancelled")
    html = desk.get(reverse("order_desk:index")).content.decode()
    for text in ("0 of 3 ready", "1 failed", ">Ready<", "None needed", "Given up"):
        assert text in html
    assert "0 of 1 ready" not in html


def test_a_longer_list_costs_no_more_queries(desk, django_assert_max_num_queries):
    for _number in range(2):
        make_order_with_project()
    address = reverse("order_desk:index_results")
    desk.get(address)
    with django_assert_max_num_queries(30) as few:
        desk.get(address)
    for _number in range(5):
        make_order_with_project()
    with django_assert_max_num_queries(len(few)):
        desk.get(address)


# ——— Spreadsheets ———


def test_a_spreadsheet_has_a_row_for_each_line(desk):
    owner = make_storefront_user()
    design = make_cart_design(owner)
    two = make_order(owner=owner, designs=[design, design], email="bob@example.com")
    failed, project = make_order_with_project(hub_project_id=4711)
    project.files.create(artifact_id="a", name="front.pdf", content_type="application/pdf", size=1)
    project.files.create(artifact_id="b", name="back.pdf", content_type="application/pdf", size=1)

    exported = rows(desk.get(reverse("order_desk:index"), {"export": "csv"}))

    assert [row["Order"] for row in exported] == [failed.code, two.code, two.code]
    row = exported[0]
    assert row == {
        "Order": failed.code,
        "Placed": str(failed.created_at),
        "Status": "Processing",
        "Email": "anna@example.com",
        "SKU": "OW-CARD",
        "Product": "Classic business cards",
        "Variant": "Matt, 50 cards",
        "Quantity": "1",
        "Pieces in a pack": "1",
        "Pieces": "1",
        "Unit price": "19.00",
        "Line total": "19.00",
        "Currency": "EUR",
        "Design": str(project.design_id),
        "Hub project": "4711",
        "Print file": "Failed",
        "Reason": "The template has no such font",
        "Files": "front.pdf, back.pdf",
        "Warnings": "",
        "Lowest resolution in dpi": "",
        "Warnings accepted": "",
        "Proof approved": "",
    }


def test_a_spreadsheet_tells_what_shoppers_agreed_to(desk):
    order = make_consented_order()

    (row,) = rows(desk.get(reverse("order_desk:index"), {"export": "csv"}))

    accepted, approved = Consent.objects.filter(order_item__order=order)
    assert row["Warnings"] == "It may look blurred."
    assert row["Lowest resolution in dpi"] == "57"
    assert (row["Warnings accepted"], row["Proof approved"]) == (str(accepted.at), str(approved.at))


def test_a_spreadsheet_holds_what_the_filters_show(desk):
    failed, _project = make_order_with_project()
    make_order()
    exported = rows(desk.get(reverse("order_desk:index"), {"export": "csv", "failed": "yes"}))
    assert [row["Order"] for row in exported] == [failed.code]


def row_in_excel(desk) -> dict:
    """The only row of the spreadsheet of all orders, by heading."""
    answer = desk.get(reverse("order_desk:index"), {"export": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    return dict(zip(*sheet.iter_rows(values_only=True), strict=True))


def test_excel_gets_numbers_as_numbers(desk):
    order = make_order()
    values = row_in_excel(desk)
    assert (values["Order"], values["Quantity"], float(values["Line total"])) == (order.code, 1, 19.0)
    assert values["Hub project"] is None


def test_excel_shows_the_time_that_the_desk_shows(desk, settings):
    settings.TIME_ZONE = "Europe/Dublin"
    order = make_order()
    Order.objects.filter(pk=order.pk).update(created_at=datetime(2026, 7, 1, 12, 0, tzinfo=UTC))
    assert row_in_excel(desk)["Placed"] == datetime(2026, 7, 1, 13, 0)


def test_control_characters_in_a_reason_of_the_hub_spoil_no_spreadsheet(desk):
    make_order_with_project(reason="\x1b[31mNo such font\x0b")
    assert row_in_excel(desk)["Reason"] == "[31mNo such font"
    [row] = rows(desk.get(reverse("order_desk:index"), {"export": "csv"}))
    assert row["Reason"] == "[31mNo such font"


def test_excel_reads_the_letters_of_a_csv_file_as_they_are(desk):
    make_order(email="zoë@example.com")
    content = b"".join(desk.get(reverse("order_desk:index"), {"export": "csv"}).streaming_content)
    assert content.startswith(b"\xef\xbb\xbfOrder,")
    assert "zoë@example.com" in content.decode()


def test_what_a_shopper_typed_never_becomes_a_formula(desk):
    make_order(email="=cmd@example.com")
    [row] = rows(desk.get(reverse("order_desk:index"), {"export": "csv"}))
    assert row["Email"] == "'=cmd@example.com"


def test_the_shoppers_secret_is_in_no_spreadsheet(desk):
    order = make_order()
    content = b"".join(desk.get(reverse("order_desk:index"), {"export": "csv"}).streaming_content)
    assert order.secret not in content.decode()


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_selected_orders_are_exported(desk, file_format):
    wanted, other = make_order(), make_order()
    answer = bulk(desk, "export", wanted, file_format=file_format)
    content = b"".join(answer.streaming_content)
    if file_format == "csv":
        assert wanted.code.encode() in content
        assert other.code.encode() not in content
    else:
        assert openpyxl.load_workbook(io.BytesIO(content)).active.max_row == 2


# ——— Bulk actions ———


def test_bulk_retry_makes_failed_projects_anew_and_leaves_others(desk):
    failed, project = make_order_with_project(hub_project_id=None)
    _unselected, other = make_order_with_project(hub_project_id=None)
    running, rendering = make_order_with_project("rendering")

    answer = bulk(desk, "retry", failed, running)

    for row in (project, other, rendering):
        row.refresh_from_db()
    assert [row.status for row in (project, other, rendering)] == ["waiting", "failed", "rendering"]
    assert "1 print file is on its way again" in told(answer)


def test_bulk_retry_works_from_the_queue_of_failed_renders(desk):
    _order, project = make_order_with_project(hub_project_id=None)
    bulk(desk, "retry", project, model="renderproject")
    project.refresh_from_db()
    assert project.status == "waiting"


def test_bulk_retry_stops_at_a_hub_that_is_down(desk, settings):
    settings.CCHUB = {**settings.CCHUB, "BASEURL": "http://127.0.0.1:9", "API_URL": "http://127.0.0.1:9"}
    orders = [make_order_with_project()[0] for _number in range(2)]
    answer = bulk(desk, "retry", *orders)
    assert "The Hub does not answer properly now" in told(answer)
    assert set(RenderProject.objects.values_list("status", flat=True)) == {"failed"}


def test_bulk_retry_says_when_there_is_nothing_to_do(desk):
    assert "None of them has a failed print file" in told(bulk(desk, "retry", make_order()))


def test_bulk_release_counts_what_was_not_on_hold(desk):
    held, done = make_order(status="on_hold"), make_order(status="completed")
    answer = bulk(desk, "release", held, done)
    held.refresh_from_db()
    assert held.status == "completed"
    assert "1 order is released" in told(answer)
    assert "1 was left as it is" in told(answer)


def test_bulk_cancel_needs_a_reason_and_signs_every_move(desk):
    orders = [make_order_with_project()[0] for _number in range(2)]
    done = make_order(status="completed")

    bulk(desk, "cancel", *orders, reason="")
    assert not OrderEvent.objects.exists()

    answer = bulk(desk, "cancel", *orders, done, reason="Out of paper")
    assert "2 orders are cancelled" in told(answer)
    events = OrderEvent.objects.values_list("actor", "to_status", "reason")
    assert set(events) == {(f"user:{desk.user.pk}", "cancelled", "Out of paper")}
    done.refresh_from_db()
    assert done.status == "completed"


def test_asking_for_all_selects_nothing_that_is_not_on_the_page(desk):
    order = make_order()
    address = reverse("wagtail_bulk_action", args=["commerce", "order", "cancel"]) + "?id=all"
    assert desk.post(address, {"reason": "All"}).status_code == 404
    order.refresh_from_db()
    assert order.status == "processing"


def test_the_question_alone_does_nothing(desk):
    order = make_order()
    address = reverse("wagtail_bulk_action", args=["commerce", "order", "cancel"]) + f"?id={order.pk}"
    assert order.code in desk.get(address).content.decode()
    order.refresh_from_db()
    assert order.status == "processing"


# ——— The queue of failed renders ———


def test_the_queue_holds_failed_renders_with_their_reasons(desk):
    order, project = make_order_with_project()
    _other, running = make_order_with_project("rendering")

    html = desk.get(reverse("failed_renders:index")).content.decode()

    assert project.line_id in html
    assert "The template has no such font" in html
    assert reverse("order_desk:inspect", args=[order.pk]) in html
    assert running.line_id not in html


def test_an_empty_queue_says_that_all_is_well(desk):
    assert "No print file has failed" in desk.get(reverse("failed_renders:index")).content.decode()
