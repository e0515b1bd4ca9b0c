"""Each row of the failure table happens in the sandbox and ends as the table says."""

import contextlib
import html
import inspect
import json
import logging
import re
from datetime import timedelta
from functools import partial

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cchub_sandbox import variations
from commerce.models import CartItem
from commerce.services.cart import put_design
from personalization.designs.services import previews
from personalization.hub import Hub, HubError, HubUnavailable, get_hub
from personalization.hub.files import Files
from personalization.models import Design, HubEvent, RenderJob, RenderProject
from personalization.rendering import services
from personalization.rendering.services.repair import RepairNotPossible
from personalization.rendering.services.sweep import sweep_projects
from personalization.shoppers.services import account_merge, visitors
from tests.factories.catalog import a_shop
from tests.factories.personalization import make_design, make_render_project, make_storefront_user
from tests.sharing import shared_rows

from .design_scenes import DESIGN_SCENES
from .failure_table import IN_THE_BROWSER, ROWS
from .staff_scenes import STAFF_SCENES
from .stages import LETTERHEAD, REFERENCE, SKU, STAGES

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def stage(request, django_db_setup, django_db_blocker):
    """What the scene begins with; made once for the rows that follow each other with the same one."""
    with shared_rows(django_db_blocker):
        STAGES.get(request.param, a_shop)()
        yield


@pytest.fixture
def asked():
    """The methods of the facade that were used."""
    return []


@pytest.fixture
def raised(monkeypatch, asked):
    """The errors that leave the facade."""
    errors = []

    def watched(name, method):
        def call(*args, **kwargs):
            asked.append(name)
            try:
                return method(*args, **kwargs)
            except HubError as error:
                errors.append(error)
                raise

        return call

    for name, method in inspect.getmembers(Hub, callable):
        if not name.startswith("_") and name != "open_artifact":
            monkeypatch.setattr(Hub, name, watched(name, method))
    open_artifact = Files.open_artifact

    @contextlib.contextmanager
    def opened(self, file):
        asked.append("open_artifact")
        try:
            with open_artifact(self, file) as stream:
                yield stream
        except HubError as error:
            errors.append(error)
            raise

    monkeypatch.setattr(Files, "open_artifact", opened)
    return errors


def arm(row, sandbox, settings) -> None:
    """Let it happen from now on."""
    failure, control = row.failure, sandbox.control
    if failure.fault:
        control.fail(row.endpoint, **failure.fault)
    for name, value in failure.switches.items():
        setattr(control.switches, name, value)
    if failure.act:
        getattr(control, failure.act)()
    if failure.is_left_alone:
        leave_alone(control, settings)
    if failure.settings:
        settings.CCHUB = {**settings.CCHUB, **failure.settings}
        cache.clear()


def leave_alone(control, settings) -> None:
    settings.CCHUB = {**settings.CCHUB, "BREAKER_FAILURES": 1}
    control.fail("projects.resume", "status", status=503)
    with pytest.raises(HubUnavailable):
        get_hub().resume_processing(1)


# --- scenes: what the shop does; each yields once before the failure, then what came of it


def a_project(control) -> RenderProject:
    owner = make_storefront_user()
    return make_render_project(make_design(owner, state_ids=[control.add_design(owner.hub_id, REFERENCE)]))


def state_of(project, control) -> dict:
    project.refresh_from_db()
    return {
        "status": project.status,
        "attempts": project.job.attempts if hasattr(project, "job") else 0,
        "files": project.files.count(),
        "made": control.created_count(project.order_id, project.line_id),
        "told": project.told_status,
        "due": services.is_status_owed(project),
        "reason": project.reason,
    }


def shopper_with_a_cart(client, sku=SKU):
    owner = make_storefront_user()
    answer = HttpResponse()
    visitors.remember_visitor(answer, owner)
    client.cookies[visitors.COOKIE_NAME] = answer.cookies[visitors.COOKIE_NAME].value
    put_design(owner=owner, design=make_design(owner, sku=sku, title="Cards"), quantity=3, replaces=None)
    return owner


