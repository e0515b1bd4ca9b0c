"""System checks of page types: what Wagtail would pass over in silence."""

from django.core.checks import CheckMessage, Error
from wagtail.models import get_page_models

from .models import BasePage


def check_parents(**_: object) -> list[CheckMessage]:
    """A page type and its parents have to name each other, or editors are never offered it."""
    found = []
    for page_type in get_page_models():
        # Wagtail's default, no list at all, allows every parent.
        if not issubclass(page_type, BasePage) or getattr(page_type, "parent_page_types", None) is None:
            continue
        allowed = page_type.allowed_parent_page_models()
        for parent in page_type.clean_parent_page_models():
            if parent not in allowed:
                found.append(_missing(page_type, parent))
    return found


def _missing(page_type: type, parent: type) -> Error:
    label = f"{page_type._meta.app_label}.{page_type.__name__}"
    return Error(
        f"{page_type.__name__} cannot be created below {parent.__name__}, which it names as its parent.",
        hint=f'Add "{label}" to {parent.__name__}.subpage_types.',
        obj=page_type,
        id="home.E001",
    )
