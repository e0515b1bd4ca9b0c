"""The templates of the demo catalog can be printed."""

import io

import pikepdf

from cchub_sandbox.catalog import Catalog
from cchub_sandbox.design_model import parse_model
from cchub_sandbox.rendering.pdf import render_pdf
from cchub_sandbox.store import Store


def test_every_template_of_the_demo_catalog_renders(settings, tmp_path):
    products = list(Catalog.read(settings.BASE_DIR / "demo" / "catalog.json"))
    store = Store(tmp_path)
    assert products
    for product in products:
        data = render_pdf(parse_model(product.template), store, title=product.name)
        with pikepdf.open(io.BytesIO(data)) as pdf:
            assert len(pdf.pages) == len(product.surfaces)
    store.close()
