from django.db import migrations, models

from commerce.desk.roles import install_roles


class Migration(migrations.Migration):

    dependencies = [
        ('commerce', '0008_doctor_reports'),
        ('catalog', '0007_stock'),
    ]

    operations = [
        migrations.AddField(
            model_name='orderitem',
            name='from_stock',
            field=models.BooleanField(default=False, editable=False, verbose_name='taken from stock'),
        ),
        # The groups learn who may see and count what is left.
        migrations.RunPython(install_roles, migrations.RunPython.noop),
    ]
