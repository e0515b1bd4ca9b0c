"""Form of a product group in the admin: what the variants' rows cannot check one by one."""

from collections import Counter

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.forms import WagtailAdminModelForm

from catalog.skus import rows_in_the_way, skus_elsewhere
from core.wording import some_of
from home.forms.pages import BasePageForm

MOST_SKUS = 5


class ProductVariantForm(WagtailAdminModelForm):
    """One variant. Whether its SKU is free is decided by the page's form, which sees all of them."""

    def validate_unique(self):
        exclude = self._get_validation_exclusions() | {"sku"}
        try:
            self.instance.validate_unique(exclude=exclude)
        except ValidationError as error:
            self._update_errors(error)


class ProductGroupForm(BasePageForm):
    """Refuses SKUs that are taken, by this form, by live pages, by drafts or by scheduled publications."""

    def clean(self):
        cleaned_data = super().clean()
        # Formsets are validated after this method; without asking now, no row has cleaned data yet.
        if "variants" in self.formsets and self.formsets["variants"].is_valid():
            self._check_skus()
        if "price_breaks" in self.formsets and self.formsets["price_breaks"].is_valid():
            self._check_price_breaks()
        return cleaned_data

    def _check_skus(self):
        forms = _remaining_forms(self.formsets["variants"])
        added_meanwhile = self.formsets["variants"].keys_of_unknown_rows()
        elsewhere = skus_elsewhere(_values(forms, "sku"), page_id=self.instance.pk)
        in_the_way = rows_in_the_way([form.instance for form in forms], page_id=self.instance.pk)
        taken: dict[str, list[str]] = {}
        for form in forms:
            sku = form.cleaned_data.get("sku")
            if sku in elsewhere:
                form.add_error("sku", _taken([sku], by=elsewhere[sku]))
                taken.setdefault(elsewhere[sku], []).append(sku)
            elif sku in added_meanwhile:
                message = _(
                    "Somebody else has just given the SKU %s to another variant of this product. Choose "
                    "another one, or open the page again to see it."
                )
                self._refuse(form, message % sku)
            elif sku in in_the_way:
                message = _(
                    "Another variant of this product was published with the SKU %s. "
                    "Publish its new SKU first, then use this one here."
                )
                self._refuse(form, message % sku)
        for page, skus in taken.items():
            self.add_error(None, _taken(skus, by=page))

    def _refuse(self, form, message):
        form.add_error("sku", message)
        self.add_error(None, message)

    def _check_price_breaks(self):
        forms = _remaining_forms(self.formsets["price_breaks"])
        counts = Counter(_values(forms, "minimum_quantity"))
        added_meanwhile = self.formsets["price_breaks"].keys_of_unknown_rows()
        for form in forms:
            quantity = form.cleaned_data.get("minimum_quantity")
            if counts[quantity] > 1 or str(quantity) in added_meanwhile:
                message = _("There is more than one discount from %s pieces on.") % quantity
                form.add_error("minimum_quantity", message)
                self.add_error(None, message)


def _taken(skus, *, by):
    text = ngettext(
        "The SKU %(skus)s is already used by “%(page)s”. Choose another one.",
        "The SKUs %(skus)s are already used by “%(page)s”. Choose other ones.",
        len(skus),
    )
    return text % {"skus": some_of(skus, most=MOST_SKUS), "page": by}


def _remaining_forms(formset):
    return [
        form
        for form in formset.forms
        if form.has_changed() or form.instance.pk
        if not form.cleaned_data.get("DELETE")
    ]


def _values(forms, name):
    return [form.cleaned_data[name] for form in forms if form.cleaned_data.get(name)]
