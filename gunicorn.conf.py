"""`gunicorn` alone, started in the project's root, serves the shop."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent

chdir = str(ROOT)
pythonpath = str(ROOT / "site")
wsgi_app = "siteconf.wsgi:application"
worker_class = "gthread"
threads = 4
