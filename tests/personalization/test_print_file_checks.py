"""A print file that is not what was ordered never becomes ready."""

import io
from decimal import Decimal

import pikepdf
import pytest
from django.core.files.storage import InMemoryStorage, Storage

from personalization.hub import HubNotFound, get_hub
from personalization.models import PrintFile, RenderProject
from personalization.rendering import services
from personalization.rendering.services.checking import PrintFileUnfit, check_size

pytestmark = pytest.mark.django_db

Status = RenderProject.Status
POINTS = Decimal(72) / Decimal("25.4")


def pdf(*pages, **boxes):
    """A PDF with pages of these sizes in mm; `trim` is a margin around the trimmed page, in mm."""
    document = pikepdf.new()
    for width, height in pages:
        document.add_blank_page(page_size=(float(width * POINTS), float(height * POINTS)))
        page = document.pages[-1]
        if "trim" in boxes:
            edge = float(boxes["trim"] * POINTS)
            page.trimbox = [edge, edge, float(width * POINTS) - edge, float(height * POINTS) - edge]
        if "rotate" in boxes:
            page.rotate(boxes["rotate"], relative=False)
        if "unit" in boxes:
            page.obj.UserUnit = boxes["unit"]
    content = io.BytesIO()
    document.save(content)
    return content


def card(width="85", height="55", **values) -> RenderProject:
    return RenderProject(expected_width_mm=Decimal(width), expected_height_mm=Decimal(height), **values)


@pytest.mark.parametrize(
    "content",
    [
        pdf((85, 55)),
        pdf((91, 61), trim=3),
        pdf((91, 61)),
        pdf((61, 91), trim=3),
        pdf((91, 61), trim=3, rotate=90),
        pdf((Decimal("85.8"), Decimal("54.2"))),
        pdf((Decimal("45.5"), Decimal("30.5")), trim=Decimal("1.5"), unit=2),
        pdf((91, 61), (91, 61), trim=3),
    ],
)
def test_pages_of_the_products_size_pass(content):
    assert check_size(content, "a.pdf", card()) == len(pikepdf.open(content).pages)


@pytest.mark.parametrize(
    "content, found",
    [
        (pdf((210, 297)), "210.0 × 297.0"),
        (pdf((91, 61), trim=1), "89.0 × 59.0"),
        (pdf((80, 55)), "80.0 × 55.0"),
        (pdf((Decimal("87.5"), 55), trim=0), "87.5 × 55.0"),
        (pdf((85, 55), (85, 100)), "85.0 × 100.0"),
    ],
)
def test_pages_of_another_size_do_not(content, found):
    with pytest.raises(PrintFileUnfit) as refusal:
        check_size(content, "a.pdf", card())
    assert f"{found} mm; it should be 85.0 × 55.0 mm" in refusal.value.message


def test_what_nobody_has_said_is_not_checked():
    assert check_size(pdf((10, 10)), "a.pdf", RenderProject()) == 1
    assert check_size(io.BytesIO(b"x"), "a.png", card()) == 1
    assert check_size(io.BytesIO(b"x"), "a.zip", card()) is None


def render(hub, project, **expected):
    RenderProject.objects.filter(pk=project.pk).update(**expected)
    services.advance(project.pk)
    hub.complete_all()
    services.advance(project.pk)
    project.refresh_from_db()


def test_a_file_of_the_ordered_size_becomes_ready(hub, project):
    render(hub, project, expected_width_mm=85, expected_height_mm=55, expected_pages=2)
    assert project.status == Status.READY
    assert project.files.get().pages == 2


def test_a_file_of_another_size_fails_at_once_with_both_sizes(hub, project, finished):
    render(hub, project, expected_width_mm=210, expected_height_mm=297)
    assert project.status == Status.FAILED
    assert "it should be 210.0 × 297.0 mm" in project.reason
    assert project.files.count() == 0
    assert [status for _, status, _ in finished] == ["failed"]


@pytest.mark.parametrize("expected", [1, 3])
def test_files_with_other_pages_than_the_design_fail(hub, project, expected):
    render(hub, project, expected_pages=expected)
    assert project.status == Status.FAILED
    assert project.reason == f"The files have 2 pages together; there should be {expected}."


def test_every_design_of_a_line_has_its_pages(hub, project):
    owner = project.design.owner
    second = hub.add_design(owner.hub_id, "classic-business-cards")
    type(project.design).objects.update(state_ids=[*project.design.state_ids, second])
    render(hub, project, expected_pages=2)
    assert project.status == Status.READY
    assert sorted(project.files.values_list("pages", flat=True)) == [2, 2]


def test_of_two_files_one_that_is_missing_keeps_the_other_from_being_ready(hub, project, monkeypatch):
    second = hub.add_design(project.design.owner.hub_id, "classic-business-cards")
    type(project.design).objects.update(state_ids=[*project.design.state_ids, second])
    services.advance(project.pk)
    hub.complete_all()
    project.refresh_from_db()
    missing = get_hub().processing_results(project.hub_project_id).files[1].artifact_id
    opened = type(get_hub()).open_artifact

    def without_the_second(self, file):
        if file.artifact_id == missing:
            raise HubNotFound("GET artifact answered 404")
        return opened(self, file)

    with monkeypatch.context() as broken:
        broken.setattr(type(get_hub()), "open_artifact", without_the_second)
        for _attempt in range(8):
            assert project.status != Status.FAILED
            services.advance(project.pk)
            project.refresh_from_db()
    assert (project.status, project.files.count()) == (Status.FAILED, 1)

    services.restart_processing(project, by="system:test")
    hub.complete_all()
    services.advance(project.pk)
    project.refresh_from_db()
    assert (project.status, project.files.count()) == (Status.READY, 2)


class RemoteStorage(Storage):
    """Like an object store: no paths, content known by name alone."""

    def __init__(self):
        self.kept = {}

    def _save(self, name, content):
        self.kept[name] = content.read()
        return name

    def _open(self, name, mode="rb"):
        if name not in self.kept:
            raise FileNotFoundError(name)
        return io.BytesIO(self.kept[name])

    def exists(self, name):
        return name in self.kept

    def size(self, name):
        return len(self.kept[name])

    def delete(self, name):
        self.kept.pop(name, None)


@pytest.mark.parametrize("kind", [InMemoryStorage, RemoteStorage])
def test_print_files_are_kept_in_any_storage(hub, project, monkeypatch, kind):
    storage = kind()
    monkeypatch.setattr(PrintFile._meta.get_field("file"), "storage", storage)
    render(hub, project, expected_width_mm=85, expected_height_mm=55)
    assert project.status == Status.READY
    kept = project.files.get()
    assert storage.exists(kept.file.name)
    with kept.file.open() as content:
        assert len(content.read()) == kept.size
