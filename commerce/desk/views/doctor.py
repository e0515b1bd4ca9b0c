"""The doctor's last report."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commerce.desk.permissions import SEE_ORDERS, needs
from commerce.desk.selectors import latest_doctor_report
from commerce.doctor.findings import Kind

from .pages import desk_page


@require_safe
@needs(SEE_ORDERS)
def report(request: HttpRequest) -> HttpResponse:
    """What was found, what was mended, and why the rest was not."""
    latest = latest_doctor_report()
    labels = dict(Kind.choices)
    findings = [
        found | {"label": labels.get(found["kind"], found["kind"])}
        for found in (latest.findings if latest else [])
    ]
    title = _("Doctor’s report")
    return desk_page(request, "doctor", title=title, icon="warning", report=latest, findings=findings)
