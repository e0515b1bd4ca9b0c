"""What the Hub is told about a line when its project is created."""

from django.utils.translation import gettext as _

from personalization.hub import HubRejected, NewProject, ProductSpecifier, Project, get_hub
from personalization.models import Design, RenderProject

Making = RenderProject.Making


def pipeline_to_name(project: RenderProject) -> int | None:
    """The pipeline that the request has to name; None where the Hub finds it by itself.

    Only for a product with a reference the Hub looks up the product's own pipeline, so for one without the
    shop does. Raises HubRejected when that product has none, and HubError.
    """
    if project.making == Making.PIPELINE:
        return project.pipeline_id
    product_id = project.design.hub_product_id
    if project.making == Making.HIRES or project.design.product_reference or product_id is None:
        return None
    product = get_hub().product(product_id)
    if product.pipeline_id is None:
        reason = _(
            "“%s” has no processing pipeline in the Hub. Give it one, or name one on the product’s page."
        )
        raise HubRejected(f"product {product.id} has no pipeline", detail=reason % product.name)
    return product.pipeline_id


def send(project: RenderProject, *, owner_id: str, pipeline_id: int | None) -> Project:
    """Create the Hub's project in the way that the line was ordered with. Raises HubError."""
    new = new_project(project, owner_id=owner_id)
    if project.making == Making.HIRES:
        return get_hub().create_project_by_hires_rendering(new)
    if pipeline_id is not None:
        return get_hub().create_project_by_pipeline(new, pipeline_id=pipeline_id)
    return get_hub().create_project(new)


def new_project(project: RenderProject, *, owner_id: str) -> NewProject:
    """The line with its design, quantity, SKU, fields and previews.

    Of the customer the Hub learns the opaque id, and the name if the account has one. The e-mail address is
    not needed for printing and stays in the shop.
    """
    design = project.design
    return NewProject(
        owner_id=owner_id,
        order_id=project.order_id,
        order_number=None,
        order_name=f"#{project.order_id}",
        order_url=project.order_url,
        order_line_item_id=project.line_id,
        order_line_item_index=project.line_index,
        customer_id=owner_id,
        customer_name=_customer_name(design),
        name=f"{project.line_id} · {project.title}",
        product_reference=design.product_reference,
        sku=project.sku,
        quantity=project.quantity,
        design_ids=tuple(design.state_ids),
        fields=project.fields,
        hidden=design.hidden,
        preview_urls=tuple(design.preview_urls),
        product=_product(design),
    )


def _customer_name(design: Design) -> str:
    account = design.owner.account
    return account.get_full_name() if account else ""


def _product(design: Design) -> ProductSpecifier | None:
    if design.hub_product_id is None or design.hub_product_link_id is not None:
        return None
    return ProductSpecifier(
        product_id=design.hub_product_id,
        version_id=design.hub_product_version_id,
        variant_id=design.hub_variant_id,
    )
