"""What `manage.py check` says of page types."""

from home.checks import check_parents
from home.models import HomePage, StoryIndexPage
from tests.extension.models import CalendarPage


def test_the_page_types_and_their_parents_name_each_other():
    assert check_parents() == []


def test_a_page_type_that_may_stand_anywhere_is_fine(monkeypatch):
    monkeypatch.delattr(CalendarPage, "parent_page_types")
    assert check_parents() == []


def test_a_parent_that_does_not_name_its_child_is_told(monkeypatch):
    monkeypatch.setattr(HomePage, "subpage_types", ["catalog.CatalogPage", "home.StandardPage"])
    monkeypatch.setattr(HomePage, "_clean_subpage_models", None)
    [message] = check_parents()
    assert (message.id, message.obj) == ("home.E001", StoryIndexPage)
    assert message.msg == "StoryIndexPage cannot be created below HomePage, which it names as its parent."
    assert message.hint == 'Add "home.StoryIndexPage" to HomePage.subpage_types.'
