"""Copies of designs: made in the Hub, kept in the shop, and cleaned up when nobody needs them."""

import base64
import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.utils import timezone

from personalization.designs.services import copying, remote_clean_up, retention
from personalization.designs.services.copying import (
    DesignGone,
    copy_design,
    copy_for_editing,
    design_for_editing,
)
from personalization.hub import HubContractError, HubUnavailable, get_hub
from personalization.models import Design, RemoteCleanUp
from personalization.shoppers.services import account_merge, visitors
from tests.factories.personalization import make_design, make_render_project, make_storefront_user

pytestmark = pytest.mark.django_db

REFERENCE = "classic-business-cards"


def in_base64(value):
    """As the UI Framework packs its snapshots."""
    return base64.b64encode(json.dumps(value).encode()).decode()


@pytest.fixture
def owner(hub):
    owner = make_storefront_user()
    visitors.storefront_user_token(owner)
    return owner


@pytest.fixture
def design(hub, owner):
    """A design of two parts with a picture and an editor's data."""
    states = [hub.add_design(owner.hub_id, REFERENCE) for _ in range(2)]
    design = make_design(
        owner,
        state_ids=states,
        hub_product_id=401,
        preview_urls=["http://127.0.0.1:1/card.png"],
        hidden={
            "snapshot": in_base64({"designId": states[1], "step": 2}),
            "cart": f'{{"state":"{states[1]}"}}',
            "list": [states[0]],
            "n": 3,
            "text": "QUJD",
        },
        name="Anna’s cards",
    )
    design.preview.save("card.webp", ContentFile(b"picture"))
    design.pictures = [{"name": design.preview.name, "sha256": "00"}]
    design.save()
    return design


def in_hub(state, owner):
    return get_hub().has_private_design(state, owner_id=owner.hub_id)


def finish_clean_ups():
    RemoteCleanUp.objects.update(due_at=timezone.now())
    return [remote_clean_up.finish_clean_up(clean_up.pk) for clean_up in RemoteCleanUp.objects.all()]


def test_a_copy_has_everything_that_the_design_has_but_shares_nothing_with_it(hub, owner, design):
    copy = copy_design(design=design, owner=owner)
    first, second = copy.state_ids
    assert not {first, second} & set(design.state_ids)
    assert in_hub(first, owner)
    assert in_hub(second, owner)
    assert (copy.sku, copy.title, copy.name, copy.hub_product_id) == (
        "OW-BC-MATT",
        "Classic business cards",
        "Anna’s cards",
        401,
    )
    assert copy.hidden == {
        "snapshot": in_base64({"designId": second, "step": 2}),
        "cart": f'{{"state":"{second}"}}',
        "list": [first],
        "n": 3,
        "text": "QUJD",
    }
    assert copy.preview.read() == b"picture"
    assert copy.preview.name != design.preview.name
    assert not hasattr(copy, "preview_job")
    assert (copy.owner, copy.copy_of, copy.is_untouched) == (owner, design, False)
    assert copy.kept_until > timezone.now() + timedelta(days=89)
    assert not RemoteCleanUp.objects.exists()


def test_a_copy_outlives_the_design(hub, owner, design, django_capture_on_commit_callbacks):
    copy = copy_design(design=design, owner=owner)
    with django_capture_on_commit_callbacks(execute=True):
        retention.delete_design(owner=owner, design=design)
    finish_clean_ups()
    copy.refresh_from_db()
    assert copy.copy_of is None
    assert in_hub(copy.state_ids[0], owner)
    assert copy.preview.read() == b"picture"


def test_a_picture_that_cannot_be_read_is_fetched_later(owner, design):
    design.preview.storage.delete(design.preview.name)
    copy = copy_design(design=design, owner=owner)
    assert (copy.preview.name, copy.pictures) == ("", [])
    assert copy.preview_job.due_at is not None


def test_nobody_copies_anothers_design(hub, design):
    with pytest.raises(Design.DoesNotExist):
        copy_design(design=design, owner=make_storefront_user())
    assert hub.calls_to("designs.copy") == []


def test_a_design_that_the_hub_has_lost_is_called_gone_and_half_a_copy_is_removed(hub, owner, design):
    get_hub().delete_private_design(design.state_ids[1], owner_id=owner.hub_id)
    with pytest.raises(DesignGone) as gone:
        copy_design(design=design, owner=owner)
    assert gone.value.message == "This design is no longer available. Please personalize the product again."
    design.refresh_from_db()
    assert design.gone_at is not None
    assert list(Design.objects.all()) == [design]
    (vain,) = RemoteCleanUp.objects.get().state_ids
    assert in_hub(vain, owner)
    assert finish_clean_ups() == [True]
    assert not in_hub(vain, owner)


