#!/usr/bin/env python
"""Django's command line; puts site/ on the path so that `siteconf` can be imported."""

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent / "site"))
    from siteconf.start import manage

    manage(sys.argv)
