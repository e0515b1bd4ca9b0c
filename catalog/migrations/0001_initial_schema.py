import catalog.fields
import catalog.models.products
import core.fields
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import modelcluster.fields
import wagtail.fields
from decimal import Decimal
from django.db import migrations, models


class Migration(migrations.Migration):

    # Every migration of release 0.1.0: a database of it has this one already.
    replaces = [
        ("catalog", "0001_initial"),
        ("catalog", "0002_initial"),
        ("catalog", "0003_options_and_pictures"),
        ("catalog", "0004_editor_texts"),
        ("catalog", "0005_picture_help"),
        ("catalog", "0006_mapping_checks"),
        ("catalog", "0007_stock"),
    ]

    initial = True

    dependencies = [
        ('home', '0001_initial_schema'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
    ]

    operations = [
        migrations.CreateModel(
            name='CatalogPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('introduction', wagtail.fields.RichTextField(blank=True, verbose_name='introduction')),
                ('social_image', models.ForeignKey(blank=True, help_text='Shown where somebody shares the page. Wide, at least 1200 × 630 pixels.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.siteimage', verbose_name='picture for sharing')),
            ],
            options={
                'verbose_name': 'catalog',
                'verbose_name_plural': 'catalogs',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='CategoryPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('introduction', wagtail.fields.RichTextField(blank=True, help_text="One or two sentences below the title; also shown on the category's card.", verbose_name='introduction')),
                ('picture', models.ForeignKey(blank=True, help_text='Shown at the top of the category and on its card.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.siteimage', verbose_name='picture')),
                ('social_image', models.ForeignKey(blank=True, help_text='Shown where somebody shares the page. Wide, at least 1200 × 630 pixels.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.siteimage', verbose_name='picture for sharing')),
            ],
            options={
                'verbose_name': 'category',
                'verbose_name_plural': 'categories',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='ProductGroupPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('reference', models.SlugField(default=catalog.models.products.new_reference, help_text="This is what you type into the Hub's Connection. It never changes.", max_length=100, unique=True, verbose_name='product reference')),
                ('summary', models.CharField(blank=True, help_text='One sentence below the title; also shown on cards and in search results.', max_length=250, verbose_name='summary')),
                ('body', core.fields.ContentField([], blank=True, verbose_name='description')),
                ('personalization', core.fields.ContentField([], blank=True, help_text='Empty: the product is sold as it is, with an Add to cart button.', verbose_name='personalization')),
                ('picture', models.ForeignKey(blank=True, help_text='First in the gallery, and the one on cards: 4 to 3, at least 1200 × 900 pixels.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.siteimage', verbose_name='main picture')),
                ('social_image', models.ForeignKey(blank=True, help_text='Shown where somebody shares the page. Wide, at least 1200 × 630 pixels.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.siteimage', verbose_name='picture for sharing')),
            ],
            options={
                'verbose_name': 'product group',
                'verbose_name_plural': 'product groups',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='PriceBreak',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('minimum_quantity', models.PositiveIntegerField(validators=[django.core.validators.MinValueValidator(2)], verbose_name='from quantity')),
                ('discount_percent', models.DecimalField(decimal_places=1, max_digits=4, validators=[django.core.validators.MinValueValidator(Decimal('0.1')), django.core.validators.MaxValueValidator(Decimal('90'))], verbose_name='discount in percent')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='price_breaks', to='catalog.productgrouppage')),
            ],
            options={
                'verbose_name': 'price break',
                'verbose_name_plural': 'price breaks',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MappingCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=200, verbose_name='product reference')),
                ('checked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='checked')),
                ('page', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='mapping_check', to='catalog.productgrouppage')),
            ],
            options={
                'verbose_name': 'check of a mapping',
                'verbose_name_plural': 'checks of mappings',
            },
        ),
        migrations.CreateModel(
            name='ProductPicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('image', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='home.siteimage', verbose_name='picture')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='gallery', to='catalog.productgrouppage')),
            ],
            options={
                'verbose_name': 'picture',
                'verbose_name_plural': 'more pictures',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Stock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sku', core.fields.SkuField(max_length=64, unique=True, verbose_name='SKU')),
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
            name='MappingIssue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('not_connected', 'Not connected in the Hub'), ('no_editor', 'The editor does not open'), ('not_in_hub', 'SKU not in the Hub'), ('unavailable', 'Unavailable in the Hub'), ('no_files', 'Makes no print files'), ('price_differs', 'Price differs'), ('name_differs', 'Name differs'), ('not_notified', 'The shop is not notified')], max_length=20, verbose_name='what is the matter')),
                ('sku', core.fields.SkuField(blank=True, max_length=64, verbose_name='SKU')),
                ('detail', models.CharField(blank=True, max_length=300, verbose_name='details')),
                ('first_seen_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='since')),
                ('check_run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='issues', to='catalog.mappingcheck')),
            ],
            options={
                'verbose_name': 'difference from the Hub',
                'verbose_name_plural': 'differences from the Hub',
                'ordering': ['check_run__page__title', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('check_run', 'kind', 'sku'), name='mapping_issue_once')],
            },
        ),
        migrations.CreateModel(
            name='ProductVariant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('sku', core.fields.SkuField(help_text='Your article number. No two variants of the shop share one. It is also the SKU in the Hub.', max_length=64, unique=True, verbose_name='SKU')),
                ('title', models.CharField(help_text='What the shopper chooses, like “Matt, 50 cards”.', max_length=120, verbose_name='title')),
                ('price', models.DecimalField(decimal_places=2, max_digits=9, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='price')),
                ('options', catalog.fields.OptionsField(blank=True, default=list, help_text='One a line, like “Paper: Matt”. Give every variant the same names in the same order, and the shop groups them by the first one. Leave empty to let shoppers choose by title.', verbose_name='options')),
                ('weight_grams', models.PositiveIntegerField(blank=True, null=True, verbose_name='weight in grams')),
                ('is_active', models.BooleanField(default=True, help_text='Untick instead of deleting: the variant stays visible as unavailable.', verbose_name='on sale')),
                ('image', models.ForeignKey(blank=True, help_text="Shown while this variant is chosen, and in the cart. Without it, the product's picture.", null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.siteimage', verbose_name='picture')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='variants', to='catalog.productgrouppage')),
            ],
            options={
                'verbose_name': 'variant',
                'verbose_name_plural': 'variants',
                'ordering': ['sort_order'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('price__gte', 0)), name='variant_price_not_negative')],
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
    ]
