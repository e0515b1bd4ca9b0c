"""A tag of the admin's question whether several pages are to be deleted."""

from django import template

from commerce.page_deletions import what_goes

register = template.Library()


@register.simple_tag
def what_goes_with(items: list[dict]) -> list[str]:
    """In sentences; `items` are those of Wagtail's bulk action."""
    return what_goes(item["item"] for item in items)
