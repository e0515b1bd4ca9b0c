"""Where the Hub is, whom it trusts, and what is said about wrong settings."""

import pytest
from django.core.checks import run_checks

from personalization.hub import HubConfig
from personalization.hub.addresses import is_loopback, leads_inside, origin


def config_of(settings, **values) -> HubConfig:
    settings.CCHUB = {**settings.CCHUB, "API_URL": "", **values}
    return HubConfig.from_settings()


@pytest.mark.parametrize(
    ("base_url", "gateway_url"),
    [
        ("https://customerscanvashub.com/", "https://api.customerscanvashub.com"),
        ("https://eu.customerscanvashub.com", "https://api.eu.customerscanvashub.com"),
        ("http://127.0.0.1:8001/", "http://127.0.0.1:8001"),
        ("http://localhost:8001", "http://localhost:8001"),
    ],
)
def test_the_gateway_follows_from_the_base_url_unless_it_is_loopback(settings, base_url, gateway_url):
    assert config_of(settings, BASEURL=base_url).gateway_url == gateway_url


def test_a_named_gateway_wins_and_loses_its_trailing_slash(settings):
    config = config_of(settings, BASEURL="https://hub.example", API_URL="https://gate.example/v9/")
    assert config.gateway_url == "https://gate.example/v9"
    assert config.origins == {"https://hub.example:443", "https://gate.example:443"}


def test_the_environment_decides_where_editors_come_from_when_the_hub_names_no_place(settings):
    config = config_of(settings, ENVIRONMENT="au")
    expected = "https://staticjs-aurigma.azureedge.net/libs/au/workflow-elements"
    assert config.fallback_workflow_elements_url == expected


def test_connecting_is_given_up_sooner_than_waiting_for_an_answer(settings):
    assert config_of(settings, TIMEOUT_SECONDS=20).timeout == (5.0, 20.0)
    assert config_of(settings, TIMEOUT_SECONDS=2).timeout == (2.0, 2.0)


def test_the_configuration_shows_no_secret(settings):
    text = repr(config_of(settings, CLIENTSECRET="hush-1", WEBHOOK_SECRET="hush-2"))
    assert "hush" not in text


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTPS://Hub.Example/a?b", "https://hub.example:443"),
        ("http://[::1]:8001/", "http://::1:8001"),
        ("https://hub.example@evil.example/", ""),
        ("ftp://hub.example/", ""),
        ("//hub.example/", ""),
        ("https://hub.example:99999/", ""),
        ("", ""),
    ],
)
def test_an_origin_is_scheme_host_and_port_of_a_plain_web_address(url, expected):
    assert origin(url) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://127.8.0.1/", True),
        ("http://localhost./", True),
        ("http://[::1]/", True),
        ("http://localhost.evil.example/", False),
        ("http://10.0.0.1/", False),
        ("https://hub.example/", False),
    ],
)
def test_loopback_is_this_very_machine(url, expected):
    assert is_loopback(url) is expected


@pytest.mark.parametrize(
    "url",
    [
        "http://10.0.0.1/",
        "http://169.254.169.254/",
        "http://127.0.0.1/",
        "http://[fd00::1]/",
        "http://0.0.0.0/",
        "http://224.0.0.1/",
        "http://239.255.255.250/",
        "http://[ff02::1]/",
        "http://[ff0e::1]/",
        "http://[::1]/",
        "http://[::]/",
        "http://[::ffff:10.0.0.1]/",
        "http://[::10.0.0.1]/",
        "http://[64:ff9b::10.0.0.1]/",
        "http://[64:ff9b:1::169.254.169.254]/",
        "http://[2002:a00:1::]/",
        "http://[2002:7f00:1::1]/",
        "http://[2001:0:808:808:0:0:f5ff:fffe]/",
    ],
)
def test_private_addresses_lead_inside(url):
    assert leads_inside(url) is True


@pytest.mark.parametrize(
    "url",
    [
        "http://93.184.215.14/",
        "http://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/",
        "http://[64:ff9b::93.184.215.14]/",
        "http://[2002:5db8:d70e::1]/",
        "http://[::ffff:93.184.215.14]/",
    ],
)
def test_public_addresses_do_not(url):
    assert leads_inside(url) is False


def test_a_name_that_resolves_to_a_private_address_leads_inside(monkeypatch):
    found = [(2, 1, 6, "", ("93.184.215.14", 0)), (2, 1, 6, "", ("10.1.2.3", 0))]
    monkeypatch.setattr("personalization.hub.addresses.socket.getaddrinfo", lambda *_, **__: found)
    assert leads_inside("https://rebound.example/") is True
    monkeypatch.setattr("personalization.hub.addresses.socket.getaddrinfo", lambda *_, **__: found[:1])
    assert leads_inside("https://public.example/") is False


def hub_messages(settings, **values) -> dict[str, str]:
    """Ids and texts of the checks about the Hub."""
    settings.CCHUB = {**settings.CCHUB, **values}
    messages = run_checks()
    return {message.id: message.msg for message in messages if message.id.startswith("personalization.")}


def test_complete_settings_pass_the_checks(settings):
    assert hub_messages(settings, WEBHOOK_SECRET="a-long-enough-secret") == {}


@pytest.mark.parametrize(
    ("values", "check_id", "variable"),
    [
        ({"BASEURL": ""}, "personalization.E001", "CCHUB_BASEURL"),
        ({"BASEURL": "customerscanvashub.com"}, "personalization.E001", "CCHUB_BASEURL"),
        ({"CLIENTID": ""}, "personalization.E002", "CCHUB_CLIENTID"),
        ({"CLIENTSECRET": ""}, "personalization.E003", "CCHUB_CLIENTSECRET"),
        ({"STOREFRONT_ID": 0}, "personalization.E004", "CCHUB_STOREFRONT_ID"),
        ({"TENANT_ID": 0}, "personalization.E005", "CCHUB_TENANT_ID"),
        ({"API_URL": "gate"}, "personalization.E006", "CCHUB_API_URL"),
        ({"ENVIRONMENT": "uk"}, "personalization.E007", "CCHUB_ENVIRONMENT"),
        ({"TIMEOUT_SECONDS": 0}, "personalization.E008", "CCHUB_TIMEOUT_SECONDS"),
        ({"POLL_SECONDS": 1}, "personalization.E009", "CCHUB_POLL_SECONDS"),
        ({"BASEURL": "http://hub.example"}, "personalization.W001", "CCHUB_BASEURL"),
        ({"WEBHOOK_SECRET": ""}, "personalization.W002", "CCHUB_WEBHOOK_SECRET"),
        ({"WEBHOOK_SECRET": "short"}, "personalization.W003", "CCHUB_WEBHOOK_SECRET"),
    ],
)
def test_a_check_names_the_variable_that_is_wrong(settings, values, check_id, variable):
    messages = hub_messages(settings, **values)
    assert list(messages) == [check_id]
    assert messages[check_id].startswith(variable)


@pytest.mark.parametrize("name", ["DESIGNS_KEPT_DAYS", "VISITOR_DESIGNS_KEPT_DAYS"])
def test_designs_cannot_be_kept_for_less_than_a_day(settings, name):
    setattr(settings, name, 0)
    (message,) = hub_messages(settings).values()
    assert message.startswith(f"{name} is less than 1")


def test_a_check_does_not_repeat_a_secret(settings):
    assert "sesame" not in str(hub_messages(settings, WEBHOOK_SECRET="sesame"))
