"""Rows of a page's form, when the page has changed since the browser got the form."""

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from modelcluster.forms import BaseChildFormSet


class RowFormSet(BaseChildFormSet):
    """Rows that are told apart by one of their fields as well as by their ids.

    A row that arrives without an id is taken for the page's row with the same value: a form may be sent
    twice, or before the browser has learned the id that an autosave gave to the row.
    """

    key: str

    def save_existing_objects(self, commit=True):
        saved = super().save_existing_objects(commit)
        self.deleted_objects += [
            form.instance for form in self.extra_forms if form.instance.pk and form in self.deleted_forms
        ]
        return saved

    def clean(self, *args, **kwargs):
        super().clean(*args, **kwargs)
        message = _(
            "Somebody else has deleted this row meanwhile. Delete it here too, and add it anew to keep it."
        )
        for form in self.forms:
            if self.model._meta.pk.name in form.errors and form not in self.deleted_forms:
                form.add_error(self.key, message)

    def keys_of_unknown_rows(self) -> set[str]:
        """The values of the page's rows that the form does not have: somebody else has added them."""
        known = {form.instance.pk for form in self.forms}
        return {key for key, row in self._rows.items() if row.pk not in known}

    @cached_property
    def _rows(self) -> dict[str, models.Model]:
        """The page's saved rows by what a form sends for them."""
        return {str(row.serializable_value(self.key)): row for row in self.get_queryset() if row.pk}

    @cached_property
    def _ids_sent(self) -> set[str]:
        pk_name = self.model._meta.pk.name
        return {
            self.data.get(f"{self.add_prefix(i)}-{pk_name}", "") for i in range(self.initial_form_count())
        }

    def _construct_form(self, i, **kwargs):
        if self.is_bound and i >= self.initial_form_count() and (row := self._row_meant(i)):
            kwargs["instance"] = row
        return super()._construct_form(i, **kwargs)

    def _row_meant(self, i: int) -> models.Model | None:
        row = self._rows.get(self.data.get(f"{self.add_prefix(i)}-{self.key}", "").strip())
        return row if row and str(row.pk) not in self._ids_sent else None


class VariantFormSet(RowFormSet):
    """Variants, told apart by their SKUs."""

    key = "sku"


class PriceBreakFormSet(RowFormSet):
    """Discounts, told apart by the quantities from which on they apply."""

    key = "minimum_quantity"


class PictureFormSet(RowFormSet):
    """Pictures of a gallery, told apart by which pictures they are."""

    key = "image"
