"""python -m tests.docs: writes the generated pages of the documentation anew."""

import os
import sys
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "site"))
os.environ["DJANGO_SETTINGS_MODULE"] = "siteconf.settings.test"
django.setup()

from tests.docs.pages import PAGES  # noqa: E402

for name, written in PAGES.items():
    (ROOT / "docs" / name).write_text(written(), encoding="utf-8")
