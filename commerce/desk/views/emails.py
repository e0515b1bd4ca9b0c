"""What shoppers are sent, as they would get it now."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commerce.desk.permissions import SEE_ORDERS, needs
from commerce.models import Order, OutgoingEmail
from commerce.services.messages import preview

from .pages import desk_page

Kind = OutgoingEmail.Kind


@require_safe
@needs(SEE_ORDERS)
def previews(request: HttpRequest) -> HttpResponse:
    """One kind of e-mail for one order; without an order in the address, the latest."""
    code = request.GET.get("order", "").strip().upper()
    orders = Order.objects.filter(code=code) if code else Order.objects.all()
    order = orders.first()
    kind = request.GET.get("kind", "")
    kind = Kind(kind) if kind in Kind.values else Kind.CONFIRMATION
    return desk_page(
        request,
        "emails",
        title=_("E-mail previews"),
        icon="mail",
        kinds=Kind.choices,
        kind=kind,
        code=order.code if order else code,
        message=_message(order, kind) if order else None,
    )


def _message(order: Order, kind: Kind) -> dict[str, str]:
    # The link in the e-mail opens the order to anybody; it is the shopper's alone.
    order.secret = "shown-to-the-shopper-only"  # noqa: S105
    message = preview(order, kind)
    html = message.alternatives[0].content
    return {"subject": message.subject, "to": ", ".join(message.to), "html": html, "text": message.body}
