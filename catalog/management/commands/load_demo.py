"""Fills an empty shop with the demo's pages, products, pictures and settings."""

from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from catalog.demo import DemoContent, is_foreign, load, visit_every_page
from core.unmigrated import require_migrations
from home import static_files

ADMIN = "admin"
LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Command(BaseCommand):
    """Can be run again at any time: it adds what is missing and changes nothing that exists."""

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument(
            "--content",
            type=Path,
            default=settings.BASE_DIR / "demo",
            help="Directory with catalog.json, home.json, stories.json and pictures/.",
        )

    def handle(self, *args, content: Path, **options):
        require_migrations()
        if not static_files.are_collected():
            raise CommandError("Run manage.py collectstatic first: without it no page can be shown.")
        if is_foreign():
            raise CommandError(
                "This database holds a shop that the demo has not made; the demo would mix its products "
                "into it. Nothing was changed. For the demo use an empty database, such as one in another "
                "VAR_DIR."
            )
        try:
            demo = DemoContent.read(content)
        except (OSError, ValueError) as error:
            raise CommandError(f"The demo cannot be read: {error}") from error
        report = load(demo)
        call_command("update_index", verbosity=0)
        unanswered = visit_every_page()
        self.stdout.write(
            f"The demo is in place: {report.categories} categories, {report.products} products with "
            f"{report.variants} variants, {report.stories} stories ({report.pages_added} pages added)."
        )
        if report.missing_pictures:
            first, total = report.missing_pictures[0], len(report.missing_pictures)
            self.stderr.write(f"{total} pictures have no file, such as {first}.")
        for sentence in report.left_to_editors:
            self.stderr.write(sentence)
        if unanswered:
            self.stderr.write(f"These pages did not answer: {', '.join(unanswered)}.")
        self.create_administrator()

    def create_administrator(self):
        """admin/admin, where nobody but this machine can log in with it."""
        users = get_user_model().objects
        if users.filter(is_superuser=True).exists():
            return
        host = urlsplit(settings.SHOP_BASE_URL).hostname
        if not (settings.DEBUG and host in LOOPBACK):
            self.stderr.write(
                "No administrator was created: a well-known password is only for DEBUG on this machine "
                f"(here DEBUG is {settings.DEBUG} and the shop is at {host}). "
                "Run manage.py createsuperuser."
            )
            return
        users.create_superuser(ADMIN, "admin@oakwren.example", ADMIN)
        self.stdout.write(f"Log in at {settings.SHOP_BASE_URL}/admin/ as {ADMIN} with the password {ADMIN}.")
