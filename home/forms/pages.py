"""Forms of pages in the admin."""

from wagtail.admin.forms.pages import CopyForm, WagtailAdminPageForm

from home.shop_addresses import is_the_shops, refusal


class BasePageForm(WagtailAdminPageForm):
    """A page, whose slug is not an address of the shop's own."""

    def clean(self):
        cleaned_data = super().clean()
        if is_the_shops(cleaned_data.get("slug", ""), self.parent_page):
            self.add_error("slug", refusal())
        return cleaned_data


class PageCopyForm(CopyForm):
    """Where a copy goes, and its slug there."""

    def clean(self):
        cleaned_data = super().clean()
        parent = cleaned_data.get("new_parent_page") or self.page.get_parent()
        if is_the_shops(cleaned_data.get("new_slug", ""), parent):
            self.add_error("new_slug", refusal())
        return cleaned_data
