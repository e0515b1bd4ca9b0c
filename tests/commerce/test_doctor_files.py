"""Files that a worker stored just before it was killed: no row names them, and the doctor takes them away."""

import os
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from commerce.doctor import examine, storage
from personalization.models import PrintFile
from tests.factories.personalization import make_render_project

pytestmark = pytest.mark.django_db

FIELD = PrintFile._meta.get_field("file")


@pytest.fixture(autouse=True)
def own_storage(sandbox, settings, tmp_path):
    """The sandbox, and a storage of print files that holds nothing of other tests."""
    FIELD.storage.location = tmp_path
    yield
    del FIELD.storage.location


def store(*, days: float) -> str:
    """A stored file of that age; its name in the storage."""
    name = FIELD.storage.save(FIELD.generate_filename(None, "print.pdf"), ContentFile(b"%PDF-1.7"))
    moment = (timezone.now() - timedelta(days=days)).timestamp()
    os.utime(FIELD.storage.path(name), (moment, moment))
    return name


def kinds(report) -> list[str]:
    return [entry["kind"] for entry in report.findings]


def test_a_file_that_no_row_names_is_found_and_removed():
    name = store(days=3)
    report = examine(repair=False)
    assert [(entry["kind"], entry["subject"]) for entry in report.findings] == [("stray-file", name)]
    assert FIELD.storage.exists(name)
    assert examine(repair=True).remaining == 0
    assert not FIELD.storage.exists(name)
    assert examine(repair=False).is_clean


def test_a_file_whose_row_may_still_be_written_is_left_alone():
    store(days=1)
    assert examine(repair=True).findings == []


def test_a_file_that_a_row_names_stays():
    name = store(days=3)
    make_file_row(name)
    assert "stray-file" not in kinds(examine(repair=True))
    assert FIELD.storage.exists(name)


def test_a_file_whose_row_was_written_after_the_look_is_not_removed():
    name = store(days=3)
    finding = next(storage.stray_files(timezone.now() - timedelta(days=30)))
    make_file_row(name)
    with pytest.raises(storage.NotMended):
        finding.mend()
    assert FIELD.storage.exists(name)


def make_file_row(name: str) -> PrintFile:
    return PrintFile.objects.create(
        project=make_render_project(),
        artifact_id="a" * 24,
        name="print.pdf",
        content_type="application/pdf",
        size=8,
        file=name,
    )
