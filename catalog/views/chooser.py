"""The modal in which an editor picks one of the products that are connected to the shop in the Hub.

The Hub is asked here and nowhere else: what is picked, the reference and its name, is kept with the page.
"""

from urllib.parse import urlencode

from django.core.paginator import EmptyPage
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.forms.choosers import BaseFilterForm, SearchFilterMixin
from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.chooser import (
    BaseChooseView,
    ChooseResultsViewMixin,
    ChooseViewMixin,
    CreationFormMixin,
)

from personalization.hub import HubError, HubNotFound, ProductReference, get_hub

from .access import EditorsOnlyMixin
from .hub_listing import HubList, is_away, page_number


class SearchForm(SearchFilterMixin, BaseFilterForm):
    """The box above the list; the Hub searches."""

    def filter(self, objects):
        return objects


class PictureColumn(Column):
    """A small picture of the Hub product, which the browser asks for when it is on the screen."""

    cell_template_name = "admin/hub/picture_cell.html"


class ChooserList(EditorsOnlyMixin, CreationFormMixin, BaseChooseView):
    """The list in the modal; empty, with an explanation, while the Hub cannot be asked."""

    icon = "edit"
    page_title = gettext_lazy("Choose a product of the Hub")
    page_subtitle = gettext_lazy("Connected to this shop")
    per_page = 10
    filter_form_class = SearchForm
    results_url_name = "hub_products_results"
    results_template_name = "admin/hub/chooser_results.html"
    trouble: HubError | None = None

    def can_create(self) -> bool:
        return False

    @property
    def columns(self) -> list[Column]:
        return [
            PictureColumn("picture", label="", accessor="product_id", width="72px"),
            TitleColumn(
                "name",
                label=_("Name in the Hub"),
                accessor=display_name,
                get_url=chosen_url,
                link_attrs={"data-chooser-modal-choice": True},
            ),
            Column("reference", label=_("Product reference")),
        ]

    def get_results_page(self, request: HttpRequest):
        search = self.filter_form.cleaned_data.get("q", "") if self.filter_form.is_valid() else ""
        self.filter_form.search_query = search
        self.filter_form.is_searching = bool(search)
        hub = get_hub()
        number = page_number(request.GET.get("p"))

        def fetch(skip: int, take: int):
            return hub.product_references(search=search, skip=skip, take=take)

        try:
            found = HubList(fetch, page=number, per_page=self.per_page)
            self.paginator = self.paginator_class(found, per_page=self.per_page)
            return self.paginator.page(number)
        except EmptyPage:
            return self.paginator.page(self.paginator.num_pages)
        except HubError as trouble:
            self.trouble = trouble
            self.paginator = self.paginator_class([], per_page=self.per_page)
            return self.paginator.page(1)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        trouble = self.trouble
        return {**context, "trouble": trouble, "is_away": trouble is not None and is_away(trouble)}


class ChooserView(ChooseViewMixin, ChooserList):
    """The whole modal."""


class ChooserResultsView(ChooseResultsViewMixin, ChooserList):
    """Its list alone, for another page or another search."""


class ChosenView(EditorsOnlyMixin, View):
    """Tells the form what was picked; the Hub is not asked again."""

    def get(self, request: HttpRequest) -> HttpResponse:
        result = {name: request.GET.get(name, "")[:200] for name in ("reference", "name")}
        return render_modal_workflow(
            request, None, None, None, json_data={"step": "chosen", "result": result}
        )


class PictureView(EditorsOnlyMixin, View):
    """A Hub product's picture by way of the shop: the admin's pages load nothing from other hosts."""

    def get(self, request: HttpRequest, product_id: int) -> HttpResponse:
        hub = get_hub()
        try:
            address = hub.product(product_id).image_url
            picture = hub.fetch_preview(address) if address else None
        except HubNotFound:
            picture = None
        except HubError:
            return HttpResponse(status=503)
        if picture is None:
            return HttpResponseNotFound()
        return HttpResponse(picture.content, content_type=picture.content_type)


def display_name(product: ProductReference) -> str:
    """What the product is called in the Hub; its reference where it has no name."""
    return product.name or product.reference


def chosen_url(product: ProductReference) -> str:
    """The address that hands the product to the form."""
    chosen = urlencode({"reference": product.reference, "name": product.name})
    return f"{reverse('hub_product_chosen')}?{chosen}"
