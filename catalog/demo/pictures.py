"""The demo's pictures, each imported once."""

from pathlib import Path

from django.core.files.images import ImageFile
from wagtail.models import Collection

from home.models import SiteImage

COLLECTION = "Demo"


class Pictures:
    """Hands out images by file name, importing those that are not there yet."""

    def __init__(self, directory: Path):
        self.directory = directory
        self.missing: list[str] = []
        self.collection = self._collection()
        self._images = {image.title: image for image in SiteImage.objects.filter(collection=self.collection)}

    def get(self, name: str | None, alt: str = "") -> SiteImage | None:
        """The image of this file, described by `alt`; None when there is no such file, which is noted."""
        if not name:
            return None
        title = _title(name)
        if title not in self._images:
            path = self.directory / name
            if not path.is_file():
                self.missing.append(name)
                return None
            self._images[title] = self._import(path, title, alt)
        return self._images[title]

    def _import(self, path: Path, title: str, alt: str) -> SiteImage:
        with path.open("rb") as file:
            return SiteImage.objects.create(
                title=title,
                description=alt or title,
                file=ImageFile(file, name=path.name),
                collection=self.collection,
            )

    def _collection(self) -> Collection:
        root = Collection.get_first_root_node()
        return root.get_children().filter(name=COLLECTION).first() or root.add_child(name=COLLECTION)


def _title(name: str) -> str:
    """ "gift-tags-1.webp" gives "Gift tags 1"."""
    return Path(name).stem.replace("-", " ").capitalize()
