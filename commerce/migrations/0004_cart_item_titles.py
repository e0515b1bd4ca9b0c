from django.db import migrations, models


def name_existing(apps, schema_editor):
    """Lines of carts that were filled before are called as the catalog, or else the design, calls them now."""
    variants = apps.get_model("catalog", "ProductVariant").objects.select_related("page")
    for item in apps.get_model("commerce", "CartItem").objects.select_related("design").iterator():
        if variant := variants.filter(sku=item.sku).first():
            item.title, item.variant_title = variant.page.title, variant.title
        elif item.design:
            item.title = item.design.title
        item.save(update_fields=["title", "variant_title"])


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0001_initial_schema"),
        ("commerce", "0003_roles"),
    ]

    operations = [
        migrations.AddField(
            model_name="cartitem",
            name="title",
            field=models.CharField(blank=True, max_length=255, verbose_name="title"),
        ),
        migrations.AddField(
            model_name="cartitem",
            name="variant_title",
            field=models.CharField(blank=True, max_length=120, verbose_name="variant"),
        ),
        migrations.RunPython(name_existing, migrations.RunPython.noop),
    ]
