"""The comparison of one product page with the Hub, asked for by an editor."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views import View

from catalog.mapping.selectors.mapping_check import check_product
from catalog.models import ProductGroupPage
from catalog.views.access import require_may_edit
from personalization.hub import HubError, get_hub

from .hub_listing import is_away


class MappingCheckView(View):
    """Compares the page's last saved draft. Answers the editor's script with the table alone, and everybody
    else with a page.
    """

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        group = get_object_or_404(ProductGroupPage, pk=page_id)
        require_may_edit(request, group)
        context = {"group": group, "page_title": _("Check the mapping"), **_check(group)}
        is_script = request.headers.get("X-Requested-With") == "XMLHttpRequest"
        template = "admin/mapping/check_result.html" if is_script else "admin/mapping/check_page.html"
        return render(request, template, context)


def _check(group: ProductGroupPage) -> dict:
    try:
        check = check_product(group.get_latest_revision_as_object(), hub=get_hub())
    except HubError as trouble:
        return {"trouble": trouble, "is_away": is_away(trouble)}
    on_sale = group.variants.filter(is_active=True).first() if group.live else None
    return {"check": check, "shopper_sku": on_sale.sku if on_sale else None}