def test_trouble_in_the_hub_leaves_no_row_and_nothing_to_clean_up_but_what_was_copied(hub, owner, design):
    hub.fail("designs.copy", status=500)
    with pytest.raises(HubUnavailable):
        copy_design(design=design, owner=owner)
    assert list(Design.objects.all()) == [design]
    assert len(hub.calls_to("designs.copy")) == 1
    assert finish_clean_ups() == [True]
    assert hub.calls_to("designs.delete") == []


def test_an_answer_without_an_id_is_no_copy(hub, owner, design):
    hub.fail("designs.copy", "nulls")
    with pytest.raises(HubContractError):
        copy_design(design=design, owner=owner)
    assert list(Design.objects.all()) == [design]


def test_a_crash_after_the_hub_has_copied_leaves_only_what_the_clean_up_removes(
    hub, owner, design, monkeypatch
):
    def crash(*args, **kwargs):
        raise SystemExit

    monkeypatch.setattr(copying, "_keep", crash)
    with pytest.raises(SystemExit):
        copy_design(design=design, owner=owner)
    vain = RemoteCleanUp.objects.get().state_ids
    assert len(vain) == 2
    assert finish_clean_ups() == [True]
    assert [in_hub(state, owner) for state in vain] == [False, False]
    assert in_hub(design.state_ids[0], owner)


def test_a_copy_that_took_too_long_is_not_kept(hub, owner, design, monkeypatch):
    copied = copying._copy_in_hub

    def slowly(design, attempt):
        copied(design, attempt)
        finish_clean_ups()

    monkeypatch.setattr(copying, "_copy_in_hub", slowly)
    with pytest.raises(HubUnavailable):
        copy_design(design=design, owner=owner)
    assert list(Design.objects.all()) == [design]


def test_a_login_while_the_hub_copies_gives_the_copy_to_the_account(hub, owner, design, monkeypatch):
    account_user = make_storefront_user(account=User.objects.create(username="anna"))
    copied = copying._copy_in_hub

    def and_login(design, attempt):
        copied(design, attempt)
        account_merge.adopt_visitor(visitor=owner, account_user=account_user)

    monkeypatch.setattr(copying, "_copy_in_hub", and_login)
    copy = copy_design(design=design, owner=owner)
    assert (copy.owner, copy.made_as) == (account_user, owner)
    assert account_merge.hub_owner_id(copy) == account_user.hub_id
    assert in_hub(copy.state_ids[0], account_user)


def test_a_copy_of_what_came_along_at_a_login_is_made_as_the_account(hub, owner, design):
    account_user = make_storefront_user(account=User.objects.create(username="anna"))
    account_merge.adopt_visitor(visitor=owner, account_user=account_user)
    copy = copy_design(design=Design.objects.get(), owner=account_user)
    assert {call.query["ownerId"] for call in hub.calls_to("designs.copy")} == {account_user.hub_id}
    assert in_hub(copy.state_ids[0], account_user)


# For editing


def test_an_ordered_design_is_opened_as_one_untouched_copy_however_often(hub, owner, design):
    make_render_project(design)
    first = design_for_editing(design=design, owner=owner)
    assert first.is_untouched
    assert design_for_editing(design=design, owner=owner) == first
    assert Design.objects.count() == 2
    assert len(hub.calls_to("designs.copy")) == 2


def test_any_other_design_is_opened_itself_and_kept_longer(hub, owner, design):
    assert design_for_editing(design=design, owner=owner) == design
    design.refresh_from_db()
    assert design.kept_until > timezone.now() + timedelta(days=89)
    assert hub.calls_to("designs.copy") == []


def test_a_design_that_the_hub_has_lost_is_not_opened(hub, owner, design):
    retention.RETENTIONS.owe(design.pk)
    retention.keep_in_hub(str(design.pk))
    get_hub().delete_private_design(design.state_ids[0], owner_id=owner.hub_id)
    with pytest.raises(DesignGone):
        design_for_editing(design=design, owner=owner)


def test_opening_twice_at_the_same_time_makes_one_copy(hub, owner, design, monkeypatch):
    known = copying._untouched_copy
    monkeypatch.setattr(copying, "_untouched_copy", lambda *args: None)
    first = copy_for_editing(design=design, owner=owner)
    seen = iter([None, known(design, owner)])
    monkeypatch.setattr(copying, "_untouched_copy", lambda *args: next(seen))
    assert copy_for_editing(design=design, owner=owner) == first
    assert Design.objects.filter(is_untouched=True).count() == 1
    assert finish_clean_ups() == [True]
    assert in_hub(first.state_ids[0], owner)


def test_a_copy_that_nobody_saves_is_deleted_after_two_days(hub, owner, design):
    copy = copy_for_editing(design=design, owner=owner)
    Design.objects.filter(pk=copy.pk).update(kept_until=timezone.now() - timedelta(seconds=1))
    assert retention.let_expired_go() == 1
    assert finish_clean_ups() == [True]
    assert not in_hub(copy.state_ids[0], owner)
    assert list(Design.objects.all()) == [design]
