"""The one signal by which rooms above hear of what happened in the Hub."""

from django.dispatch import Signal

render_project_finished = Signal()
"""Sent inside the transaction that moves a `RenderProject` to ready or failed; argument: `project`."""
