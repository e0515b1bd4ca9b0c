"""A visitor logs in: in the shop they are the account at once, in the Hub as soon as the Hub has answered."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpResponse
from django.utils import timezone

from personalization.designs.services.storing import DesignRejected, save_design
from personalization.models import AccountMerge, Design, RenderJob, RenderProject
from personalization.rendering import services
from personalization.shoppers.services import account_merge, visitors
from personalization.tasks import sweep
from tests.factories.personalization import make_design, make_render_project, make_storefront_user

pytestmark = pytest.mark.django_db

REFERENCE = "classic-business-cards"
Status = AccountMerge.Status


@pytest.fixture
def account_user(db):
    return make_storefront_user(account=User.objects.create(username="anna"))


@pytest.fixture
def visitor(hub):
    """A visitor whom the Hub knows."""
    visitor = make_storefront_user()
    visitors.storefront_user_token(visitor)
    return visitor


@pytest.fixture
def design(hub, visitor):
    return make_design(visitor, state_ids=[hub.add_design(visitor.hub_id, REFERENCE)])


@pytest.fixture
def merge(visitor, account_user, design):
    """A login that the Hub has not heard of yet."""
    return account_merge.adopt_visitor(visitor=visitor, account_user=account_user)


def order_of(design):
    """A render project of the design as it is now, brought as far as it goes."""
    project = make_render_project(Design.objects.get(pk=design.pk))
    services.advance(project.pk)
    project.refresh_from_db()
    return project


def owners_sent(hub):
    return [call.body["ownerId"] for call in hub.calls_to("projects.create")]


def save(owner, *, user_id, state="5f0000000000000000000001"):
    return save_design(
        owner=owner,
        variant_sku="OW-BC-MATT",
        allowed_skus={"OW-BC-MATT"},
        product_reference=REFERENCE,
        title="Classic business cards",
        output={"quantity": 1, "properties": {"_userId": user_id, "_stateId": [state]}},
    )


# The login itself


def test_designs_change_owner_at_once_and_remember_who_made_them(hub, merge, design, visitor, account_user):
    before = len(hub.calls)
    design.refresh_from_db()
    assert (design.owner, design.made_as, merge.status) == (account_user, visitor, Status.WAITING)
    assert len(hub.calls) == before


def test_the_hub_is_asked_after_the_commit(
    hub, visitor, account_user, design, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        account_merge.adopt_visitor(visitor=visitor, account_user=account_user)
    assert AccountMerge.objects.get().status == Status.DONE
    assert [
        (c.body["anonymousStorefrontUserId"], c.body["regularStorefrontUserId"]) for c in _merges(hub)
    ] == [(visitor.hub_id, account_user.hub_id)]


def test_a_visitor_the_hub_never_met_needs_no_call(hub, account_user):
    merge = account_merge.adopt_visitor(visitor=make_storefront_user(), account_user=account_user)
    assert merge.status == Status.DONE
    assert account_merge.finish_merge(merge.pk).status == Status.DONE
    assert hub.calls_to("users") == []


def test_adopting_again_brings_along_what_came_since(merge, visitor, account_user):
    late = make_design(visitor)
    assert account_merge.adopt_visitor(visitor=visitor, account_user=account_user) == merge
    late.refresh_from_db()
    assert (late.owner, late.made_as) == (account_user, visitor)
    assert AccountMerge.objects.count() == 1


def test_nobody_adopts_the_visitor_of_another_account(merge, visitor):
    design = make_design(visitor)
    other = make_storefront_user(account=User.objects.create(username="ben"))
    with pytest.raises(ValueError, match="another account"):
        account_merge.adopt_visitor(visitor=visitor, account_user=other)
    with pytest.raises(ValueError, match="without an account"):
        account_merge.adopt_visitor(visitor=merge.account_user, account_user=other)
    design.refresh_from_db()
    assert design.owner == visitor


# The merge in the Hub


def test_the_account_is_registered_as_a_regular_user_first(hub, merge, account_user):
    account_merge.finish_merge(merge.pk)
    created = {
        call.body["storefrontUserId"]: call.body["isAnonymous"] for call in hub.calls_to("users.create")
    }
    assert created[account_user.hub_id] is False
    account_user.refresh_from_db()
    assert account_user.registered_at is not None


def test_a_finished_merge_asks_nothing_more(hub, merge):
    account_merge.finish_merge(merge.pk)
    account_merge.finish_merge(merge.pk, is_urgent=True)
    assert len(_merges(hub)) == 1


def test_a_merge_whose_answer_was_lost_is_done_at_the_next_try(hub, merge, design, account_user):
    hub.fail("users.merge", "reset-after")
    assert account_merge.finish_merge(merge.pk).status == Status.WAITING
    merge = account_merge.finish_merge(merge.pk, is_urgent=True)
    assert (merge.status, merge.attempts) == (Status.DONE, 1)
    assert account_merge.hub_owner_id(Design.objects.get()) == account_user.hub_id


def test_a_conflict_counts_as_done(hub, merge):
    hub.fail("users.merge", status=409)
    assert account_merge.finish_merge(merge.pk).status == Status.DONE


def test_a_refusal_leaves_the_designs_with_the_visitor(hub, merge, visitor):
    hub.fail("users.merge", status=400)
    merge = account_merge.finish_merge(merge.pk)
    assert (merge.status, merge.reason != "") == (Status.GIVEN_UP, True)
    assert merge not in account_merge.MERGES.due()
    assert account_merge.hub_owner_id(Design.objects.get()) == visitor.hub_id


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_hub_that_is_away_is_waited_for(hub, merge, status):
    hub.fail("users.merge", status=status, times=5)
    merge = account_merge.finish_merge(merge.pk)
    assert (merge.status, merge.attempts, merge.leased_until) == (Status.WAITING, 1, None)
    assert merge.due_at > timezone.now() + timedelta(seconds=5)
    asked = len(_merges(hub))
    assert account_merge.finish_merge(merge.pk).attempts == 1
    assert len(_merges(hub)) == asked


def test_the_sweep_takes_up_what_the_queue_has_lost(hub, merge):
    sweep()
    merge.refresh_from_db()
    assert merge.status == Status.DONE


def test_a_merge_that_another_worker_is_at_is_left_alone(hub, merge):
    AccountMerge.objects.update(leased_until=timezone.now() + timedelta(minutes=1))
    assert account_merge.finish_merge(merge.pk, is_urgent=True).status == Status.WAITING
    assert _merges(hub) == []


# Projects: the id that owns the design in the Hub at that moment


def test_a_project_finishes_the_merge_first(hub, merge, design, account_user):
    project = order_of(design)
    assert project.status == RenderProject.Status.RENDERING
    assert owners_sent(hub) == [account_user.hub_id]
    merge.refresh_from_db()
    assert merge.status == Status.DONE


def test_a_project_waits_while_nobody_knows_whose_the_design_is(hub, merge, design, account_user):
    hub.fail("users.merge", "reset-after", times=1)
    hub.fail("users.merge", status=503, times=3)
    project = order_of(design)
    assert (project.status, project.job.attempts) == (RenderProject.Status.CREATING, 1)
    assert owners_sent(hub) == []

    hub.clear()
    RenderJob.objects.update(due_at=timezone.now())
    services.advance(project.pk)
    project.refresh_from_db()
    assert (project.status, owners_sent(hub)) == (RenderProject.Status.RENDERING, [account_user.hub_id])


def test_after_a_refusal_the_project_is_the_visitors(hub, merge, design, visitor):
    hub.fail("users.merge", status=400)
    account_merge.finish_merge(merge.pk)
    assert order_of(design).status == RenderProject.Status.RENDERING
    assert owners_sent(hub) == [visitor.hub_id]


def test_a_login_in_the_middle_of_a_creation_costs_one_more_attempt(
    hub, visitor, design, account_user, monkeypatch
):
    project = make_render_project(design)
    find = services.creation._find

    def find_and_log_in(project):
        found = find(project)
        merge = account_merge.adopt_visitor(visitor=visitor, account_user=account_user)
        account_merge.finish_merge(merge.pk, is_urgent=True)
        return found

    monkeypatch.setattr(services.creation, "_find", find_and_log_in)
    services.advance(project.pk)
    project.refresh_from_db()
    assert project.status == RenderProject.Status.CREATING

    monkeypatch.undo()
    RenderJob.objects.update(due_at=timezone.now())
    services.advance(project.pk)
    project.refresh_from_db()
    assert project.status == RenderProject.Status.RENDERING
    assert owners_sent(hub) == [visitor.hub_id, account_user.hub_id]


# An editor page that was open during the login


def test_an_editor_opened_before_the_login_still_saves(hub, merge, visitor, account_user):
    account_merge.finish_merge(merge.pk)
    design = save(account_user, user_id=visitor.hub_id)
    assert (design.owner, design.made_as) == (account_user, visitor)


def test_what_it_saves_is_asked_for_in_the_hub_once_more(hub, merge, visitor, account_user):
    account_merge.finish_merge(merge.pk)
    save(account_user, user_id=visitor.hub_id)
    merge.refresh_from_db()
    assert merge.status == Status.WAITING
    assert account_merge.finish_merge(merge.pk, is_urgent=True).status == Status.DONE
    assert len(_merges(hub)) == 2


def test_nobody_saves_for_a_visitor_who_became_somebody_else(merge, visitor):
    other = make_storefront_user(account=User.objects.create(username="ben"))
    with pytest.raises(DesignRejected):
        save(other, user_id=visitor.hub_id)
    with pytest.raises(DesignRejected):
        save(make_storefront_user(), user_id=visitor.hub_id)
    assert Design.objects.count() == 1


def test_a_merge_reopened_while_the_hub_answers_stays_open(merge, visitor):
    asked = account_merge.MERGES.claim(merge.pk)
    account_merge.reopen_merge(visitor)
    account_merge.MERGES.finish(asked)
    assert AccountMerge.objects.get().status == Status.WAITING


def test_an_editor_works_as_the_visitor_until_the_hub_has_merged_them(hub, merge, visitor, account_user):
    visitor.refresh_from_db()
    assert visitors.editor_credentials(account_user, made_as=visitor)[0] == visitor.hub_id
    account_merge.finish_merge(merge.pk)
    visitor = type(visitor).objects.get(pk=visitor.pk)
    assert visitors.editor_credentials(account_user, made_as=visitor)[0] == account_user.hub_id


def test_an_editor_never_brings_a_merged_visitor_back_to_life(hub, merge, visitor, account_user):
    hub.fail("users.merge", "reset-after")
    account_merge.finish_merge(merge.pk)
    created = len(hub.calls_to("users.create"))
    assert visitors.editor_credentials(account_user, made_as=visitor)[0] == account_user.hub_id
    assert len(hub.calls_to("users.create")) == created


def test_a_visitor_cookie_of_somebody_who_logged_in_is_no_visitor(rf, merge, visitor):
    response = HttpResponse()
    visitors.remember_visitor(response, visitor)
    request = rf.get("/")
    request.user = AnonymousUser()
    request.COOKIES[visitors.COOKIE_NAME] = response.cookies[visitors.COOKIE_NAME].value
    assert visitors.current_storefront_user(request) is None


def _merges(hub):
    return hub.calls_to("users.merge")
