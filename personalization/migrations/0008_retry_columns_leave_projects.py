from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('personalization', '0007_carry_render_jobs'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='renderproject',
            name='attempts',
        ),
        migrations.RemoveField(
            model_name='renderproject',
            name='lease',
        ),
        migrations.RemoveField(
            model_name='renderproject',
            name='leased_until',
        ),
        migrations.RemoveField(
            model_name='renderproject',
            name='next_attempt_at',
        ),
        migrations.RemoveField(
            model_name='renderproject',
            name='tell_at',
        ),
        migrations.RemoveField(
            model_name='renderproject',
            name='tell_attempts',
        ),
        migrations.RemoveField(
            model_name='renderproject',
            name='telling_until',
        ),
        migrations.RemoveField(
            model_name='renderproject',
            name='woken_at',
        ),
    ]
