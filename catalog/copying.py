"""What the admin tells about a product that was copied."""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin import messages

from .models import ProductGroupPage


def tell_what_stayed_behind(request: HttpRequest, page, copy) -> None:
    """Hook after_copy_page: variants and the product reference exist once, so a copy begins without."""
    if isinstance(page.specific, ProductGroupPage) and not copy.alias_of_id:
        text = _(
            "“%s” has no variants yet: a SKU exists once in the shop, so the variants stayed with the first "
            "product. Give the copy its own, then publish it."
        )
        messages.info(request, text % copy.title)
