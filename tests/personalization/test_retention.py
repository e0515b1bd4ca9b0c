"""Designs are kept for as long as promised: in the shop, and by a policy in the Hub."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.utils import timezone

from commerce.models import Cart, CartItem
from core.outbox import service as outbox_service
from personalization.designs.services import remote_clean_up, retention
from personalization.hub import get_hub
from personalization.models import Design, RemoteCleanUp, RetentionJob
from personalization.rendering import services
from personalization.shoppers.services import account_merge, visitors
from personalization.tasks import sweep
from tests.factories.personalization import make_design, make_render_project, make_storefront_user

pytestmark = pytest.mark.django_db

REFERENCE = "classic-business-cards"
DAY = 24 * 3600


@pytest.fixture
def owner(hub):
    owner = make_storefront_user()
    visitors.storefront_user_token(owner)
    return owner


def a_design(hub, owner, **values):
    state = hub.add_design(owner.hub_id, REFERENCE)
    return make_design(owner, state_ids=[state], retention_due_at=timezone.now(), **values)


@pytest.fixture
def design(hub, owner):
    return a_design(hub, owner)


def fresh(design):
    return Design.objects.get(pk=design.pk)


def is_in_hub(design):
    return get_hub().has_private_design(design.state_ids[0], owner_id=design.owner.hub_id)


def days_left(design):
    return round((fresh(design).kept_until - timezone.now()) / timedelta(days=1))


def policies(hub):
    return [call.query["policy"] for call in hub.calls_to("designs.retention")]


def in_cart(design):
    cart = Cart.objects.get_or_create(owner=design.owner)[0]
    return CartItem.objects.create(cart=cart, sku=design.sku, design=design)


# What the shop promises


def test_a_visitors_design_is_promised_for_a_season_and_an_accounts_for_a_year(design, settings):
    retention.keep_longer(design)
    assert days_left(design) == settings.VISITOR_DESIGNS_KEPT_DAYS == 90
    design.owner.account = User.objects.create(username="anna")
    design.owner.save()
    retention.keep_longer(fresh(design))
    assert days_left(design) == settings.DESIGNS_KEPT_DAYS == 365


def test_a_promise_is_never_shortened(design, settings):
    retention.keep_longer(design)
    settings.VISITOR_DESIGNS_KEPT_DAYS = 5
    retention.keep_longer(design)
    assert days_left(design) == 90


def test_a_login_makes_the_promise_that_of_an_account(design, owner):
    retention.keep_longer(design)
    account_user = make_storefront_user(account=User.objects.create(username="anna"))
    account_merge.adopt_visitor(visitor=owner, account_user=account_user)
    assert days_left(design) == 365


# What the Hub is told


def test_the_hub_keeps_the_design_over_its_clean_up(hub, design):
    assert retention.keep_in_hub(str(design.pk)) is True
    hub.advance(61 * DAY)
    assert is_in_hub(design)
    assert (fresh(design).retention, policies(hub)) == ("Never", ["Never"])
    assert fresh(design).retention_job.due_at > timezone.now() + timedelta(days=29)


def test_a_design_that_nobody_keeps_is_lost_in_the_hub(hub, design):
    hub.advance(61 * DAY)
    assert not is_in_hub(design)


def test_what_is_not_due_is_not_told_again(hub, design):
    retention.keep_in_hub(str(design.pk))
    assert retention.keep_in_hub(str(design.pk)) is False
    assert policies(hub) == ["Never"]


def test_the_name_of_the_policy_is_a_setting(hub, design, settings):
    settings.CCHUB = {**settings.CCHUB, "KEEPING_POLICY": "Unknown"}
    retention.keep_in_hub(str(design.pk))
    assert policies(hub) == ["Unknown"]


def test_after_trouble_the_hub_is_told_later_and_the_pause_grows(hub, design):
    hub.fail("designs.retention", status=500, times=2)
    retention.keep_in_hub(str(design.pk))
    first = fresh(design)
    assert (first.retention, first.retention_job.attempts) == ("", 1)
    assert timedelta(seconds=50) < first.retention_job.due_at - timezone.now() <= timedelta(seconds=75)
    RetentionJob.objects.update(due_at=timezone.now())
    retention.keep_in_hub(str(design.pk))
    second = fresh(design)
    assert timedelta(seconds=90) < second.retention_job.due_at - timezone.now() <= timedelta(seconds=150)
    RetentionJob.objects.update(due_at=timezone.now())
    assert retention.keep_in_hub(str(design.pk)) is True
    assert fresh(design).retention_job.attempts == 0


def test_an_ordered_design_is_left_to_its_project(hub, design):
    project = make_render_project(design)
    services.advance(project.pk)
    retention.keep_in_hub(str(design.pk))
    assert policies(hub) == []
    assert not hasattr(fresh(design), "retention_job")


def test_a_design_whose_project_waits_for_the_hub_is_kept(hub, design):
    make_render_project(design)
    retention.keep_in_hub(str(design.pk))
    assert policies(hub) == ["Never"]


def test_an_ordered_design_that_lies_in_a_cart_again_is_looked_for(hub, design):
    retention.keep_in_hub(str(design.pk))
    project = make_render_project(design)
    services.advance(project.pk)
    in_cart(design)
    get_hub().delete_private_design(design.state_ids[0], owner_id=design.owner.hub_id)
    RetentionJob.objects.update(due_at=timezone.now())
    retention.keep_in_hub(str(design.pk))
    assert policies(hub) == ["Never"]
    assert fresh(design).gone_at is not None


def test_a_design_that_came_along_at_a_login_is_kept_for_the_account(hub, owner, design):
    account_user = make_storefront_user(account=User.objects.create(username="anna"))
    account_merge.adopt_visitor(visitor=owner, account_user=account_user)
    assert retention.keep_in_hub(str(design.pk)) is True
    (call,) = hub.calls_to("designs.retention")
    assert call.query["ownerId"] == account_user.hub_id


def test_after_a_login_the_hub_is_told_again(hub, owner, design):
    retention.keep_in_hub(str(design.pk))
    account_user = make_storefront_user(account=User.objects.create(username="anna"))
    account_merge.adopt_visitor(visitor=owner, account_user=account_user)
    assert retention.keep_in_hub(str(design.pk)) is True
    assert [call.query["ownerId"] for call in hub.calls_to("designs.retention")] == [
        owner.hub_id,
        account_user.hub_id,
    ]


# What the Hub has lost


def test_what_the_hub_has_lost_is_found_and_forgiven_when_it_is_back(hub, owner, design):
    retention.keep_in_hub(str(design.pk))
    hub.fail("designs.retention", status=404)
    RetentionJob.objects.update(due_at=timezone.now())
    assert retention.keep_in_hub(str(design.pk)) is False
    assert fresh(design).gone_at is not None
    RetentionJob.objects.update(due_at=timezone.now())
    assert retention.keep_in_hub(str(design.pk)) is True
    assert fresh(design).gone_at is None


def test_a_hub_that_knows_no_design_of_the_product_at_all_is_not_believed(hub, design):
    hub.fail("designs", status=404, times=2)
    retention.keep_in_hub(str(design.pk))
    assert retention.design_is_in_hub(design) is None
    assert fresh(design).gone_at is None
    assert fresh(design).retention_job.attempts == 1


def test_looking_for_a_design_tells_yes_no_and_that_nobody_knows(hub, owner, design):
    retention.keep_in_hub(str(design.pk))
    assert retention.design_is_in_hub(design) is True
    hub.fail("designs.get", status=403)
    assert retention.design_is_in_hub(design) is None
    get_hub().delete_private_design(design.state_ids[0], owner_id=owner.hub_id)
    assert retention.design_is_in_hub(design) is False
    assert fresh(design).gone_at is not None


def test_a_page_asks_for_a_look_but_not_again_within_minutes(
    design, monkeypatch, django_capture_on_commit_callbacks
):
    woken = []
    monkeypatch.setattr(outbox_service, "async_task", lambda *call: woken.append(call))
    with django_capture_on_commit_callbacks(execute=True):
        RetentionJob.objects.update(due_at=timezone.now() + timedelta(days=1))
        retention.look_again([fresh(design)])
        assert woken == []
        RetentionJob.objects.update(due_at=timezone.now() + timedelta(hours=23))
        retention.look_again([fresh(design)])
        retention.look_again([fresh(design)])
    assert woken == [(retention.RETENTIONS.task, str(design.pk))]


# Letting go


def expire(*designs):
    Design.objects.filter(pk__in=[design.pk for design in designs]).update(
        kept_until=timezone.now() - timedelta(minutes=1)
    )


def finish_all():
    for clean_up in RemoteCleanUp.objects.all():
        remote_clean_up.finish_clean_up(clean_up.pk)


def test_when_the_promise_is_over_the_design_goes_and_the_hub_may_forget_it(hub, owner, design):
    retention.keep_in_hub(str(design.pk))
    design.preview.save("card.webp", ContentFile(b"picture"))
    kept = a_design(hub, owner, kept_until=timezone.now() + timedelta(days=1))
    expire(design)
    assert retention.let_expired_go() == 1
    assert list(Design.objects.all()) == [kept]
    assert is_in_hub(design)
    finish_all()
    assert policies(hub) == ["Never", "Default"]
    hub.advance(61 * DAY)
    assert not is_in_hub(design)


def test_the_picture_goes_with_the_design(design, django_capture_on_commit_callbacks):
    design.preview.save("card.webp", ContentFile(b"picture"))
    expire(design)
    with django_capture_on_commit_callbacks(execute=True):
        retention.let_expired_go()
    assert not design.preview.storage.exists(design.preview.name)


def test_what_lies_in_a_cart_or_an_order_is_not_let_go(hub, owner):
    waiting, ordered = a_design(hub, owner), a_design(hub, owner)
    in_cart(waiting)
    make_render_project(ordered)
    expire(waiting, ordered)
    assert retention.let_expired_go() == 0
    assert Design.objects.count() == 2
    assert fresh(ordered).kept_until is None
    assert not RemoteCleanUp.objects.exists()


def test_letting_go_is_tried_again_and_a_wait_for_the_hub_is_no_attempt(hub, design, settings):
    settings.CCHUB = {**settings.CCHUB, "BREAKER_FAILURES": 1}
    expire(design)
    retention.let_expired_go()
    clean_up = RemoteCleanUp.objects.get()
    hub.fail("designs.retention", status=503)
    assert remote_clean_up.finish_clean_up(clean_up.pk) is False
    RemoteCleanUp.objects.update(due_at=timezone.now())
    assert remote_clean_up.finish_clean_up(clean_up.pk) is False
    clean_up.refresh_from_db()
    assert clean_up.attempts == 1
    assert clean_up.due_at > timezone.now()
    assert len(hub.calls_to("designs.retention")) == 1


def test_what_the_hub_has_lost_already_is_let_go_at_once(hub, owner, design):
    expire(design)
    retention.let_expired_go()
    get_hub().delete_private_design(design.state_ids[0], owner_id=owner.hub_id)
    finish_all()
    assert not RemoteCleanUp.objects.exists()


def test_the_sweep_wakes_all_that_is_due(design, owner, monkeypatch):
    woken = []
    monkeypatch.setattr(outbox_service, "async_task", lambda *call: woken.append(call))
    clean_up = RemoteCleanUp.objects.create(
        owner=owner, state_ids=["5f0"], ending="delete", due_at=timezone.now()
    )
    sweep()
    assert woken == [
        (retention.RETENTIONS.task, str(design.pk)),
        (remote_clean_up.CLEAN_UPS.task, clean_up.pk),
    ]


# Deleting and renaming


def test_a_deleted_design_is_gone_from_the_shop_at_once_and_from_the_hub_soon(hub, owner, design):
    hub.fail("designs.delete", status=500)
    retention.delete_design(owner=owner, design=design)
    assert not Design.objects.exists()
    finish_all()
    assert is_in_hub(design)
    RemoteCleanUp.objects.update(due_at=timezone.now())
    finish_all()
    assert not is_in_hub(design)
    assert not RemoteCleanUp.objects.exists()


def test_a_design_in_a_cart_or_an_order_is_not_deleted_and_says_why(hub, owner):
    waiting, ordered = a_design(hub, owner), a_design(hub, owner)
    in_cart(waiting)
    make_render_project(ordered)
    with pytest.raises(retention.DesignInUse) as refusal:
        retention.delete_design(owner=owner, design=waiting)
    assert "in your cart" in refusal.value.message
    with pytest.raises(retention.DesignInUse) as refusal:
        retention.delete_design(owner=owner, design=ordered)
    assert "belongs to an order" in refusal.value.message
    assert Design.objects.count() == 2
    assert not RemoteCleanUp.objects.exists()


def test_nobody_deletes_or_renames_anothers_design(design):
    stranger = make_storefront_user()
    with pytest.raises(Design.DoesNotExist):
        retention.delete_design(owner=stranger, design=design)
    with pytest.raises(Design.DoesNotExist):
        retention.rename_design(owner=stranger, design=design, name="Mine")
    assert fresh(design).name == ""


def test_deleting_leaves_alone_what_another_design_needs(hub, owner, design):
    later = make_design(owner, state_ids=[*design.state_ids, "5f0000000000000000000009"])
    retention.delete_design(owner=owner, design=design)
    assert not RemoteCleanUp.objects.exists()
    retention.delete_design(owner=owner, design=later)
    assert RemoteCleanUp.objects.get().state_ids == later.state_ids


def test_a_clean_up_for_a_visitor_who_logs_in_is_deleted_as_the_account(hub, owner, design):
    retention.delete_design(owner=owner, design=design)
    account_user = make_storefront_user(account=User.objects.create(username="anna"))
    account_merge.adopt_visitor(visitor=owner, account_user=account_user)
    finish_all()
    (call,) = hub.calls_to("designs.delete")
    assert (call.query["ownerId"], call.status) == (account_user.hub_id, 200)
    assert not RemoteCleanUp.objects.exists()


@pytest.mark.parametrize(
    ("typed", "name", "shown"),
    [
        ("  Mum’s  60th ", "Mum’s 60th", "Mum’s 60th"),
        ("", "", "Classic business cards"),
        ("x" * 200, "x" * 120, "x" * 120),
    ],
)
def test_a_design_has_the_name_that_the_shopper_gives_it(owner, design, typed, name, shown):
    renamed = retention.rename_design(owner=owner, design=design, name=typed)
    assert (fresh(design).name, renamed.display_name) == (name, shown)
