"""Writes docs/failures.md to the standard output."""

import sys

from . import as_markdown

sys.stdout.write(as_markdown())
