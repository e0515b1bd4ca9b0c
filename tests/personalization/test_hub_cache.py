"""What the Hub says about products is remembered, outlives an outage, and can be forgotten."""

from decimal import Decimal

import pytest

from personalization.hub import HubNotFound, HubRejected, HubUnavailable

API = "https://api.hub.example/api/storefront/v1"
REFERENCE_URL = f"{API}/product-references/cards%2Fclassic%20"
PARAMETERS_URL = f"{REFERENCE_URL}/personalization-parameters"
REFERENCE = "cards/classic "
DAY = 24 * 3600


@pytest.fixture
def clock(monkeypatch):
    """A clock for the cache and what it lies on: `clock.now` is the time since the epoch."""

    class Clock:
        now = 1_800_000_000.0

    monkeypatch.setattr("time.time", lambda: Clock.now)
    return Clock


def calls_to(answers, url: str) -> int:
    return sum(call.request.url.partition("?")[0] == url for call in answers.calls)


def hub_says(answers, url: str, **answer):
    """From now on the Hub gives this answer."""
    answers.remove("GET", url)
    answers.get(url, **answer)


def test_parameters_are_asked_for_once_in_five_minutes(far_hub, answers, clock):
    hub_says(answers, PARAMETERS_URL, json={"id": 401, "workflowType": "WorkflowElements"})
    assert far_hub.personalization_parameters(REFERENCE).product_id == 401
    clock.now += 299
    assert far_hub.personalization_parameters(REFERENCE).workflow_type == "WorkflowElements"
    assert calls_to(answers, PARAMETERS_URL) == 1
    clock.now += 2
    far_hub.personalization_parameters(REFERENCE)
    assert calls_to(answers, PARAMETERS_URL) == 2


def test_addresses_lose_their_trailing_slash_and_missing_ones_are_filled_in(far_hub, answers):
    hub_says(answers, PARAMETERS_URL, json={"apiGatewayUrl": "https://gate.example/", "uiFrameworkUrl": None})
    parameters = far_hub.personalization_parameters(REFERENCE)
    assert parameters.api_gateway_url == "https://gate.example"
    assert parameters.ui_framework_url == ""
    assert (
        parameters.workflow_elements_url == "https://staticjs-aurigma.azureedge.net/libs/us/workflow-elements"
    )


@pytest.mark.parametrize("trouble", [{"status": 503}, {"body": "<html>Back soon</html>"}])
def test_the_last_good_answer_serves_for_a_day_without_the_hub(far_hub, answers, clock, pauses, trouble):
    hub_says(answers, PARAMETERS_URL, json={"id": 401})
    far_hub.personalization_parameters(REFERENCE)
    hub_says(answers, PARAMETERS_URL, **trouble)
    clock.now += DAY
    assert far_hub.personalization_parameters(REFERENCE).product_id == 401


def test_after_a_day_an_outage_shows(local_cache, far_hub, answers, clock, pauses):
    hub_says(answers, PARAMETERS_URL, json={"id": 401})
    far_hub.personalization_parameters(REFERENCE)
    hub_says(answers, PARAMETERS_URL, status=503)
    clock.now += DAY + 301
    with pytest.raises(HubUnavailable):
        far_hub.personalization_parameters(REFERENCE)


def test_an_outage_without_a_known_answer_shows(far_hub, answers, pauses):
    hub_says(answers, PARAMETERS_URL, status=503)
    with pytest.raises(HubUnavailable):
        far_hub.personalization_parameters(REFERENCE)


def test_a_dead_hub_is_left_alone_where_an_answer_is_known(far_hub, answers, clock, pauses):
    hub_says(answers, PARAMETERS_URL, json={"id": 401})
    far_hub.personalization_parameters(REFERENCE)
    hub_says(answers, PARAMETERS_URL, status=503)
    clock.now += 301
    for _ in range(5):
        far_hub.personalization_parameters(REFERENCE)
    asked = calls_to(answers, PARAMETERS_URL)
    assert far_hub.personalization_parameters(REFERENCE).product_id == 401
    assert calls_to(answers, PARAMETERS_URL) == asked
    hub_says(answers, PARAMETERS_URL, json={"id": 402})
    answers.get(f"{API}/tenant-info", json={})
    clock.now += 31
    far_hub.probe()
    assert far_hub.personalization_parameters(REFERENCE).product_id == 402


