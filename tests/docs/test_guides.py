"""The guides work as they stand."""

import pytest
from django.conf import settings

from tests.docs import guides

pytestmark = pytest.mark.slow
GUIDES = settings.BASE_DIR / "docs" / "guides"


@pytest.mark.parametrize("name", ["page-type.md", "block.md"])
def test_whoever_follows_the_guide_arrives(name, tmp_path):
    guides.copy_project(settings.BASE_DIR, tmp_path)
    guides.follow(GUIDES / name, tmp_path)
    guides.run("python -m ruff check .", tmp_path)
    guides.run("python -m ruff format --check .", tmp_path)


def test_a_change_must_fit_exactly_one_place(tmp_path):
    path = tmp_path / "a.py"
    path.write_text("one\ntwo\ntwo\n")
    guides.change(path, " one\n-two\n+three\n")
    assert path.read_text() == "one\nthree\ntwo\n"
    with pytest.raises(AssertionError, match="exactly once"):
        guides.change(path, "-four\n+five\n")