def opening(control, row, sku=SKU):
    client = Client()
    shopper_with_a_cart(client, sku)
    yield
    response = client.get(reverse("personalize", args=[sku]))
    assert CartItem.objects.get().quantity == 3
    yield {"status": response.status_code, "text": html.unescape(response.text)}


def asking_for_a_token(control, row):
    client = Client()
    visitors.storefront_user_token(shopper_with_a_cart(client))
    yield
    response = client.post(reverse("personalize_token", args=[SKU]))
    yield {"status": response.status_code, "text": json.loads(response.text).get("message", "")}


def copying_a_preview(control, row):
    owner = make_storefront_user()
    state = control.add_design(owner.hub_id, REFERENCE)
    previews_of = control.preview_urls(state)
    design = make_design(owner, state_ids=[state], preview_urls=previews_of, preview_due_at=timezone.now())
    yield
    previews.fetch_preview(design.pk)
    design.refresh_from_db()
    yield {
        "copied": bool(design.preview),
        "due": hasattr(design, "preview_job"),
        "attempts": design.preview_job.attempts if hasattr(design, "preview_job") else 0,
    }


def creating(control, row, **making):
    project = a_project(control)
    RenderProject.objects.update(**making)
    yield from advancing(control, project)


def creating_by_number(control, row):
    project = a_project(control)
    Design.objects.update(product_reference="", hub_product_id=401)
    control.disconnect(REFERENCE)
    yield from advancing(control, project)


def advancing(control, project):
    yield
    services.advance(project.pk)
    yield state_of(project, control)
    # Whatever happened, the next attempts make no second project.
    control.clear()
    RenderJob.objects.update(due_at=timezone.now())
    services.advance(project.pk)
    assert state_of(project, control)["made"] <= 1


def looking(control, row):
    if row.failure.trouble:
        control.trouble(row.failure.trouble)
    project = a_project(control)
    services.advance(project.pk)
    control.complete_all()
    yield
    services.advance(project.pk)
    yield state_of(project, control)


def sweeping(control, row):
    project = a_project(control)
    services.advance(project.pk)
    control.complete_all()
    later = timezone.now() + timedelta(hours=1)
    RenderJob.objects.update(due_at=later)
    yield
    sweep_projects()
    yield state_of(project, control)


def telling(control, row):
    project = a_project(control)
    services.advance(project.pk)
    yield
    services.tell_hub(project.pk)
    yield state_of(project, control)


def restarting(control, row, repair=services.restart_processing):
    control.trouble("fail")
    project = a_project(control)
    services.advance(project.pk)
    control.complete_all()
    services.advance(project.pk)
    project.refresh_from_db()
    assert project.status == "failed"
    yield
    with contextlib.suppress(RepairNotPossible, HubError):
        repair(project, by="system:test")
    yield state_of(project, control)


def merging_users(control, row):
    visitor = make_storefront_user()
    visitors.storefront_user_token(visitor)
    design = make_design(visitor, state_ids=[control.add_design(visitor.hub_id, REFERENCE)])
    account = make_storefront_user(account=User.objects.create(username="anna"))
    merge = account_merge.adopt_visitor(visitor=visitor, account_user=account)
    yield
    merge = account_merge.finish_merge(merge.pk)
    design.refresh_from_db()
    assert design.owner == account
    yield {"merge": merge.status}


def calling_back(control, row):
    project = a_project(control)
    services.advance(project.pk)
    project.refresh_from_db()
    if not row.failure.is_early:
        control.complete_all()
    yield
    call = {
        "queryHeaders": {"X-CCHub-Secret": get_hub().config.webhook_secret},
        "body": {"projectId": str(project.hub_project_id), "orderId": project.order_id},
    }
    call = variations.call_back(call, control.switches.call_back)
    for _ in range(control.switches.webhook_repeats):
        response = Client().post(
            reverse("webhook"), json.dumps(call["body"]), "application/json", headers=call["queryHeaders"]
        )
    for event in HubEvent.objects.all():
        services.follow_hint(event, sleep=lambda seconds: None)
    made = state_of(project, control)
    yield made | {"answer": response.status_code, "hints": HubEvent.objects.count()}


