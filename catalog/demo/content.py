"""The files that the demo is made from."""

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class DemoContent:
    """What catalog.json, home.json and stories.json say, and where their pictures are."""

    catalog: dict
    home: dict
    stories: list
    pictures: Path

    @classmethod
    def read(cls, directory: Path) -> "DemoContent":
        """Reads a content directory; raises OSError or ValueError when a file is missing or broken."""
        return cls(
            catalog=_read(directory / "catalog.json"),
            home=_read(directory / "home.json"),
            stories=_read(directory / "stories.json"),
            pictures=directory / "pictures",
        )


def _read(path: Path):
    return json.loads(path.read_text(encoding="utf-8"))
