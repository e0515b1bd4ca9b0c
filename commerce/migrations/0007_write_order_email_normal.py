from django.db import migrations

from core.addresses import normal_form

BATCH = 500


def write_normal_forms(apps, schema_editor):
    orders = apps.get_model("commerce", "Order").objects
    last = 0
    while batch := list(orders.filter(pk__gt=last).order_by("pk").only("pk", "email")[:BATCH]):
        for order in batch:
            order.email_normal = normal_form(order.email)
        orders.bulk_update(batch, ["email_normal"])
        last = batch[-1].pk


class Migration(migrations.Migration):

    dependencies = [("commerce", "0006_order_email_normal")]

    operations = [migrations.RunPython(write_normal_forms, migrations.RunPython.noop, elidable=True)]
