"""How to connect the Hub: the pipeline to paste there, and what is still missing."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from commerce.desk.permissions import SEE_ORDERS, SEE_WEBHOOK_SECRET, needs
from commerce.desk.pipeline import pipeline_text, webhook_url
from commerce.desk.setup_checks import setup_points
from personalization.hub import HubConfig

from .pages import desk_page


@never_cache
@require_http_methods(["GET", "POST"])
@needs(SEE_ORDERS)
def connect(request: HttpRequest) -> HttpResponse:
    """The secret is in the page only after somebody who may see it has asked for it."""
    secret = HubConfig.from_settings().webhook_secret
    may_reveal = bool(secret) and request.user.has_perm(SEE_WEBHOOK_SECRET)
    is_revealed = may_reveal and request.method == "POST"
    return desk_page(
        request,
        "connect",
        title=_("Connect the Hub"),
        icon="site",
        pipeline=pipeline_text(secret=secret) if is_revealed else pipeline_text(),
        webhook_url=webhook_url(),
        points=setup_points(),
        may_reveal=may_reveal,
        is_revealed=is_revealed,
        has_secret=bool(secret),
    )
