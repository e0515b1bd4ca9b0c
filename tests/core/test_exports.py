"""Every spreadsheet of the admin opens, and holds no formula that somebody typed."""

import csv
import io

import openpyxl
import pytest
from django.urls import get_resolver, reverse
from django.utils import timezone
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.models import Page, PageLogEntry

from catalog.models import MappingCheck, MappingIssue, ProductVariant
from catalog.services.stock import recount, start_counting
from commerce.models import Order
from core.exports import safe_cell
from tests.commerce.desk import make_consented_order
from tests.factories.catalog import a_group

TITLE = "=1+1\x0b"
EXPORTS = [
    "order_desk:index",
    "stock:index",
    "stock_ledger",
    "hub_differences",
    "wagtailadmin_reports:site_history",
    "wagtailadmin_reports:aging_pages",
]


@pytest.fixture
def hostile_texts(admin_user):
    """In everything that is exported: a title that is a formula with a control character at its end."""
    page = a_group("OW-A")
    page.save_revision(user=admin_user, log_action=True).publish(user=admin_user)
    ProductVariant.objects.update(title=TITLE)
    Page.objects.filter(pk=page.pk).update(title=TITLE)
    PageLogEntry.objects.update(label=TITLE)
    stock = start_counting("OW-A", quantity=1, low_from=0, by="system:test", reason=TITLE)
    recount(stock, quantity=2, seen=1, low_from=0, is_counted=True, reason="@SUM(A1)", by=admin_user)
    check = MappingCheck.objects.create(page=page, reference="@reference", checked_at=timezone.now())
    MappingIssue.objects.create(check_run=check, kind="unknown_sku", sku="OW-A", detail=TITLE)
    item = make_consented_order(warning=TITLE).items.get()
    item.title, item.variant_title = TITLE, "-1"
    item.save()
    Order.objects.update(email='"\x0b"@example.com')


def cells(client, name: str, file_format: str) -> list[str]:
    answer = client.get(reverse(name), {"export": file_format})
    content = b"".join(answer.streaming_content)
    if file_format == "csv":
        lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    else:
        lines = openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows()
        lines = [[cell.value for cell in line if cell.data_type != "n"] for line in lines]
    return [str(value) for line in lines for value in line]


@pytest.mark.django_db
@pytest.mark.parametrize("name", EXPORTS)
def test_a_csv_file_holds_no_formula_and_no_control_character(admin_client, hostile_texts, name):
    exported = cells(admin_client, name, "csv")

    assert "'=1+1" in exported
    assert not [text for text in exported if text.startswith(("=", "+", "@")) or "\x0b" in text]


@pytest.mark.django_db
@pytest.mark.parametrize("name", EXPORTS)
def test_an_xlsx_file_opens_and_shows_formulas_as_texts(admin_client, hostile_texts, name):
    exported = cells(admin_client, name, "xlsx")

    assert "=1+1" in exported


@pytest.mark.django_db
def test_warnings_of_a_line_are_safe_though_they_are_a_list(admin_client, hostile_texts):
    exported = cells(admin_client, "order_desk:index", "csv")

    assert exported.count("'=1+1") == 2  # the title and the warnings


def test_no_exporting_view_of_the_admin_writes_cells_in_its_own_way():
    """Whatever is exported goes through `preprocess_field_value`, which core has extended."""

    def subclasses(view: type):
        for child in view.__subclasses__():
            yield child
            yield from subclasses(child)

    assert get_resolver().url_patterns  # with every view imported
    own = {view for view in subclasses(SpreadsheetExportMixin) if "preprocess_field_value" in vars(view)}

    assert own == set()


@pytest.mark.parametrize(
    ("value", "in_csv", "in_xlsx"),
    [
        ("=1", "'=1", "=1"),
        (" =1", "' =1", " =1"),
        ("＝1", "'＝1", "＝1"),
        ("\t=1", "'\t=1", "\t=1"),
        ("\x00+1", "'+1", "+1"),
        ("\x0b\ufffeOak\ud800", "Oak", "Oak"),
        ("Oak = wood\nand", "Oak = wood\nand", "Oak = wood\nand"),
        (-5, -5, -5),
        (None, None, None),
    ],
)
def test_a_safe_cell(value, in_csv, in_xlsx):
    assert safe_cell(value, "csv") == in_csv
    assert safe_cell(value, "xlsx") == in_xlsx
