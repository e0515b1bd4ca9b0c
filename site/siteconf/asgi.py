"""The ASGI entry point."""

from django.core.asgi import get_asgi_application

from .start import PRODUCTION, choose_settings

choose_settings(otherwise=PRODUCTION)

application = get_asgi_application()
