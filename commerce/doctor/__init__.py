"""The doctor: finds where orders, render projects, files, e-mails, stock, schedules and the Hub have drifted
apart.

Normal work never needs it: every step of the pipeline repairs itself. It is for what came from outside, such
as a database restored from a backup, a file that somebody removed, or a project made twice. Each check yields
findings; a finding that can be mended carries how.
"""

from .examination import examine
from .findings import Finding, NotMended

__all__ = ["Finding", "NotMended", "examine"]
