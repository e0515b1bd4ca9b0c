import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from core.audit.append_only import refuse_changes


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0006_mapping_checks'),
    ]

    operations = [
        migrations.CreateModel(
            name='Stock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sku', models.CharField(max_length=64, unique=True, validators=[django.core.validators.RegexValidator('^[A-Za-z0-9][A-Za-z0-9._-]*\\Z', 'Use letters, digits, hyphens, dots and underscores only, and begin with a letter or a digit.')], verbose_name='SKU')),
                ('quantity', models.PositiveIntegerField(default=0, verbose_name='pieces left')),
                ('low_from', models.PositiveIntegerField(default=5, help_text='From this number down, shoppers read how many are left and you see it on your home page.', verbose_name='low from')),
                ('is_counted', models.BooleanField(default=True, help_text='Untick to sell without limit, as what is printed on demand is.', verbose_name='sell only what is left')),
            ],
            options={
                'verbose_name': 'stock',
                'verbose_name_plural': 'stock',
                'ordering': ['sku'],
                'default_permissions': ('add', 'change', 'view'),
                'constraints': [models.CheckConstraint(condition=models.Q(('quantity__gte', 0)), name='stock_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='StockMovement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('order', 'Ordered'), ('cancellation', 'Order cancelled'), ('recount', 'Counted by staff'), ('correction', 'Put right by the doctor')], max_length=16, verbose_name='what happened')),
                ('change', models.IntegerField(verbose_name='change')),
                ('left', models.PositiveIntegerField(verbose_name='left afterwards')),
                ('order_code', models.CharField(blank=True, max_length=16, verbose_name='order')),
                ('actor', models.CharField(max_length=64, verbose_name='who')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='when')),
                ('stock', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='movements', to='catalog.stock')),
            ],
            options={
                'verbose_name': 'stock movement',
                'verbose_name_plural': 'stock movements',
                'ordering': ['-pk'],
                'default_permissions': (),
                'indexes': [models.Index(condition=models.Q(('order_code', ''), _negated=True), fields=['order_code'], name='stock_movement_of_order')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('kind__in', ['order', 'cancellation'])), fields=('stock', 'order_code', 'kind'), name='order_moves_a_stock_once_each_way')],
            },
        ),
        refuse_changes("catalog_stockmovement"),
    ]
