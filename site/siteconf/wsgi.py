"""The WSGI entry point; gunicorn.conf.py names it."""

from django.core.wsgi import get_wsgi_application

from .start import PRODUCTION, choose_settings

choose_settings(otherwise=PRODUCTION)

application = get_wsgi_application()
