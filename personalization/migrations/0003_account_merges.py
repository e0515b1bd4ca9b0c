from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("personalization", "0002_append_only")]

    operations = [
        migrations.RenameModel("StorefrontUserMerge", "AccountMerge"),
        migrations.RenameModel("DesignLeftover", "RemoteCleanUp"),
        migrations.RenameField("AccountMerge", "next_attempt_at", "due_at"),
        migrations.RemoveConstraint("AccountMerge", "storefront_user_merge_of_two"),
        migrations.AddConstraint(
            "AccountMerge",
            models.CheckConstraint(
                condition=models.Q(("visitor", models.F("account_user")), _negated=True),
                name="account_merge_of_two",
            ),
        ),
    ]
