import commerce.models.orders
import core.fields
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    # Every migration of release 0.1.0: a database of it has this one already.
    replaces = [
        ("commerce", "0001_initial"),
        ("commerce", "0002_initial"),
        ("commerce", "0003_delivery_of_emails"),
        ("commerce", "0004_hold_cancel_and_moves"),
        ("commerce", "0005_notes_and_emails_sent_again"),
        ("commerce", "0006_roles"),
        ("commerce", "0007_emails_of_problems_and_order_links"),
        ("commerce", "0008_doctor_reports"),
        ("commerce", "0009_stock"),
        ("commerce", "0010_reorders"),
        ("commerce", "0011_consents"),
    ]

    initial = True

    dependencies = [
        ('home', '0001_initial_schema'),
        ('personalization', '0001_initial_schema'),
    ]

    operations = [
        migrations.CreateModel(
            name='DoctorReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_at', models.DateTimeField(verbose_name='started')),
                ('finished_at', models.DateTimeField(db_index=True, verbose_name='finished')),
                ('findings', models.JSONField(default=list, verbose_name='findings')),
                ('remaining', models.PositiveIntegerField(verbose_name='left to mend')),
                ('hub_trouble', models.TextField(blank=True, verbose_name='why the Hub could not be compared')),
            ],
            options={
                'verbose_name': 'doctor’s report',
                'verbose_name_plural': 'doctor’s reports',
                'ordering': ['-pk'],
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='OrderLinksRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, verbose_name='email')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('attempts', models.PositiveIntegerField(default=0, verbose_name='attempts')),
                ('leased_until', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='leased until')),
            ],
            options={
                'verbose_name': 'request for order links',
                'verbose_name_plural': 'requests for order links',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Cart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('checkout_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='checkout key')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated')),
                ('owner', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='cart', to='personalization.storefrontuser')),
            ],
            options={
                'verbose_name': 'cart',
                'verbose_name_plural': 'carts',
            },
        ),
        migrations.CreateModel(
            name='Order',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=commerce.models.orders.new_order_code, editable=False, max_length=16, unique=True, verbose_name='code')),
                ('secret', models.CharField(default=commerce.models.orders.new_order_secret, editable=False, max_length=64, verbose_name='secret')),
                ('checkout_key', models.UUIDField(editable=False, unique=True, verbose_name='checkout key')),
                ('email', models.EmailField(max_length=254, verbose_name='email')),
                ('status', models.CharField(choices=[('on_hold', 'On hold'), ('processing', 'Processing'), ('completed', 'Completed'), ('cancelled', 'Cancelled')], default='processing', max_length=16, verbose_name='status')),
                ('currency', models.CharField(max_length=3, verbose_name='currency')),
                ('total', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='total')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='placed')),
                ('held_until', models.DateTimeField(blank=True, null=True, verbose_name='held until')),
                ('completed_at', models.DateTimeField(blank=True, null=True, verbose_name='completed')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='personalization.storefrontuser')),
            ],
            options={
                'verbose_name': 'order',
                'verbose_name_plural': 'orders',
                'ordering': ['-created_at'],
                'permissions': [('see_webhook_secret', "Can see the secret of the Hub's call-backs")],
            },
        ),
        migrations.CreateModel(
            name='OrderEmail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('confirmation', 'Order received'), ('ready', 'Files ready'), ('cancelled', 'Order cancelled'), ('problem', 'A file takes longer'), ('desk_problem', 'A file failed (to the order desk)')], max_length=20, verbose_name='kind')),
                ('event', models.CharField(blank=True, editable=False, max_length=20, verbose_name='event')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('attempts', models.PositiveIntegerField(default=0, verbose_name='attempts')),
                ('resent', models.PositiveSmallIntegerField(default=0, verbose_name='sent again by staff')),
                ('leased_until', models.DateTimeField(blank=True, null=True, verbose_name='leased until')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='sent')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='emails', to='commerce.order')),
            ],
            options={
                'verbose_name': 'order e-mail',
                'verbose_name_plural': 'order e-mails',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='OrderEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('actor', models.CharField(max_length=64, verbose_name='who')),
                ('from_status', models.CharField(max_length=16, verbose_name='from')),
                ('to_status', models.CharField(max_length=16, verbose_name='to')),
                ('reason', models.TextField(blank=True, verbose_name='why')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='when')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='commerce.order')),
            ],
            options={
                'verbose_name': 'event of an order',
                'verbose_name_plural': 'events of orders',
                'ordering': ['pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OrderItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(verbose_name='position')),
                ('sku', core.fields.SkuField(max_length=64, verbose_name='SKU')),
                ('title', models.CharField(max_length=255, verbose_name='title')),
                ('variant_title', models.CharField(max_length=120, verbose_name='variant')),
                ('unit_price', models.DecimalField(decimal_places=2, max_digits=9, verbose_name='unit price')),
                ('quantity', models.PositiveIntegerField(verbose_name='quantity')),
                ('line_total', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='line total')),
                ('from_stock', models.BooleanField(default=False, editable=False, verbose_name='taken from stock')),
                ('design', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='order_items', to='personalization.design')),
                ('image', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.siteimage')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='commerce.order')),
                ('render_project', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='order_item', to='personalization.renderproject')),
            ],
            options={
                'verbose_name': 'order item',
                'verbose_name_plural': 'order items',
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('warnings', 'Ordered despite warnings'), ('proof', 'Proof approved')], max_length=16, verbose_name='kind')),
                ('text', models.TextField(verbose_name='what was agreed to')),
                ('warnings', models.JSONField(default=list, verbose_name='warnings shown')),
                ('design_id', models.UUIDField(verbose_name='design')),
                ('version', models.CharField(max_length=64, verbose_name='version of the design')),
                ('state_ids', models.JSONField(default=list, verbose_name='private design ids')),
                ('pictures', models.JSONField(default=list, verbose_name='digests of the previews')),
                ('actor', models.CharField(max_length=64, verbose_name='who')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('order_item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='commerce.orderitem', verbose_name='order item')),
            ],
            options={
                'verbose_name': 'consent',
                'verbose_name_plural': 'consents',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='OrderNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('actor', models.CharField(max_length=64, verbose_name='who')),
                ('text', models.TextField(max_length=2000, verbose_name='note')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='when')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='commerce.order')),
            ],
            options={
                'verbose_name': 'order note',
                'verbose_name_plural': 'order notes',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Reorder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(editable=False, unique=True, verbose_name='key')),
                ('outcome', models.JSONField(default=list, verbose_name='outcome')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reorders', to='commerce.order')),
            ],
            options={
                'verbose_name': 'reorder',
                'verbose_name_plural': 'reorders',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='CartItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sku', core.fields.SkuField(max_length=64, verbose_name='SKU')),
                ('quantity', models.PositiveIntegerField(default=1, verbose_name='quantity')),
                ('approved_version', models.CharField(blank=True, max_length=64, verbose_name='approved version of the design')),
                ('approved_text', models.TextField(blank=True, verbose_name='what was agreed to')),
                ('approved_by', models.CharField(blank=True, max_length=64, verbose_name='approved by')),
                ('approved_at', models.DateTimeField(blank=True, null=True, verbose_name='approved')),
                ('added_at', models.DateTimeField(auto_now_add=True, verbose_name='added')),
                ('cart', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='commerce.cart')),
                ('design', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cart_item', to='personalization.design')),
            ],
            options={
                'verbose_name': 'cart item',
                'verbose_name_plural': 'cart items',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('quantity__gte', 1)), name='cart_item_quantity_positive'), models.UniqueConstraint(condition=models.Q(('design__isnull', True)), fields=('cart', 'sku'), name='one_plain_cart_item_per_sku')],
            },
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(fields=['-created_at'], name='order_newest_first'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(condition=models.Q(('status', 'on_hold')), fields=['held_until'], name='order_held_until'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(('total__gte', 0)), name='order_total_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('completed_at__isnull', False), ('status', 'completed')), models.Q(models.Q(('status', 'completed'), _negated=True), ('completed_at__isnull', True)), _connector='OR'), name='order_completed_has_its_time'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('held_until__isnull', False), ('status', 'on_hold')), models.Q(models.Q(('status', 'on_hold'), _negated=True), ('held_until__isnull', True)), _connector='OR'), name='order_on_hold_has_its_end'),
        ),
        migrations.AddIndex(
            model_name='orderemail',
            index=models.Index(condition=models.Q(('sent_at__isnull', True)), fields=['leased_until'], name='order_email_unsent'),
        ),
        migrations.AddConstraint(
            model_name='orderemail',
            constraint=models.UniqueConstraint(fields=('order', 'kind', 'event'), name='one_email_per_order_kind_and_event'),
        ),
        migrations.AddConstraint(
            model_name='orderitem',
            constraint=models.UniqueConstraint(fields=('order', 'position'), name='one_order_item_per_position'),
        ),
        migrations.AddConstraint(
            model_name='orderitem',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gte', 1)), name='order_item_quantity_positive'),
        ),
        migrations.AddConstraint(
            model_name='orderitem',
            constraint=models.CheckConstraint(condition=models.Q(('design__isnull', False), ('render_project__isnull', True), _connector='OR'), name='render_project_needs_design'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.UniqueConstraint(fields=('order_item', 'kind'), name='one_consent_per_kind_and_item'),
        ),
    ]
