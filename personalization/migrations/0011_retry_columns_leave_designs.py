from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('personalization', '0010_carry_design_jobs'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='design',
            name='preview_attempts',
        ),
        migrations.RemoveField(
            model_name='design',
            name='preview_due_at',
        ),
        migrations.RemoveField(
            model_name='design',
            name='retention_attempts',
        ),
        migrations.RemoveField(
            model_name='design',
            name='retention_due_at',
        ),
    ]
