from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("commerce", "0012_carry_emails")]

    operations = [migrations.DeleteModel("OrderLinksRequest")]
