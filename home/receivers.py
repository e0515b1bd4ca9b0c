"""Keeps the search index, and what `home.selectors` holds in the cache, true to what they are made of."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from modelsearch.index import insert_or_update_object
from wagtail.models import PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from home.models import BrandSettings, FooterSettings, NavigationSettings, SiteImage, SiteRendition
from home.selectors.privacy import forget_private_paths

from .selectors.site_frame import forget_site_frame
from .services.obsolete_redirects import drop_obsolete_redirects


@receiver([page_published, page_unpublished, page_slug_changed, post_page_move])
def a_page_changed(sender, **kwargs):
    """A menu may link to the page, or to one below it. Deleting a page unpublishes it first."""
    forget_site_frame()
    forget_private_paths()


@receiver([page_published, page_unpublished, page_slug_changed, post_page_move])
def a_page_has_an_address(sender, instance, **kwargs):
    """At which nobody is to be sent elsewhere any more."""
    drop_obsolete_redirects(instance)


@receiver(page_published)
def index_inline_children(sender, instance, **kwargs):
    """Puts a page into the search index once more, now with its inline children, such as SKUs.

    The index is first written when the page's own row is saved, which is before its children are.
    """
    insert_or_update_object(instance)


def a_restriction_changed(sender, **kwargs):
    """A page became private or public."""
    forget_private_paths()


def a_source_changed(sender, **kwargs):
    """A setting, a site or a picture was saved or deleted."""
    forget_site_frame()


# Replacing an image's file deletes its renditions, of which the site's frame holds the addresses.
post_delete.connect(a_source_changed, sender=SiteRendition)
for source in (BrandSettings, NavigationSettings, FooterSettings, Site, SiteImage):
    post_save.connect(a_source_changed, sender=source)
    post_delete.connect(a_source_changed, sender=source)
post_save.connect(a_restriction_changed, sender=PageViewRestriction)
post_delete.connect(a_restriction_changed, sender=PageViewRestriction)
