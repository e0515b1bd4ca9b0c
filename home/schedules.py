"""What the worker does for pages."""

from django.utils.translation import gettext_lazy as _

from core.schedules import Schedule, register

register(
    Schedule(
        name="home.publish_scheduled",
        function="home.tasks.publish_scheduled",
        minutes=1,
        description=_("publishes pages whose time has come, and takes expired ones off the site"),
    ),
    Schedule(
        name="home.purge_revisions",
        function="home.tasks.purge_revisions",
        cron="30 3 * * *",
        description=_(
            "removes versions of pages older than REVISIONS_KEPT_DAYS; the latest, scheduled and submitted"
            " ones stay"
        ),
    ),
)
