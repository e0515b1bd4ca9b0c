"""What every page of the site has in common."""

from wagtail.models import Page


class BasePage(Page):
    """The parent of every page type of the site."""

    class Meta:
        abstract = True
