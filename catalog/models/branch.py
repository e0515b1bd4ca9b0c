"""What the pages of the catalog have in common."""

from django.utils.functional import cached_property
from wagtail.models import Page

from home.models import BasePage
from home.selectors.cards import share_site_paths


class CatalogBranchPage(BasePage):
    """A page of the catalog: knows the way that leads to it."""

    is_for_sale = True

    class Meta:
        abstract = True

    @cached_property
    def breadcrumbs(self) -> list[Page]:
        """The published pages above this one, from the front page down."""
        pages = [page for page in self.trail if page.live]
        share_site_paths([*pages, self])
        return pages

    def breadcrumb_data(self) -> dict:
        """The breadcrumbs for search engines (schema.org)."""
        places = [
            {"@type": "ListItem", "position": position, "name": page.title, "item": page.full_url}
            for position, page in enumerate([*self.breadcrumbs, self], start=1)
        ]
        return {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": places}

    def structured_data(self, request):
        return [*super().structured_data(request), self.breadcrumb_data()]
