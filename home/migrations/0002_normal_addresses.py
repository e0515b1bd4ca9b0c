from django.conf import settings
from django.db import migrations

from core.addresses import normal_form


def write_normal_forms(apps, schema_editor):
    """Accounts have the normal form of their address from here on; says which of them share one."""
    address_model = apps.get_model("account", "EmailAddress")
    confirmed, seen = {}, {}
    addresses = list(address_model.objects.order_by("-verified", "-primary", "pk"))
    # First what would be there twice, then the writing: a confirmed address is unique.
    for address in addresses:
        normal = normal_form(address.email)
        kept = seen.setdefault((address.user_id, normal), address)
        if kept is not address:
            address.delete()
            continue
        if not address.verified:
            continue
        first = confirmed.setdefault(normal, address)
        if first is not address:
            address_model.objects.filter(pk=address.pk).update(verified=False)
            print(
                f"\n  Accounts {first.user_id} and {address.user_id} have one address, spelt in two ways. "
                f"It counts as confirmed for account {first.user_id} alone; please ask its owner."
            )
    for address in seen.values():
        normal = normal_form(address.email)
        if normal != address.email:
            address_model.objects.filter(pk=address.pk).update(email=normal)
    users = apps.get_model(settings.AUTH_USER_MODEL).objects
    for pk, email in list(users.exclude(email="").values_list("pk", "email")):
        if normal_form(email) != email:
            users.filter(pk=pk).update(email=normal_form(email))


class Migration(migrations.Migration):

    dependencies = [
        ("home", "0001_initial_schema"),
        ("account", "0009_emailaddress_unique_primary_email"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [migrations.RunPython(write_normal_forms, migrations.RunPython.noop, elidable=True)]
