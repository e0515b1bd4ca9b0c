"""Where the contents of print files are."""

import uuid
from pathlib import PurePath

from django.db import transaction
from django.db.models import QuerySet

from personalization.models import PrintFile


def stored_as(print_file: PrintFile) -> str:
    """A place in the private storage that nobody can guess, for the content of this file."""
    name = f"{uuid.uuid4().hex}{PurePath(print_file.name).suffix}"
    return str(print_file.file.field.generate_filename(print_file, name))


def is_stored(print_file: PrintFile) -> bool:
    """Whether the storage has the content of this file."""
    content = print_file.file
    return bool(content.name) and content.storage.exists(str(content.name))


def delete_files(files: QuerySet[PrintFile]) -> None:
    """Delete rows, and after commit what they name in the storage."""
    contents = [row.file for row in files]
    files.delete()

    def delete_contents() -> None:
        for content in contents:
            content.delete(save=False)

    transaction.on_commit(delete_contents, robust=True)
