"""Inputs of the catalog's in the Wagtail admin."""

from django import forms
from django.template.loader import render_to_string
from django.urls import reverse


class HubChoiceMixin:
    """Beside the input a button that picks from a list of the Hub's in a modal.

    The input can be typed into, and asks the Hub nothing: a page can be edited while the Hub is away. `field`
    is its name in the block; typing into it empties the fields `filled`, which only a choice fills in.
    """

    chooser_url_name = ""
    field = ""
    filled = ()

    def render(self, name, value, attrs=None, renderer=None):
        context = {
            "input": super().render(name, value, attrs, renderer),
            "chooser_url": reverse(self.chooser_url_name),
            "field": self.field,
            "filled": " ".join(self.filled),
        }
        return render_to_string("admin/mapping/choice_input.html", context)

    class Media:
        js = [
            "wagtailadmin/js/modal-workflow.js",
            "wagtailadmin/js/chooser-modal.js",
            "js/admin/hub-choice.js",
        ]


class HubProductInput(HubChoiceMixin, forms.TextInput):
    """A product reference, or the choice of a product."""

    chooser_url_name = "hub_products"
    field = "product_reference"
    filled = ("product_name", "hub_product_id")


class HubPipelineInput(HubChoiceMixin, forms.NumberInput):
    """The number of a pipeline, or the choice of one."""

    chooser_url_name = "hub_pipelines"
    field = "pipeline_id"
    filled = ("pipeline_name",)
