import core.fields
import django.db.models.deletion
import django.utils.timezone
import personalization.models.rendering
import personalization.models.users
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    # Every migration of release 0.1.0: a database of it has this one already.
    replaces = [
        ("personalization", "0001_initial"),
        ("personalization", "0002_rendering_bookkeeping"),
        ("personalization", "0003_visitors_become_accounts"),
        ("personalization", "0004_moves_and_status_in_the_hub"),
        ("personalization", "0005_count_repeated_call_backs"),
        ("personalization", "0006_files_brought_by_hand"),
        ("personalization", "0007_making_checks_and_deadlines"),
        ("personalization", "0008_designs_that_last"),
        ("personalization", "0009_warnings_and_pictures"),
        ("personalization", "0010_copies_for_print"),
        ("personalization", "0011_promise_designs"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HubEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('project_id', models.BigIntegerField(null=True, verbose_name='Hub project')),
                ('order_id', models.CharField(blank=True, max_length=64, verbose_name='order id')),
                ('received_at', models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='received')),
                ('processed_at', models.DateTimeField(blank=True, null=True, verbose_name='processed')),
                ('repeats', models.PositiveIntegerField(default=0, editable=False, verbose_name='repeats')),
            ],
            options={
                'verbose_name': 'Hub event',
                'verbose_name_plural': 'Hub events',
                'ordering': ['-received_at'],
            },
        ),
        migrations.CreateModel(
            name='Design',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sku', core.fields.SkuField(max_length=64, verbose_name='SKU')),
                ('product_reference', models.CharField(max_length=100, verbose_name='product reference')),
                ('title', models.CharField(max_length=255, verbose_name='title')),
                ('quantity', models.PositiveIntegerField(default=1, verbose_name='quantity')),
                ('state_ids', models.JSONField(default=list, verbose_name='private design ids')),
                ('hub_product_id', models.BigIntegerField(blank=True, null=True, verbose_name='Hub product')),
                ('hub_product_version_id', models.BigIntegerField(blank=True, null=True, verbose_name='Hub product version')),
                ('hub_product_link_id', models.BigIntegerField(blank=True, null=True, verbose_name='Hub product link')),
                ('hub_variant_id', models.BigIntegerField(blank=True, null=True, verbose_name='Hub variant')),
                ('hidden', models.JSONField(blank=True, default=dict, verbose_name='hidden data')),
                ('preview_urls', models.JSONField(blank=True, default=list, verbose_name='preview addresses')),
                ('preview', models.FileField(blank=True, upload_to='previews/', verbose_name='preview')),
                ('preview_attempts', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='attempts at the preview')),
                ('preview_due_at', models.DateTimeField(blank=True, db_index=True, editable=False, null=True, verbose_name='preview due')),
                ('pictures', models.JSONField(blank=True, default=list, editable=False, verbose_name='copies of the previews')),
                ('warnings', models.JSONField(blank=True, default=list, verbose_name='warnings of the editor')),
                ('lowest_dpi', models.PositiveIntegerField(blank=True, null=True, verbose_name='lowest resolution in dpi')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='the shopper’s name for it')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='changed')),
                ('kept_until', models.DateTimeField(blank=True, db_index=True, editable=False, null=True, verbose_name='kept until')),
                ('is_untouched', models.BooleanField(default=False, editable=False, verbose_name='untouched copy')),
                ('is_print_only', models.BooleanField(default=False, editable=False, verbose_name='for print only')),
                ('retention', models.CharField(blank=True, editable=False, max_length=40, verbose_name='retention told to the Hub')),
                ('retention_due_at', models.DateTimeField(blank=True, db_index=True, editable=False, null=True, verbose_name='retention due')),
                ('retention_attempts', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='attempts to tell the retention')),
                ('gone_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='found gone in the Hub')),
                ('copy_of', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='copies', to='personalization.design', verbose_name='copy of')),
            ],
            options={
                'verbose_name': 'design',
                'verbose_name_plural': 'designs',
                'ordering': ['-created_at'],
            },
        ),
        migrations.CreateModel(
            name='ProjectSweep',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ('seen_until', models.DateTimeField(blank=True, null=True, verbose_name='seen until')),
                ('leased_until', models.DateTimeField(blank=True, null=True, verbose_name='leased until')),
            ],
            options={
                'verbose_name': 'project sweep',
                'verbose_name_plural': 'project sweeps',
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='one_project_sweep')],
            },
        ),
        migrations.CreateModel(
            name='RenderProject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order_id', models.CharField(db_index=True, max_length=64, verbose_name='order id')),
                ('order_url', models.URLField(blank=True, max_length=500, verbose_name='order address')),
                ('line_id', models.CharField(max_length=64, unique=True, verbose_name='order line id')),
                ('line_index', models.PositiveIntegerField(default=0, verbose_name='order line index')),
                ('title', models.CharField(max_length=255, verbose_name='title')),
                ('sku', core.fields.SkuField(max_length=64, verbose_name='SKU')),
                ('quantity', models.PositiveIntegerField(verbose_name='quantity')),
                ('making', models.CharField(choices=[('product', 'By the product’s own pipeline'), ('pipeline', 'By a given pipeline'), ('hires', 'By the Hub’s built-in rendering')], default='product', max_length=16, verbose_name='how files are made')),
                ('pipeline_id', models.BigIntegerField(blank=True, null=True, verbose_name='processing pipeline')),
                ('fields', models.JSONField(blank=True, default=dict, verbose_name='fields for the pipeline')),
                ('expected_width_mm', models.DecimalField(blank=True, decimal_places=2, max_digits=7, null=True, verbose_name='expected width in mm')),
                ('expected_height_mm', models.DecimalField(blank=True, decimal_places=2, max_digits=7, null=True, verbose_name='expected height in mm')),
                ('expected_pages', models.PositiveIntegerField(blank=True, null=True, verbose_name='expected pages of a design')),
                ('status', models.CharField(choices=[('waiting', 'Waiting'), ('creating', 'Creating'), ('rendering', 'Rendering'), ('fetching', 'Fetching files'), ('ready', 'Ready'), ('failed', 'Failed'), ('cancelled', 'Cancelled')], default='waiting', max_length=16, verbose_name='status')),
                ('hub_project_id', models.BigIntegerField(blank=True, null=True, unique=True, verbose_name='Hub project')),
                ('abandoned_hub_projects', models.JSONField(blank=True, default=list, verbose_name='abandoned Hub projects')),
                ('surplus_hub_projects', models.JSONField(blank=True, default=list, verbose_name='surplus Hub projects')),
                ('hub_processing_status', models.CharField(blank=True, max_length=40, verbose_name='processing status in the Hub')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('waits_for_configuration', models.BooleanField(default=False, verbose_name='waits for the configuration')),
                ('opened_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='opened')),
                ('overdue_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='found overdue')),
                ('creation_sent_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='creation sent')),
                ('missed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='looked for in vain')),
                ('attempts', models.PositiveIntegerField(default=0, verbose_name='attempts')),
                ('next_attempt_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='next attempt')),
                ('leased_until', models.DateTimeField(blank=True, null=True, verbose_name='leased until')),
                ('lease', models.UUIDField(blank=True, editable=False, null=True, verbose_name='lease')),
                ('woken_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='woken')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='submitted to the Hub')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='finished')),
                ('told_status', models.CharField(blank=True, editable=False, max_length=16, verbose_name='status told to the Hub')),
                ('tell_at', models.DateTimeField(blank=True, db_index=True, editable=False, null=True, verbose_name='tell the Hub at')),
                ('tell_attempts', models.PositiveIntegerField(default=0, editable=False, verbose_name='attempts to tell the Hub')),
                ('telling_until', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='telling until')),
                ('design', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='render_projects', to='personalization.design', verbose_name='design')),
            ],
            options={
                'verbose_name': 'render project',
                'verbose_name_plural': 'render projects',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='ProjectEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('actor', models.CharField(max_length=64, verbose_name='who')),
                ('from_status', models.CharField(max_length=16, verbose_name='from')),
                ('to_status', models.CharField(max_length=16, verbose_name='to')),
                ('reason', models.TextField(blank=True, verbose_name='why')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='when')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='personalization.renderproject')),
            ],
            options={
                'verbose_name': 'event of a render project',
                'verbose_name_plural': 'events of render projects',
                'ordering': ['pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PrintFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('artifact_id', models.CharField(max_length=64, verbose_name='artifact id')),
                ('name', models.CharField(max_length=200, verbose_name='file name')),
                ('content_type', models.CharField(max_length=100, verbose_name='content type')),
                ('size', models.PositiveBigIntegerField(verbose_name='size in bytes')),
                ('pages', models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name='pages')),
                ('file', models.FileField(max_length=300, storage=personalization.models.rendering.private_storage, upload_to='print-files/%Y/%m/', verbose_name='file')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='personalization.renderproject')),
            ],
            options={
                'verbose_name': 'print file',
                'verbose_name_plural': 'print files',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='StorefrontUser',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hub_id', models.CharField(default=personalization.models.users.new_hub_id, editable=False, max_length=64, unique=True, verbose_name='Hub user id')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('registered_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='registered in the Hub')),
                ('account', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='storefront_user', to=settings.AUTH_USER_MODEL, verbose_name='account')),
            ],
            options={
                'verbose_name': 'storefront user',
                'verbose_name_plural': 'storefront users',
            },
        ),
        migrations.CreateModel(
            name='DesignLeftover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state_ids', models.JSONField(default=list, verbose_name='private design ids')),
                ('ending', models.CharField(choices=[('delete', 'Delete'), ('let_go', 'Let go')], max_length=16, verbose_name='ending')),
                ('due_at', models.DateTimeField(db_index=True, verbose_name='due')),
                ('attempts', models.PositiveIntegerField(default=0, verbose_name='attempts')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('made_as', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='personalization.storefrontuser', verbose_name='made as')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leftovers', to='personalization.storefrontuser', verbose_name='owner')),
            ],
            options={
                'verbose_name': 'leftover design in the Hub',
                'verbose_name_plural': 'leftover designs in the Hub',
                'ordering': ['pk'],
            },
        ),
        migrations.AddField(
            model_name='design',
            name='made_as',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='personalization.storefrontuser', verbose_name='made as'),
        ),
        migrations.AddField(
            model_name='design',
            name='owner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='designs', to='personalization.storefrontuser', verbose_name='owner'),
        ),
        migrations.CreateModel(
            name='StorefrontUserMerge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('pending', 'Pending'), ('done', 'Done'), ('refused', 'Refused by the Hub')], default='pending', max_length=16, verbose_name='status')),
                ('attempts', models.PositiveIntegerField(default=0, verbose_name='attempts')),
                ('next_attempt_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='next attempt')),
                ('leased_until', models.DateTimeField(blank=True, null=True, verbose_name='leased until')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('account_user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='merges', to='personalization.storefrontuser', verbose_name="the account's storefront user")),
                ('visitor', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='merge', to='personalization.storefrontuser', verbose_name='visitor')),
            ],
            options={
                'verbose_name': 'storefront user merge',
                'verbose_name_plural': 'storefront user merges',
                'ordering': ['pk'],
            },
        ),
        migrations.AddIndex(
            model_name='renderproject',
            index=models.Index(condition=models.Q(('status__in', ['waiting', 'creating', 'rendering', 'fetching'])), fields=['opened_at'], name='render_project_open'),
        ),
        migrations.AddConstraint(
            model_name='renderproject',
            constraint=models.CheckConstraint(condition=models.Q(('hub_project_id__isnull', False), models.Q(('status__in', ['rendering', 'fetching']), _negated=True), _connector='OR'), name='render_project_has_hub_project'),
        ),
        migrations.AddConstraint(
            model_name='renderproject',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('making', 'pipeline'), _negated=True), ('pipeline_id__isnull', False), _connector='OR'), name='render_project_names_its_pipeline'),
        ),
        migrations.AddConstraint(
            model_name='printfile',
            constraint=models.UniqueConstraint(fields=('project', 'artifact_id'), name='one_print_file_per_artifact'),
        ),
        migrations.AddConstraint(
            model_name='design',
            constraint=models.UniqueConstraint(condition=models.Q(('is_untouched', True)), fields=('copy_of',), name='one_untouched_copy_of_a_design'),
        ),
        migrations.AddConstraint(
            model_name='storefrontusermerge',
            constraint=models.CheckConstraint(condition=models.Q(('visitor', models.F('account_user')), _negated=True), name='storefront_user_merge_of_two'),
        ),
    ]
