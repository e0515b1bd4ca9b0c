"""Tags of templates/base.html."""

import json

from django import template
from django.utils.safestring import SafeString, mark_safe

from home.accounts.selectors import may_use_admin
from home.selectors.site_frame import SiteFrame
from home.selectors.site_frame import site_frame as frame_of

register = template.Library()

SAFE_IN_SCRIPT = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.simple_tag(takes_context=True)
def site_frame(context) -> SiteFrame:
    """Brand, menu and footer of the site: `{% site_frame as site_frame %}`."""
    return frame_of(context.get("request"))


@register.simple_tag(takes_context=True)
def admin_is_open(context) -> bool:
    """Whether this session may use the admin, and so the bar that leads there."""
    request = context.get("request")
    return request is not None and may_use_admin(request)


@register.simple_tag
def linked_data(data: dict) -> SafeString:
    """A JSON-LD script; it is data, which the Content Security Policy lets through without a nonce."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(SAFE_IN_SCRIPT)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308
