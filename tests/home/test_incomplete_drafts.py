"""A draft may lack what its form asks for later; whatever publishes without the form asks as well."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.messages import get_messages
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Page, PageLogEntry, Workflow, WorkflowTask

from catalog.models import CatalogPage
from home.models import StandardPage
from tests.factories.catalog import a_group, a_shop

pytestmark = pytest.mark.django_db

REASON = "variant 1, field “title”: This field cannot be blank."


@pytest.fixture
def incomplete(db) -> Page:
    """A live product whose draft has lost the title of its variant."""
    group = a_group("OW-A", title="Cards")
    draft = group.get_latest_revision_as_object()
    variant = draft.variants.get()
    variant.title = ""
    draft.variants = [variant]
    draft.save_revision()
    group.refresh_from_db()
    return group


def live_titles(group) -> list[str]:
    return list(type(group).objects.get(pk=group.pk).variants.values_list("title", flat=True))


def publish_together(editor_client, *pages, **fields):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    return editor_client.post(f"{address}?{'&'.join(f'id={page.pk}' for page in pages)}", fields)


def said(response) -> str:
    return str(*get_messages(response.wsgi_request))


def test_several_are_published_only_if_all_are_complete(editor_client, incomplete):
    complete = a_group("OW-B", title="Mugs", live=False)

    response = publish_together(editor_client, complete, incomplete)

    assert f"Nothing was published. “Cards” cannot be: {REASON}" in said(response)
    assert live_titles(incomplete) == ["Variant 1"]
    assert not Page.objects.get(pk=complete.pk).live


def test_a_page_of_any_type_is_looked_at_also_below_a_chosen_one(editor_client):
    home = a_shop().get_parent()
    page = home.add_child(instance=StandardPage(title="About", slug="about", live=False))
    page.slug = "cart"
    page.save_revision(clean=False)

    response = publish_together(editor_client, home, include_descendants="on")

    assert "“About” cannot be: the page, field “slug”: The shop itself uses this address" in said(response)
    assert not Page.objects.get(pk=page.pk).live


def test_an_approval_leads_to_the_page_and_says_what_is_missing(editor_client, incomplete):
    workflow = Workflow.objects.create(name="Two pairs of eyes")
    task = GroupApprovalTask.objects.create(name="Second look")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    workflow.start(incomplete, get_user_model().objects.get(username="editor"))
    state = incomplete.current_workflow_task_state

    response = editor_client.post(
        reverse("wagtailadmin_pages:workflow_action", args=[incomplete.pk, "approve", state.pk]),
        {"comment": "Fine"},
    )

    assert response.url == reverse("wagtailadmin_pages:edit", args=[incomplete.pk])
    assert said(response).strip() == (
        f"“Cards” was not published: {REASON} Nothing is lost: put it right, then try again."
    )
    assert live_titles(incomplete) == ["Variant 1"]


def test_a_scheduled_publication_is_called_off_and_the_history_says_why(incomplete):
    revision = incomplete.latest_revision
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.save()

    call_command("publish_scheduled")

    assert live_titles(incomplete) == ["Variant 1"]
    entry = PageLogEntry.objects.get(page=incomplete.pk, action="catalog.publication_called_off")
    assert entry.message == f"The scheduled publication was called off. {REASON}"
    assert not incomplete.revisions.filter(approved_go_live_at__isnull=False).exists()


def test_complete_pages_are_published_together(editor_client):
    group = a_group("OW-A", live=False)

    publish_together(editor_client, CatalogPage.objects.get(), include_descendants="on")

    assert Page.objects.get(pk=group.pk).live
