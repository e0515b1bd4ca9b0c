"""Asks the Hub for one product, with the shop's own access, and says what came of it."""

from django.core.management.base import BaseCommand, CommandError

from personalization.hub import HubConfig
from personalization.hub.health import look_at_hub


class Command(BaseCommand):
    help = "Say whether the Hub answers this shop. Ends with 1 if it does not."

    def handle(self, *args, **options):
        address = HubConfig.from_settings().base_url
        health = look_at_hub()
        if not health.answers:
            raise CommandError(
                f"The Hub at {address} does not answer as it should: {health.trouble}\n"
                "The shop runs without it; nothing can be personalized or printed until it answers."
            )
        self.stdout.write(f"The Hub at {address} answers.")
