from django.db import migrations
from django.db.models import F
from django.utils import timezone

MOST_ATTEMPTS = 12


def carry(apps, schema_editor):
    """What was sent is done, what was tried too often is given up, and the rest is due when it was."""
    alias = schema_editor.connection.alias
    emails = apps.get_model("commerce", "OutgoingEmail").objects.using(alias)
    emails.exclude(sent_at=None).update(status="done")
    unsent = emails.filter(sent_at=None)
    unsent.filter(attempts__gte=MOST_ATTEMPTS).update(status="given_up")
    unsent.filter(attempts__lt=MOST_ATTEMPTS).exclude(leased_until=None).update(due_at=F("leased_until"))
    emails.update(leased_until=None)
    requests = apps.get_model("commerce", "OrderLinksRequest").objects.using(alias)
    for request in requests.filter(attempts__lt=MOST_ATTEMPTS).iterator():
        emails.create(
            kind="order_links",
            recipient=request.email,
            attempts=request.attempts,
            due_at=request.leased_until or timezone.now(),
        )


def carry_back(apps, schema_editor):
    emails = apps.get_model("commerce", "OutgoingEmail").objects.using(schema_editor.connection.alias)
    emails.filter(order=None).delete()
    emails.filter(sent_at=None).update(leased_until=F("due_at"))


class Migration(migrations.Migration):
    dependencies = [("commerce", "0011_emails_of_the_outbox")]

    operations = [migrations.RunPython(carry, carry_back)]
