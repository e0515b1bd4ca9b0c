"""Inputs of the catalog's in the Wagtail admin."""

from django import forms
from django.template.loader import render_to_string
from django.urls import reverse_lazy


class HubReferenceInput(forms.TextInput):
    """A product reference: typed, or picked from the Hub's products in a modal.

    It holds text and asks the Hub nothing, so that a page can be edited while the Hub is away.
    """

    def render(self, name, value, attrs=None, renderer=None):
        context = {
            "input": super().render(name, value, attrs, renderer),
            "chooser_url": reverse_lazy("hub_products"),
        }
        return render_to_string("admin/hub/reference_input.html", context)

    class Media:
        js = [
            "wagtailadmin/js/modal-workflow.js",
            "wagtailadmin/js/chooser-modal.js",
            "js/admin/hub-reference.js",
        ]
