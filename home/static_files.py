"""Whether pages find their styles and scripts."""

from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage


def are_collected() -> bool:
    """Whether `collectstatic` has run, where pages need its list of files; without it each page fails."""
    return not isinstance(staticfiles_storage, ManifestFilesMixin) or bool(staticfiles_storage.hashed_files)
