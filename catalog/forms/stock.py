"""What staff type about stock."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from catalog.models import Stock, StockMovement
from catalog.selectors.stock import uncounted_variants
from catalog.services.stock import recount, start_counting
from core.form_fields import WholeNumberField
from core.plain_text import refuse_control_characters

REASON_LENGTH = StockMovement._meta.get_field("reason").max_length
HIGHEST = 1_000_000


def told_meanwhile(quantity: int) -> str:
    """What somebody reads who counted while the shop went on selling."""
    return _(
        "While you were counting, the shop went on selling: by its books %(left)s are left now. "
        "Please look again, and save what is there."
    ) % {"left": quantity}


class StockForm(WagtailAdminModelForm):
    """What both forms share; saving is left to the services."""

    quantity = WholeNumberField(
        label=gettext_lazy("Left"),
        min_value=0,
        max_value=HIGHEST,
        help_text=gettext_lazy("Count packs where the variant is sold in packs."),
    )
    low_from = WholeNumberField(
        label=gettext_lazy("Low from"),
        min_value=0,
        max_value=HIGHEST,
        initial=Stock._meta.get_field("low_from").default,
        help_text=Stock._meta.get_field("low_from").help_text,
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=REASON_LENGTH,
        required=False,
        validators=[refuse_control_characters],
        help_text=gettext_lazy("Like “Delivery of 12 May” or “Two were broken”. It is kept in the ledger."),
    )

    def _values(self) -> dict:
        names = ("quantity", "low_from", "reason")
        return {name: self.cleaned_data[name] for name in names} | {"by": self.for_user}


class NewStockForm(StockForm):
    """The first count of a SKU."""

    sku = forms.ChoiceField(
        label=gettext_lazy("SKU"),
        help_text=gettext_lazy("Variants that are not here have a stock already."),
    )

    field_order = ["sku", "quantity", "low_from", "reason"]

    class Meta:
        model = Stock
        fields = ["sku", "quantity", "low_from"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sku"].choices = [("", _("Choose a variant")), *_choices()]

    def save(self, commit=True) -> Stock:
        return start_counting(self.cleaned_data["sku"], **self._values())


class RecountForm(StockForm):
    """What somebody has counted now."""

    seen = WholeNumberField(widget=forms.HiddenInput)

    field_order = ["quantity", "low_from", "is_counted", "reason"]

    class Meta:
        model = Stock
        fields = ["quantity", "low_from", "is_counted"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = self.instance.quantity
        self.now = self.instance.quantity

    def clean(self):
        cleaned = super().clean()
        if "seen" in cleaned and cleaned["seen"] != self.now:
            self.add_error("quantity", told_meanwhile(self.now))
            self.data = self.data.copy()
            self.data["seen"] = self.now
        changes = cleaned.get("quantity") != self.now or cleaned.get("is_counted") != self.instance.is_counted
        if changes and not cleaned.get("reason"):
            self.add_error("reason", _("Say in a few words why."))
        return cleaned

    def save(self, commit=True) -> Stock:
        """Raises CountedMeanwhile."""
        values = self._values() | {name: self.cleaned_data[name] for name in ("seen", "is_counted")}
        return recount(self.instance, **values)


def _choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Variants by product."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for variant in uncounted_variants():
        groups.setdefault(variant.page.title, []).append((variant.sku, str(variant)))
    return list(groups.items())
