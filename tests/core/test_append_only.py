"""What the audit holds cannot be changed or deleted, not even past the ORM."""

from importlib import import_module

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from catalog.models import StockMovement
from catalog.services.stock import start_counting
from commerce.models import Consent, OrderEvent
from commerce.services.orders import change_status
from personalization.models import ProjectEvent
from personalization.rendering.services import states
from tests.factories.commerce import make_order
from tests.factories.personalization import make_design, make_render_project

from .append_only import refusing_triggers

MODELS = [OrderEvent, ProjectEvent, StockMovement, Consent]


def make_event(model):
    if model is OrderEvent:
        change_status(make_order(), "cancelled", by="shopper", why="Second thoughts")
    elif model is StockMovement:
        start_counting("OW-FRAME", quantity=3, low_from=1, by="system:test", reason="Second thoughts")
    elif model is Consent:
        agree("Second thoughts")
    else:
        states.move(make_render_project().pk, "cancelled", lease=None, why="Second thoughts")
    return model.objects.first()


def agree(text):
    design = make_design()
    item = make_order(designs=[design]).items.get()
    Consent.objects.create(
        order_item=item, kind="proof", text=text, design_id=design.pk, actor="shopper", at=timezone.now()
    )


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODELS)
def test_the_database_refuses_to_change_a_row(model):
    event = make_event(model)
    column = "text" if model is Consent else "reason"

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        model.objects.update(**{column: "Something else"})

    event.refresh_from_db()
    assert getattr(event, column) == "Second thoughts"


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODELS)
def test_the_database_refuses_to_delete_a_row(model):
    make_event(model)

    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM {model._meta.db_table}")  # noqa: S608 - the name is the model's

    assert model.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_test_runner_can_empty_the_tables_and_leaves_them_protected():
    before = refusing_triggers()
    for model in MODELS:
        make_event(model)

    call_command("flush", interactive=False, verbosity=0, allow_cascade=True)

    assert not any(model.objects.exists() for model in MODELS)
    assert refusing_triggers() == before
    assert len(before) == len(MODELS) * (1 if connection.vendor == "postgresql" else 2)


@pytest.mark.django_db(transaction=True)
def test_the_protection_can_be_taken_back():
    operations = [
        operation
        for app in ("catalog", "commerce", "personalization")
        for operation in import_module(f"{app}.migrations.0002_append_only").Migration.operations
    ]
    before = refusing_triggers()

    with connection.schema_editor() as editor:
        for operation in operations:
            operation.reverse_code(None, editor)
    assert refusing_triggers() == set()

    with connection.schema_editor() as editor:
        for operation in operations:
            operation.code(None, editor)
    assert refusing_triggers() == before
