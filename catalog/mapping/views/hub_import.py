"""The Hub's products, each of which becomes a draft page with one click."""

from django import forms
from django.core.paginator import EmptyPage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.paginator import WagtailPaginator
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from catalog.mapping.services.importing import ImportRefused, import_product
from catalog.models import CatalogPage, CategoryPage, ProductGroupPage
from catalog.views.access import EditorsOnlyMixin
from personalization.hub import HubError, HubNotFound, get_hub

from .hub_listing import HubList, is_away, page_number

PER_PAGE = 12


class PlaceField(forms.ModelChoiceField):
    """Where in the catalog the draft goes."""

    def label_from_instance(self, page: Page) -> str:
        return "\u2003" * max(0, page.depth - 3) + page.get_admin_display_title()


class ImportForm(forms.Form):
    """One Hub product, and the place for its page among those where this person may add pages."""

    parent = PlaceField(
        label=gettext_lazy("Put the draft below"), queryset=Page.objects.none(), empty_label=None
    )
    product_id = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        allowed = page_permission_policy.instances_user_has_permission_for(user, "add")
        places = Page.objects.type(CatalogPage, CategoryPage).filter(pk__in=allowed.values("pk"))
        self.fields["parent"].queryset = places.order_by("path")

    def clean_parent(self) -> Page:
        parent = self.cleaned_data["parent"].specific
        if not ProductGroupPage.can_create_at(parent):
            raise forms.ValidationError(_("Products cannot be put there."))
        return parent


class HubImportView(EditorsOnlyMixin, View):
    """GET lists what the Hub sells, POST imports one product of it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(request, ImportForm(user=request.user, initial=request.GET.dict()))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ImportForm(request.POST, user=request.user)
        if not form.is_valid():
            messages.error(request, _("Choose where the draft goes, then import again."))
            return self._show(request, form)
        try:
            imported = import_product(**form.cleaned_data, user=request.user)
        except ImportRefused as refusal:
            messages.error(request, refusal.message)
        except HubNotFound:
            messages.error(request, _("The Hub does not have this product any more."))
        except HubError as trouble:
            messages.error(request, _import_failed(trouble))
        else:
            messages.success(request, _("The draft is ready. Look it over, then publish it."))
            for note in imported.notes:
                messages.warning(request, note)
            return redirect("wagtailadmin_pages:edit", imported.page.pk)
        return redirect("hub_import")

    def _show(self, request: HttpRequest, form: ImportForm) -> HttpResponse:
        search = request.GET.get("q", "").strip()
        context = {
            "page_title": _("Import from the Hub"),
            "form": form,
            "search": search,
            "list_url": reverse("hub_import"),
        }
        try:
            context["products"] = _products(search, page_number(request.GET.get("p")))
        except HubError as trouble:
            context |= {"trouble": trouble, "is_away": is_away(trouble)}
        return render(request, "admin/mapping/import.html", context)


def _products(search: str, number: int):
    hub = get_hub()
    found = HubList(
        lambda skip, take: hub.products(search=search, skip=skip, take=take), page=number, per_page=PER_PAGE
    )
    paginator = WagtailPaginator(found, per_page=PER_PAGE)
    try:
        return paginator.page(number)
    except EmptyPage:
        return paginator.page(paginator.num_pages)


def _import_failed(trouble: HubError) -> str:
    if is_away(trouble):
        return _("Nothing was imported: the Hub does not answer. Please try again in a few minutes.")
    return _("Nothing was imported: the Hub refused the shop's question. Please tell whoever runs the shop.")
