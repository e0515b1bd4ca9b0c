from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("personalization", "0008_designs_that_last"),
    ]

    operations = [
        migrations.AddField(
            model_name="design",
            name="lowest_dpi",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="lowest resolution in dpi"),
        ),
        migrations.AddField(
            model_name="design",
            name="pictures",
            field=models.JSONField(
                blank=True, default=list, editable=False, verbose_name="copies of the previews"
            ),
        ),
        migrations.AddField(
            model_name="design",
            name="warnings",
            field=models.JSONField(blank=True, default=list, verbose_name="warnings of the editor"),
        ),
    ]
