"""Media while developing; in production the web server does the same (deploy/nginx/shop.conf)."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.static import serve

PUBLIC = ("images/", "previews/", "avatar_images/")


def public_picture(request: HttpRequest, path: str) -> HttpResponseBase:
    """A picture of a page, a design or of staff. Documents may be private: Wagtail's view hands them out."""
    if not path.startswith(PUBLIC) or ".." in path:
        raise Http404
    response = serve(request, path, document_root=settings.MEDIA_ROOT)
    if not response.headers.get("Content-Type", "").startswith("image/") or path.endswith(".svg"):
        response.headers["Content-Type"] = "application/octet-stream"
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    return response
