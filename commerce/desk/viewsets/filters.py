"""What the order desk's lists can be narrowed by."""

from django.forms import CheckboxSelectMultiple, RadioSelect
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, DateFromToRangeFilter, MultipleChoiceFilter
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from commerce.desk.selectors import having_items
from commerce.models import Consent, Order
from personalization.models import RenderProject

YES_OR_NO = [("yes", _("Yes")), ("no", _("No"))]


class YesOrNoFilter(ChoiceFilter):
    """Orders with, or without, an item that meets the conditions."""

    def __init__(self, *, label, conditions: dict):
        super().__init__(label=label, choices=YES_OR_NO, widget=RadioSelect, empty_label=_("All"))
        self.conditions = conditions

    def filter(self, qs, value):
        return having_items(qs, wanted=value == "yes", **self.conditions) if value else qs


class OrderFilterSet(WagtailFilterSet):
    status = MultipleChoiceFilter(
        label=_("Status"), choices=Order.Status.choices, widget=CheckboxSelectMultiple
    )
    created_at = DateFromToRangeFilter(label=_("Placed"), widget=DateRangePickerWidget)
    failed = YesOrNoFilter(
        label=_("Has a failed print file"),
        conditions={"render_project__status": RenderProject.Status.FAILED},
    )
    warned = YesOrNoFilter(
        label=_("Ordered despite warnings"), conditions={"consents__kind": Consent.Kind.WARNINGS}
    )
    personalized = YesOrNoFilter(label=_("Personalized"), conditions={"design__isnull": False})

    class Meta:
        model = Order
        fields = ["status", "created_at"]


class FailedRenderFilterSet(WagtailFilterSet):
    finished_at = DateFromToRangeFilter(label=_("Failed"), widget=DateRangePickerWidget)

    class Meta:
        model = RenderProject
        fields = ["finished_at"]
