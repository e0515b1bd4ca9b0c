"""The pager of components/pager.html."""

from typing import Any

from django import template
from django.core.paginator import Page
from django.template import RequestContext

register = template.Library()


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context: RequestContext, page: "Page[Any]") -> dict[str, Any]:
    """Links to the pages around this one, the first and the last: `{% pager stories %}`.

    Other parameters of the address stay as they are.
    """
    parameters = context["request"].GET.copy()
    parameters.pop("page", None)
    prefix = f"?{parameters.urlencode()}&page=" if parameters else "?page="
    return {
        "page": page,
        "prefix": prefix,
        "numbers": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
        "ellipsis": page.paginator.ELLIPSIS,
    }
