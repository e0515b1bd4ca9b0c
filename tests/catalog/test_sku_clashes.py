"""Two people give one SKU to two products at the same moment, or approve what clashes by now."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.contrib.messages import get_messages
from django.db import IntegrityError
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

from catalog.forms.products import ProductGroupForm
from catalog.models import ProductGroupPage, ProductVariant
from tests.catalog.test_admin import form_data, send_changed, send_new
from tests.catalog.test_skus import draft_with_sku, live_skus
from tests.factories.catalog import a_group

pytestmark = pytest.mark.django_db


@pytest.fixture
def somebody_faster(monkeypatch):
    """Takes the SKU OW-WANTED for the posters, after the form was found in order and before it is saved."""
    a_group("OW-P", title="Posters")
    is_valid = ProductGroupForm.is_valid

    def in_order(form):
        valid = is_valid(form)
        ProductVariant.objects.filter(sku="OW-P").update(sku="OW-WANTED")
        return valid

    monkeypatch.setattr(ProductGroupForm, "is_valid", in_order)


def a_workflow() -> Workflow:
    workflow = Workflow.objects.create(name="Two pairs of eyes")
    task = GroupApprovalTask.objects.create(name="Second look")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    return workflow


@pytest.fixture
def nora(editor):
    """The person behind `editor`."""
    return get_user_model().objects.get(username="nora")


def awaiting_approval(user) -> ProductGroupPage:
    """Cards whose draft waits for approval, with a SKU that the posters have got meanwhile."""
    group = a_group("OW-A", title="Cards")
    draft_with_sku(group, "OW-WANTED", title="Better cards")
    group.refresh_from_db()
    a_workflow().start(group, user)
    a_group("OW-P", title="Posters")
    ProductVariant.objects.filter(sku="OW-P").update(sku="OW-WANTED")
    return group


def approve(editor, group, **headers):
    state = group.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[group.pk, "approve", state.pk])
    return editor.post(url, {"comment": "Fine"}, headers=headers)


def said(response) -> list[str]:
    return [str(message).strip() for message in get_messages(response.wsgi_request)]


def test_publishing_a_live_page_shows_the_form_again_with_what_was_typed(editor, somebody_faster):
    group = a_group("OW-A", title="Cards")
    row = {"id": group.variants.get().pk, "sku": "OW-WANTED", "title": "Typed with care"}

    response = send_changed(editor, group, form_data([row], initial=1))

    assert response.status_code == 200
    html = response.content.decode()
    assert "The SKU OW-WANTED is already used by “Posters”. Choose another one." in html
    assert "Typed with care" in html
    assert live_skus(group) == ["OW-A"]


def test_a_new_page_is_not_made_and_the_form_stays(editor, somebody_faster):
    response = send_new(editor, form_data([{"sku": "OW-WANTED", "title": "Typed with care"}]))

    assert response.status_code == 200
    html = response.content.decode()
    assert "The SKU OW-WANTED is already used by “Posters”. Choose another one." in html
    assert "Typed with care" in html
    assert not ProductGroupPage.objects.filter(title="Thank-you cards").exists()


def test_a_draft_of_a_page_that_was_never_published_is_shown_again(editor, somebody_faster):
    group = a_group("OW-A", title="Cards", live=False)
    data = form_data([{"id": group.variants.get().pk, "sku": "OW-WANTED"}], initial=1)

    response = editor.post(reverse("wagtailadmin_pages:edit", args=[group.pk]), data)

    assert response.status_code == 200
    assert "The SKU OW-WANTED is already used by “Posters”" in response.content.decode()
    assert live_skus(group) == ["OW-A"]


def test_approving_in_the_dialog_leads_to_the_page_and_says_why_it_is_not_published(editor, nora):
    group = awaiting_approval(nora)

    response = approve(editor, group, x_requested_with="XMLHttpRequest")

    edit_url = reverse("wagtailadmin_pages:edit", args=[group.pk])
    assert json.loads(response.content) == {"step": "success", "redirect": edit_url}
    assert said(response) == [
        "“Cards” was not published: The SKU OW-WANTED is also used by “Posters”. "
        "Nothing is lost: change one of the two SKUs, then try again."
    ]
    assert live_skus(group) == ["OW-A"]


def test_a_clash_leaves_the_draft_and_its_approval_as_they_were(editor, nora):
    group = awaiting_approval(nora)

    response = approve(editor, group)

    assert response.url == reverse("wagtailadmin_pages:edit", args=[group.pk])
    group = ProductGroupPage.objects.get(pk=group.pk)
    assert group.current_workflow_task_state.status == "in_progress"
    draft = group.get_latest_revision_as_object()
    assert (draft.title, draft.variants.get().sku) == ("Better cards", "OW-WANTED")


def test_a_clash_that_is_cleared_lets_the_approval_through(editor, nora):
    group = awaiting_approval(nora)
    approve(editor, group)
    ProductVariant.objects.filter(sku="OW-WANTED").update(sku="OW-P")

    approve(editor, group)

    assert live_skus(group) == ["OW-WANTED"]


def test_other_trouble_of_the_database_is_not_mistaken_for_a_clash(editor):
    group = a_group("OW-A")
    variant = group.variants.get()
    variant.price = -1
    group.variants = [variant]

    with pytest.raises(IntegrityError, match="price"):
        group.save()
