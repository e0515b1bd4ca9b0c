from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("commerce", "0009_approval_by_roles")]

    operations = [
        migrations.RenameModel("OrderEmail", "OutgoingEmail"),
        migrations.RemoveIndex("OutgoingEmail", "order_email_unsent"),
    ]