def test_unknown_references_are_remembered_for_half_a_minute(far_hub, answers, clock):
    hub_says(answers, REFERENCE_URL, status=404)
    for _ in range(2):
        with pytest.raises(HubNotFound):
            far_hub.product_reference(REFERENCE)
    assert calls_to(answers, REFERENCE_URL) == 1
    hub_says(answers, REFERENCE_URL, json={"productReference": REFERENCE, "productId": 401})
    clock.now += 31
    assert far_hub.product_reference(REFERENCE).product_id == 401


def test_a_refusal_is_neither_remembered_nor_hidden_by_an_old_answer(far_hub, answers, clock):
    hub_says(answers, REFERENCE_URL, json={"productId": 401})
    far_hub.product_reference(REFERENCE)
    hub_says(answers, REFERENCE_URL, status=409)
    clock.now += 301
    for _ in range(2):
        with pytest.raises(HubRejected):
            far_hub.product_reference(REFERENCE)
    assert calls_to(answers, REFERENCE_URL) == 3


def test_forgetting_a_reference_forgets_all_about_it_and_nothing_else(far_hub, answers):
    summary_url = f"{REFERENCE_URL}/product-summary"
    hub_says(answers, REFERENCE_URL, json={"productId": 401})
    hub_says(answers, summary_url, json={"productId": 401})
    hub_says(answers, f"{API}/product-references/other", json={"productId": 402})
    hub_says(answers, f"{API}/products/401", json={"id": 401})

    def look():
        far_hub.product_reference(REFERENCE)
        far_hub.product_summary(REFERENCE, sku="A")
        far_hub.product_reference("other")
        far_hub.product(401)

    look()
    far_hub.forget(REFERENCE)
    look()
    urls = (REFERENCE_URL, summary_url, f"{API}/product-references/other", f"{API}/products/401")
    assert [calls_to(answers, url) for url in urls] == [2, 2, 1, 1]
    far_hub.forget(REFERENCE, 401)
    look()
    assert [calls_to(answers, url) for url in urls] == [3, 3, 1, 2]


def test_each_sku_has_a_summary_of_its_own(far_hub, answers):
    summary_url = f"{REFERENCE_URL}/product-summary"
    variant = {"productVariantId": 55001, "productVariantSku": "A", "productVariantPrice": 12.1}
    answers.get(summary_url, json={"isProductVariantAvailable": True, **variant})
    answers.get(summary_url, json={"productVariantId": None})
    known = far_hub.product_summary(REFERENCE, sku="A")
    unknown = far_hub.product_summary(REFERENCE, sku="B")
    assert (known.product_variant_id, known.price, known.available) == (55001, Decimal("12.1"), True)
    assert (unknown.product_variant_id, unknown.sku, unknown.price, unknown.available) == (
        None,
        "B",
        None,
        False,
    )


def test_tenants_do_not_share_answers(far_hub, answers, settings):
    from personalization.hub import get_hub

    hub_says(answers, REFERENCE_URL, json={"productId": 401})
    far_hub.product_reference(REFERENCE)
    settings.CCHUB = {**settings.CCHUB, "TENANT_ID": 7}
    get_hub().product_reference(REFERENCE)
    assert calls_to(answers, REFERENCE_URL) == 2


def test_personal_answers_are_never_remembered(far_hub, answers):
    answers.get(f"{API}/storefront-users/token", json="aa.bb.cc")
    far_hub.storefront_user_token("u-1")
    far_hub.storefront_user_token("u-1")
    assert calls_to(answers, f"{API}/storefront-users/token") == 2
