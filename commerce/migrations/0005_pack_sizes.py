
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('commerce', '0004_cart_item_titles'),
    ]

    operations = [
        migrations.AddField(
            model_name='orderitem',
            name='pack_size',
            field=models.PositiveIntegerField(default=1, verbose_name='pieces in a pack'),
        ),
    ]
