from .base import BasePage
from .images import SiteImage, SiteRendition
from .pages import HomePage

__all__ = ["BasePage", "HomePage", "SiteImage", "SiteRendition"]
