"""The demo shop: reads the files of a content directory and makes pages, products, pictures and settings.

Loading again adds what is missing and changes nothing that exists: pages are found by their slug, pictures
by their title in the collection "Demo", settings by being there. So whatever an editor has changed stays,
and what an editor has deleted comes back. A product is also found by its reference, wherever it was moved,
and a SKU that an editor has put on another page stays there.
"""

from .content import DemoContent
from .loading import Report, is_foreign, load
from .visits import visit_every_page

__all__ = ["DemoContent", "Report", "is_foreign", "load", "visit_every_page"]
