"""How the admin shows what has changed between two versions of a product."""

from wagtail.admin.compare import TextFieldComparison
from wagtail.admin.panels import FieldPanel

from .fields import format_options


class OptionsComparison(TextFieldComparison):
    """A variant's options as an editor types them."""

    def __init__(self, field, obj_a, obj_b):
        super().__init__(field, obj_a, obj_b)
        self.val_a, self.val_b = (format_options(value or []) for value in (self.val_a, self.val_b))


class OptionsPanel(FieldPanel):
    """The field of a variant's options."""

    def get_comparison_class(self):
        return OptionsComparison
