"""ContentField: no blocks in migrations, and nothing lost by them."""

import copy
import json
import pickle
from importlib import import_module
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from wagtail.blocks.migrations.migrate_operation import MigrateStreamData
from wagtail.blocks.migrations.operations import (
    RemoveStructChildrenOperation,
    RenameStreamChildrenOperation,
    RenameStructChildrenOperation,
)

from catalog.models import ProductGroupPage
from core.content_migrations import at
from home.models import HomePage, StoryPage
from tests.factories.commerce import make_variant
from tests.factories.home import a_home, a_story

pytestmark = pytest.mark.django_db

MAPPING = {"making": "pipeline", "pipeline_id": 31, "product_reference": "cards"}


@pytest.fixture
def historical():
    """The apps as a migration sees them."""
    return MigrationLoader(connection).project_state().apps


def test_no_migration_holds_blocks():
    for app in ("home", "catalog"):
        text = Path(import_module(f"{app}.migrations.0001_initial_schema").__file__).read_text()
        assert "core.fields.ContentField([]" in text
        assert "wagtail.blocks" not in text


def test_a_data_migration_that_saves_a_page_keeps_bodies_and_mappings(historical):
    story = a_story(("paragraph", "<p>Cotton and linen.</p>"))
    group = make_variant("OW-CARD", is_personalized=True, mapping=MAPPING).page
    body, mapping = list(story.body.raw_data), list(group.personalization.raw_data)

    for model, page in (("home.StoryPage", story), ("catalog.ProductGroupPage", group)):
        old = historical.get_model(model).objects.get(pk=page.pk)
        old.search_description = "Changed by a migration"
        old.save()

    story, group = StoryPage.objects.get(pk=story.pk), ProductGroupPage.objects.get(pk=group.pk)
    assert story.search_description == group.search_description == "Changed by a migration"
    assert list(story.body.raw_data) == body
    assert list(group.personalization.raw_data) == mapping
    assert group.personalization[0].value["pipeline_id"] == 31


def migrate(historical, model, field, *operations):
    app_name, model_name = model.split(".")
    MigrateStreamData(
        app_name=app_name,
        model_name=model_name,
        field_name=field,
        operations_and_block_paths=list(operations),
    ).code(historical, None)


def test_blocks_are_renamed_by_wagtails_operations_in_pages_and_revisions(historical):
    story = a_story(("paragraph", "<p>Cotton.</p>"))
    story.save_revision()

    migrate(historical, "home.StoryPage", "body", at("", RenameStreamChildrenOperation("paragraph", "text")))

    old = historical.get_model("home.StoryPage").objects.get(pk=story.pk)
    assert [child["type"] for child in old.body.raw_data] == ["text"]
    assert [child["value"] for child in old.body.raw_data] == ["<p>Cotton.</p>"]
    revision = StoryPage.objects.get(pk=story.pk).latest_revision
    assert [child["type"] for child in json.loads(revision.content["body"])] == ["text"]


def test_values_deep_in_lists_are_changed_and_their_neighbours_are_not(historical):
    steps = {"title": "How", "steps": [{"title": "One", "text": "First"}, {"title": "Two", "text": "Then"}]}
    home = a_home(("steps", steps), ("paragraph", "<p>Linen.</p>"))
    before = list(home.body.raw_data)

    migrate(
        historical,
        "home.HomePage",
        "body",
        at("steps.steps.item", RenameStructChildrenOperation("text", "words")),
        at("steps", RemoveStructChildrenOperation("title")),
    )

    after = list(historical.get_model("home.HomePage").objects.get(pk=home.pk).body.raw_data)
    children = [child["value"] for child in after[0]["value"]["steps"]]
    assert children == [{"title": "One", "words": "First"}, {"title": "Two", "words": "Then"}]
    assert "title" not in after[0]["value"]
    assert after[1] == before[1]
    assert HomePage.objects.get(pk=home.pk).body.raw_data[1] == before[1]


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda page: pickle.loads(pickle.dumps(page))])  # noqa: S301
def test_a_copy_of_a_historical_page_loses_no_block_that_nobody_knows_any_more(historical, copied):
    story = a_story(("paragraph", "<p>Cotton.</p>"))
    old = historical.get_model("home.StoryPage").objects.get(pk=story.pk)
    old.body = [{"type": "gone", "value": "kept"}, *old.body.raw_data]

    copied(old).save()

    old = historical.get_model("home.StoryPage").objects.get(pk=story.pk)
    assert [child["type"] for child in old.body.raw_data] == ["gone", "paragraph"]


def test_pairs_of_names_and_values_can_be_assigned_to_a_historical_page(historical):
    story = a_story()
    old = historical.get_model("home.StoryPage").objects.get(pk=story.pk)
    old.body = [("paragraph", "<p>Linen.</p>")]
    old.save()
    assert [block.value.source for block in StoryPage.objects.get(pk=story.pk).body] == ["<p>Linen.</p>"]


def test_text_of_before_there_were_blocks_is_kept_as_wagtail_keeps_it(historical):
    field = historical.get_model("home.StoryPage")._meta.get_field("body")
    assert field.to_python("<p>text</p>").raw_text == "<p>text</p>"


def test_a_stream_with_a_block_called_item_is_no_list():
    [operation, _path] = at("item", RenameStructChildrenOperation("a", "b"))
    stream = [{"type": "other", "value": 1}, {"type": "item", "value": {"a": 2}}]
    assert operation.apply(stream) == [{"type": "other", "value": 1}, {"type": "item", "value": {"b": 2}}]
    assert operation.apply([{"a": 1}]) == [{"type": "item", "value": {"b": 1}}]
    assert operation.apply([]) == []
