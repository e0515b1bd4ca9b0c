"""What shoppers type."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.addresses import validate_address
from core.form_fields import WholeNumberField
from core.plain_text import refuse_control_characters

from .services.cart import MAXIMUM_QUANTITY, MINIMUM_QUANTITY


class QuantityForm(forms.Form):
    """How many pieces of one product."""

    quantity = WholeNumberField(
        label=_("Quantity"),
        min_value=MINIMUM_QUANTITY,
        max_value=MAXIMUM_QUANTITY,
        initial=1,
        error_messages={
            "required": _("Enter how many you would like."),
            "invalid": _("Enter the quantity as a whole number, like 25."),
            "min_value": _("Enter a quantity of at least %(limit_value)s."),
            "max_value": _("Enter a quantity of at most %(limit_value)s. Write to us if you need more."),
        },
    )


class AddToCartForm(QuantityForm):
    """A product without a design, on its way into the cart."""

    sku = forms.CharField(max_length=64)


class RemovedLineForm(AddToCartForm):
    """What the cart's address says about the line that was just removed."""

    design = forms.UUIDField(required=False)


class DesignNameForm(forms.Form):
    """What the shopper calls a design; nothing: by its product."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        required=False,
        validators=[refuse_control_characters],
        error_messages={"max_length": _("Use a name of at most %(limit_value)s characters.")},
    )


class ReorderForm(forms.Form):
    """Comes with the page that shows what an order would be today; its key lets it count once."""

    key = forms.UUIDField()


class CheckoutForm(forms.Form):
    """The e-mail address, and what the shopper was shown: which cart and which lines and prices."""

    email = forms.EmailField(
        label=_("Email"),
        max_length=254,
        validators=[validate_address],
        error_messages={
            "required": _("Enter your email address, so that we can send you your order."),
            "invalid": _("Enter a complete email address, like anna@example.com."),
            "max_length": _("Enter an email address of at most %(limit_value)s characters."),
        },
    )
    checkout_key = forms.UUIDField()
    shown = forms.CharField(max_length=64)


class OrderLinksForm(forms.Form):
    """The address whose order links are to be sent."""

    email = forms.EmailField(
        label=_("Email"),
        max_length=254,
        validators=[validate_address],
        error_messages={
            "required": _("Enter the email address that you ordered with."),
            "invalid": _("Enter a complete email address, like anna@example.com."),
            "max_length": _("Enter an email address of at most %(limit_value)s characters."),
        },
    )
