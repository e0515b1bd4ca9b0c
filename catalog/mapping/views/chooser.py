"""The modals in which an editor picks from the Hub's lists: a product, or a pipeline.

The Hub is asked here and nowhere else: what is picked is kept with the page. A page of a list costs one call,
however long the list is.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import EmptyPage
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseNotFound
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

from catalog.mapping.blocks import PIPELINE
from catalog.mapping.selectors.connections import connected_reference
from catalog.views.access import EditorsOnlyMixin
from personalization.hub import (
    Hub,
    HubError,
    HubNotFound,
    ProcessingPipeline,
    Product,
    ProductReference,
    get_hub,
)

from .hub_listing import HubList, ListPage, is_away, page_number

ALL, CONNECTED = "", "connected"
NAME_LENGTH = 200


class SearchForm(SearchFilterMixin, BaseFilterForm):
    """The box above a list; the Hub searches."""

    def filter(self, objects):
        return objects


class ProductSearchForm(SearchForm):
    """Also lets people look at the products alone that are connected to this shop."""

    show = forms.ChoiceField(
        label=gettext_lazy("Show"),
        required=False,
        choices=[
            (ALL, gettext_lazy("All products of the Hub")),
            (CONNECTED, gettext_lazy("Connected to this shop")),
        ],
    )


class PictureColumn(Column):
    """A small picture of the Hub product, which the browser asks for when it is on the screen."""

    cell_template_name = "admin/mapping/picture_cell.html"


class HubChooserList(EditorsOnlyMixin, CreationFormMixin, BaseChooseView):
    """A list of the Hub's in the modal; empty, with an explanation, while the Hub cannot be asked."""

    per_page = 10
    filter_form_class = SearchForm
    results_template_name = "admin/mapping/chooser_results.html"
    nothing_there = ""
    type_instead = ""
    trouble: HubError | None = None

    def can_create(self) -> bool:
        return False

    def fetch(self, hub: Hub, **query: Any) -> ListPage:
        """One page of the list, for `search`, `skip` and `take`."""
        raise NotImplementedError

    def wish(self, name: str) -> str:
        """What was entered above the list."""
        return self.filter_form.cleaned_data.get(name, "") if self.filter_form.is_valid() else ""

    def get_results_page(self, request: HttpRequest):
        search = self.wish("q")
        self.filter_form.search_query = search
        self.filter_form.is_searching = bool(search)
        hub = get_hub()
        number = page_number(request.GET.get("p"))

        def fetch(skip: int, take: int):
            return self.fetch(hub, search=search, skip=skip, take=take)

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
        trouble = self.trouble
        return {
            **super().get_context_data(**kwargs),
            "trouble": trouble,
            "is_away": trouble is not None and is_away(trouble),
            "nothing_there": self.nothing_there,
            "type_instead": self.type_instead,
        }


class ProductList(HubChooserList):
    """The products of the Hub; those without a product reference in this shop can be chosen as well."""

    icon = "edit"
    page_title = gettext_lazy("Choose a product of the Hub")
    filter_form_class = ProductSearchForm
    results_url_name = "hub_products_results"
    type_instead = gettext_lazy("You can also close this window and type the product reference.")

    @property
    def nothing_there(self) -> str:
        if self.wish("show") == CONNECTED:
            return _("No product is connected to this shop. It need not be: choose among all of the Hub's.")
        return _("The Hub has no products yet.")

    def fetch(self, hub: Hub, **query: Any) -> ListPage:
        return hub.product_references(**query) if self.wish("show") == CONNECTED else hub.products(**query)

    @property
    def columns(self) -> list[Column]:
        is_connected = self.wish("show") == CONNECTED
        picture = PictureColumn(
            "picture", label="", accessor="product_id" if is_connected else "id", width="72px"
        )
        if is_connected:
            return [
                picture,
                name_column(chosen_reference_url),
                Column("reference", label=_("Product reference")),
            ]
        return [picture, name_column(chosen_product_url), Column("id", label=_("Number in the Hub"))]


class PipelineList(HubChooserList):
    """The pipelines of the Hub."""

    icon = "cogs"
    page_title = gettext_lazy("Choose a pipeline of the Hub")
    results_url_name = "hub_pipelines_results"
    nothing_there = gettext_lazy("The Hub has no pipelines yet.")
    type_instead = gettext_lazy("You can also close this window and type the number of the pipeline.")

    def fetch(self, hub: Hub, **query: Any) -> ListPage:
        return hub.processing_pipelines(**query)

    @property
    def columns(self) -> list[Column]:
        return [name_column(chosen_pipeline_url), Column("id", label=_("Number in the Hub"))]


class ProductChooserView(ChooseViewMixin, ProductList):
    """The whole modal."""


class ProductResultsView(ChooseResultsViewMixin, ProductList):
    """Its list alone, for another page or another search."""


class PipelineChooserView(ChooseViewMixin, PipelineList):
    """The whole modal."""


class PipelineResultsView(ChooseResultsViewMixin, PipelineList):
    """Its list alone, for another page or another search."""


class ProductChosenView(EditorsOnlyMixin, View):
    """Tells the form what was picked. Of a product among all, the Hub is asked for its reference in this
    shop; without one, or without an answer, the product is known by its number.
    """

    def get(self, request: HttpRequest) -> HttpResponse:
        reference, number = request.GET.get("reference", ""), request.GET.get("product_id", "")
        if not reference:
            if not (number.isascii() and number.isdecimal()):
                return HttpResponseBadRequest()
            reference = reference_of(int(number))
        fields = {"product_reference": reference, "product_name": request.GET.get("name", "")}
        return hand_over(request, fields | {"hub_product_id": "" if reference else number})


class PipelineChosenView(EditorsOnlyMixin, View):
    """Tells the form which pipeline was picked; the Hub is not asked again."""

    def get(self, request: HttpRequest) -> HttpResponse:
        fields = {"pipeline_id": request.GET.get("id", ""), "pipeline_name": request.GET.get("name", "")}
        return hand_over(request, fields | {"making": PIPELINE})


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


def reference_of(product_id: int) -> str:
    """The product's reference in this shop, empty when it has none or the Hub does not say."""
    try:
        return connected_reference(get_hub(), product_id)
    except HubError:
        return ""


def hand_over(request: HttpRequest, fields: Mapping[str, str]) -> HttpResponse:
    """What the block's fields of these names shall hold."""
    result = {name: value[:NAME_LENGTH] for name, value in fields.items()}
    return render_modal_workflow(request, None, None, None, json_data={"step": "chosen", "result": result})


def name_column(get_url) -> TitleColumn:
    """The name, which picks."""
    return TitleColumn(
        "name",
        label=_("Name in the Hub"),
        accessor=display_name,
        get_url=get_url,
        link_attrs={"data-chooser-modal-choice": True},
    )


def display_name(row: Product | ProductReference | ProcessingPipeline) -> str:
    """What it is called in the Hub; how it is found there where it has no name."""
    return row.name or str(getattr(row, "reference", "") or row.id)


def chosen_reference_url(connection: ProductReference) -> str:
    chosen = urlencode({"reference": connection.reference, "name": connection.name})
    return f"{reverse('hub_product_chosen')}?{chosen}"


def chosen_product_url(product: Product) -> str:
    chosen = urlencode({"product_id": product.id, "name": product.name})
    return f"{reverse('hub_product_chosen')}?{chosen}"


def chosen_pipeline_url(pipeline: ProcessingPipeline) -> str:
    chosen = urlencode({"id": pipeline.id, "name": pipeline.name})
    return f"{reverse('hub_pipeline_chosen')}?{chosen}"
