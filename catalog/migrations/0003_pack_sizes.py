
import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0002_append_only'),
        ('home', '0001_initial_schema'),
    ]

    operations = [
        migrations.AddField(
            model_name='productvariant',
            name='pack_size',
            field=models.PositiveIntegerField(default=1, help_text='How many pieces the price is for. With more than one, the quantity counts packs, and the shop, orders and e-mails say so.', validators=[django.core.validators.MinValueValidator(1)], verbose_name='pieces in a pack'),
        ),
        migrations.AddConstraint(
            model_name='productvariant',
            constraint=models.CheckConstraint(condition=models.Q(('pack_size__gte', 1)), name='variant_pack_size_positive'),
        ),
    ]
