from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('home', '0002_normal_addresses'),
    ]

    operations = [
        migrations.AddField(
            model_name='siteimage',
            name='trouble',
            field=models.CharField(blank=True, default='', editable=False, max_length=255, verbose_name='trouble'),
        ),
    ]
