"""The pages of a content site: home, standard pages and stories."""

from .base import BasePage


class HomePage(BasePage):
    """The shop's front page."""

    template = "pages/home_page.html"
    max_count_per_parent = 1
    parent_page_types = ["wagtailcore.Page"]
