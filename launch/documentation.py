"""`run.py docs`: the documentation as a site in var/docs."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from .installing import set_up
from .surroundings import ROOT, VENV_PYTHON, child_environment, fail

SITE = ROOT / "var" / "docs"
# What a page loads by itself; links that a reader may follow are none of it.
FOREIGN = re.compile(
    r"<(?:script|img|iframe|source)\b[^>]*\bsrc=[\"']?(?:https?:)?//|<link\b[^>]*\brel=[\"']?(?:stylesheet|preconnect|preload)[^>]*\bhref=[\"']?(?:https?:)?//"
)


def docs(arguments: list[str]) -> int:
    if not set_up("requirements-docs.txt"):
        return 1
    # Its announcement of a successor is nothing that a reader of this output can act on.
    env = child_environment(NO_MKDOCS_2_WARNING="1")
    if subprocess.call(
        [str(VENV_PYTHON), "-m", "mkdocs", "build", "--strict", "--quiet", *arguments], cwd=ROOT, env=env
    ):
        return fail("The documentation was not built; the lines above say why.")
    if pages := list(pages_that_load_from_elsewhere(SITE)):
        return fail(f"These pages load something from another host: {', '.join(pages)}.")
    print(f"The documentation is at {SITE / 'index.html'}", flush=True)
    return 0


def pages_that_load_from_elsewhere(site: Path) -> Iterator[str]:
    for page in sorted(site.rglob("*.html")):
        if FOREIGN.search(page.read_text("utf-8")):
            yield str(page.relative_to(site))
