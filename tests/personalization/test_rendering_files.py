"""Print files are whole, readable and fetched once."""

import pytest

from personalization.hub import HubContractError, OutputFile, get_hub
from personalization.models import PrintFile, RenderProject
from personalization.rendering import services
from personalization.rendering.services import fetching

pytestmark = pytest.mark.django_db

Status = RenderProject.Status


def test_a_truncated_file_is_not_kept_and_fetched_again(hub, project):
    hub.trouble("truncated")
    services.advance(project.pk)
    hub.complete_all()
    services.advance(project.pk)
    project.refresh_from_db()
    assert (project.status, project.job.attempts) == (Status.FETCHING, 1)
    assert PrintFile.objects.count() == 0


def test_files_on_a_host_inside_the_hub_are_fetched_through_the_gateway(hub, project):
    hub.trouble("wrong-host")
    services.advance(project.pk)
    hub.complete_all()
    services.advance(project.pk)
    project.refresh_from_db()
    assert project.status == Status.READY


def test_a_missing_file_fails_the_project_after_some_attempts(hub, project):
    hub.trouble("missing")
    services.advance(project.pk)
    hub.complete_all()
    for attempt in range(1, 8):
        services.advance(project.pk)
        project.refresh_from_db()
        assert (project.status, project.job.attempts) == (Status.FETCHING, attempt)
    services.advance(project.pk)
    project.refresh_from_db()
    assert project.status == Status.FAILED


def test_a_file_that_was_fetched_before_is_not_fetched_again(hub, project):
    services.advance(project.pk)
    hub.complete_all()
    project.refresh_from_db()
    output = get_hub().processing_results(project.hub_project_id).files[0]
    PrintFile.objects.create(
        project=project, artifact_id=output.artifact_id, name="a.pdf", size=1, file="a.pdf"
    )
    before = len(hub.calls_to("artifacts"))
    services.advance(project.pk)
    project.refresh_from_db()
    assert (project.status, project.files.count()) == (Status.READY, 1)
    assert len(hub.calls_to("artifacts")) == before


@pytest.mark.parametrize(
    "name, content",
    [("a.pdf", b""), ("a.pdf", b"<html>"), ("a.png", b"%PDF-1.7"), ("a.zip", b"")],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    with path.open("rb") as file, pytest.raises(HubContractError):
        fetching.check_opens(file, name, size=len(content))


@pytest.mark.parametrize(
    "name, format, expected",
    [
        ("result", "Pdf", "L-1-result.pdf"),
        ("result.PDF", "Pdf", "L-1-result.pdf"),
        ("result", "image/strange", "L-1-result.bin"),
        ("../../etc/passwd", "Pdf", "L-1-passwd.pdf"),
        ("Front & back", "Png", "L-1-Front_back.png"),
        ("", "Jpeg", "L-1-file-2.jpg"),
        ("..", "Pdf", "L-1-file-2.pdf"),
        ("???", "Pdf", "L-1-file-2.pdf"),
        ("Zażółć.pdf", "Pdf", "L-1-Zażółć.pdf"),
        ("v1.2", "Tiff", "L-1-v1.2.tif"),
    ],
)
def test_downloads_have_readable_safe_names(name, format, expected):
    output = OutputFile(
        artifact_id="a", name=name, format=format, size=1, url="", project_item_id=None, order_line_item_id=""
    )
    assert fetching.file_name(RenderProject(line_id="L-1"), output, 2) == expected
