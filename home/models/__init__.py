from .base import BasePage
from .images import SiteImage, SiteRendition
from .pages import HomePage, StandardPage
from .routable import RoutableBasePage
from .settings import BrandSettings, FooterSettings, NavigationSettings
from .stories import StoryIndexPage, StoryPage

__all__ = [
    "BasePage",
    "BrandSettings",
    "FooterSettings",
    "HomePage",
    "NavigationSettings",
    "RoutableBasePage",
    "SiteImage",
    "SiteRendition",
    "StandardPage",
    "StoryIndexPage",
    "StoryPage",
]
