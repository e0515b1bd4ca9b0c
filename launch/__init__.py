"""What run.py does: installs, runs the demo, the tests and the checks. Needs nothing but Python.

This file is read by any Python, also by one that is too old. pyproject.toml says the same.
"""

OLDEST, TOO_NEW = (3, 11, 2), (3, 15)
SUPPORTED = "3.11.2 to 3.14"