SCENES = {
    "webhook": calling_back,
    "open": opening,
    "fresh-token": asking_for_a_token,
    "preview": copying_a_preview,
    "open-by-number": opening,
    "open-design-editor": partial(opening, sku=LETTERHEAD),
    "create": creating,
    "create-by-pipeline": partial(creating, making="pipeline", pipeline_id=31),
    "create-built-in": partial(creating, making="hires"),
    "create-by-number": creating_by_number,
    "resume": partial(restarting, repair=services.resume_processing),
    "look": looking,
    "sweep": sweeping,
    "tell": telling,
    "restart": restarting,
    "merge": merging_users,
    **DESIGN_SCENES,
    **STAFF_SCENES,
}
ANSWERS_A_PAGE = ("open", "open-by-number", "open-design-editor", "fresh-token", "copy")


@pytest.mark.parametrize(
    ("stage", "row"), [pytest.param(row.scene, row, id=str(row)) for row in ROWS], indirect=["stage"]
)
def test_it_ends_as_the_table_says(stage, row, sandbox, settings, pauses, asked, raised, caplog):
    caplog.set_level(logging.DEBUG)
    settings.CCHUB = {**settings.CCHUB, "TIMEOUT_SECONDS": 0.3 if row.failure.fault.get("seconds") else 5}
    sandbox.control.set_speed(0)
    scene = SCENES[row.scene](sandbox.control, row)
    next(scene)
    arm(row, sandbox, settings)
    raised.clear()
    asked.clear()
    found = next(scene)
    assert set(row.methods) <= set(asked)

    assert [type(error).__name__ for error in raised[-1:]] == ([row.error] if row.error else [])
    check_staff_can_see_why(row, found, raised, caplog)
    facts = row.outcome.facts
    assert {name: found[name] for name in facts} == facts
    if row.scene in ANSWERS_A_PAGE and found["status"] != 200:
        assert row.outcome.shopper in found["text"]
    keep_secrets(found, caplog, raised)
    sandbox.control.clear()
    next(scene, None)


def check_staff_can_see_why(row, found, raised, caplog) -> None:
    if row.error and re.search("warning|error", row.outcome.staff):
        assert str(raised[-1]) in caplog.text
    if "the cause at the order line" in row.outcome.staff:
        assert found["reason"]
        assert found["reason"] == (str(raised[-1]) if row.error else found["reason"])


def keep_secrets(found, caplog, raised) -> None:
    config = get_hub().config
    held = get_hub()._transport._tokens._held()
    secrets = [config.client_secret, "test-client-secret", config.webhook_secret, "sandbox-design-editor"]
    secrets += [held.value] if held else []
    chain = []
    for error in raised:
        while error is not None:
            chain.append(repr(error))
            error = error.__cause__ or error.__context__
    said = "\n".join([str(found), caplog.text, *chain])
    assert [secret for secret in secrets if secret in said] == []
    assert "Bearer " not in said


# They ask nothing, or only whether the Hub is back: test_hub_breaker.py.
WITHOUT_ROWS = {"doubt", "forget", "state", "probe"}


def test_every_call_of_the_facade_has_its_rows():
    public = {name for name, _method in inspect.getmembers(Hub, callable) if not name.startswith("_")}
    assert {method for row in ROWS for method in row.methods} == public - WITHOUT_ROWS


def test_the_browsers_part_of_the_table_is_tested_there(settings):
    for _, _, _, test in IN_THE_BROWSER:
        path, name = test.split("::")
        assert f"def {name}(" in (settings.BASE_DIR / path).read_text()
