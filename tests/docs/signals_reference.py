"""The reference of signals, written from the `signals` module of each app."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings

INTRODUCTION = """# Signals

How a room hears of what happened in a room below it. Receivers live in the `receivers` module of their
app and are connected by its `AppConfig`. Written by `python -m tests.docs`; do not edit by hand.

| signal | when |
|---|---|
"""


def signals() -> Iterator[tuple[str, str]]:
    """Names and what the text below each says; it must have one."""
    for app in apps.get_app_configs():
        path = Path(app.path) / "signals.py"
        if Path(settings.BASE_DIR) in path.parents and ".venv" not in path.parts and path.exists():
            body = ast.parse(path.read_text()).body
            for statement, text in zip(body, [*body[1:], None], strict=True):
                if isinstance(statement, ast.Assign) and _calls_signal(statement.value):
                    yield f"{app.name}.signals.{statement.targets[0].id}", _text(text)


def _calls_signal(value: ast.expr) -> bool:
    return isinstance(value, ast.Call) and getattr(value.func, "id", "") == "Signal"


def _text(statement: ast.stmt | None) -> str:
    is_text = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    return " ".join(statement.value.value.split()) if is_text else ""


def as_markdown() -> str:
    return INTRODUCTION + "".join(f"| `{name}` | {text} |\n" for name, text in signals())
