"""The reference of settings, written from `.env.sample`."""

from dataclasses import dataclass, field

from django.conf import settings

from siteconf.settings.environment import DOTENV_LINE

SECTION = "# ———"
INTRODUCTION = """# Settings

Every key that the shop reads, from its environment or from `.env`; the environment comes first. Values are
taken as written, an empty one is the default, and a wrong one stops the start with a sentence that names the
key. [For operators](../operators.md#settings) says which settings a process uses. Written by
`python -m tests.docs` from `.env.sample`; do not edit by hand.
"""


@dataclass
class Entry:
    """Keys that one comment explains, with the values that `.env.sample` shows."""

    values: dict[str, str] = field(default_factory=dict)
    comment: list[str] = field(default_factory=list)

    def as_row(self) -> str:
        keys = "<br>".join(f"`{key}`" for key in self.values)
        shown = "<br>".join(f"`{value}`" if value else "–" for value in self.values.values())
        return f"| {keys} | {shown} | {' '.join(self.comment).replace('|', chr(92) + '|')} |\n"


def entries() -> dict[str, list[Entry]]:
    """By section; the part before the first key, about the file itself, is left out."""
    found: dict[str, list[Entry]] = {"How processes begin": []}
    entry = Entry()
    for line in (settings.BASE_DIR / ".env.sample").read_text("utf-8").splitlines():
        setting = DOTENV_LINE.fullmatch(line.removeprefix("#"))
        if setting:
            if not entry.values:
                list(found.values())[-1].append(entry)
            entry.values[setting[1]] = setting[0].partition("=")[2]
        elif line.startswith(SECTION):
            found[line.strip("# —")] = []
            entry = Entry()
        elif not line:
            entry = Entry()
        else:
            entry = Entry() if entry.values else entry
            entry.comment.append(line.removeprefix("#").strip())
    return found


def as_markdown() -> str:
    parts = [INTRODUCTION]
    for section, its_entries in entries().items():
        parts.append(f"\n## {section}\n\n| key | sample | meaning |\n|---|---|---|\n")
        parts += [entry.as_row() for entry in its_entries]
    return "".join(parts)
