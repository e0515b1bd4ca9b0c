#!/usr/bin/env python
"""Django's command line; puts site/ on the path so that `siteconf` can be imported."""

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent / "site"))
    try:
        from siteconf.start import manage
    except ModuleNotFoundError as missing:
        if (missing.name or "siteconf").startswith("siteconf"):
            raise
        command = " ".join(["manage.py", *sys.argv[1:]])
        sys.exit(
            f"What the shop needs is not installed for {sys.executable}: {missing.name} is missing.\n"
            f"Run .venv/bin/python {command} instead (make demo and make test set it up), or install"
            " requirements.txt."
        )

    manage(sys.argv)
