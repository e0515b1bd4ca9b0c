from django.db import migrations

import core.fields


class Migration(migrations.Migration):

    dependencies = [("commerce", "0005_pack_sizes")]

    operations = [
        migrations.AddField(
            model_name="order",
            name="email_normal",
            field=core.fields.NormalAddressField(
                default="", source="email", verbose_name="email in its normal form"
            ),
            preserve_default=False,
        ),
    ]
