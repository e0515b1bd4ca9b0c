"""What editors set as the brand is what shoppers and staff meet everywhere."""

from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.urls import reverse

from commerce.models import OutgoingEmail
from commerce.services import emails
from commerce.services.messages import links_message, preview
from home.colours import GREEN, PAPER, contrast, validate_background, validate_colour
from home.selectors.site_frame import SiteFrame
from tests.factories.commerce import make_order
from tests.factories.home import a_brand, a_home

TEMPLATES = Path(django_settings.BASE_DIR) / "templates"


@pytest.fixture
def renamed(db):
    a_home()
    return a_brand(name="Müller & Sons", colour="#7a1f2b", background="#f0f4ff")


def test_emails_about_orders_bear_the_brand(renamed):
    order = make_order()
    links = emails.send(kind="order_links", recipient=order.email)
    messages = [*(preview(order, kind) for kind in OutgoingEmail.Kind), links_message(links)]

    for message in messages:
        html = message.alternatives[0].content
        assert "Müller & Sons" in message.body
        assert "Müller &amp; Sons" in html
        assert "Oakwren" not in message.body + html
        assert "#7a1f2b" in html
        assert "background:#f0f4ff" in html
        assert message.message()["From"] == "=?utf-8?q?M=C3=BCller_=26_Sons?= <hello@oakwren.example>"


def test_emails_about_accounts_bear_the_brand(renamed, client, mailoutbox):
    client.post(reverse("account_reset_password"), {"email": "nobody@shop.example"})

    [message] = mailoutbox
    html = message.alternatives[0].content
    assert "Müller & Sons" in message.body
    assert "Oakwren" not in message.body + html
    assert "#7a1f2b" in html
    assert "hello@oakwren.example" in message.from_email
    assert message.from_email.startswith("=?utf-8?")


def test_an_authenticator_app_shows_the_brand(renamed, client):
    client.force_login(get_user_model().objects.create_user("clara", "clara@shop.example"))

    from allauth.mfa.adapter import get_adapter

    url = get_adapter().build_totp_url(get_user_model().objects.get(), "SECRET")

    assert "issuer=M%C3%BCller%20%26%20Sons" in url


def test_pages_and_the_browsers_bars_have_the_brands_colours(renamed, client):
    html = client.get("/").content.decode()

    assert '<meta name="theme-color" content="#f0f4ff">' in html
    assert "--green: #7a1f2b;" in html
    assert "--paper: #f0f4ff;" in html


def test_a_sender_that_operators_have_named_stays(settings):
    settings.DEFAULT_FROM_EMAIL = "Orders <orders@shop.example>"

    assert SiteFrame(name="Wren").sender == "Orders <orders@shop.example>"


def test_without_a_colour_chosen_it_is_that_of_the_stylesheet():
    tokens = (Path(django_settings.BASE_DIR) / "static/css/site.css").read_text()

    assert f"--green: {GREEN};" in tokens
    assert f"--paper: {PAPER};" in tokens


@pytest.mark.parametrize("colour", ["green", "#fff", "#1f4d3", "#1f4d3f;", "1f4d3f", "#1f4d3g"])
def test_a_colour_is_six_hexadecimal_digits(colour):
    for validate in (validate_colour, validate_background):
        with pytest.raises(ValidationError, match="like #1f4d3f"):
            validate(colour)


def test_a_colour_on_which_nobody_could_read_is_refused():
    with pytest.raises(ValidationError, match="Choose a darker one"):
        validate_colour("#f2c14e")
    with pytest.raises(ValidationError, match="Choose a lighter one"):
        validate_background("#1f4d3f")
    validate_colour(GREEN)
    validate_background(PAPER)


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize(
    "path", [*TEMPLATES.glob("emails/*"), *TEMPLATES.glob("account/email/*")], ids=lambda path: path.name
)
def test_no_email_knows_the_brand_by_itself(path):
    text = path.read_text()

    assert "Oakwren" not in text
    assert GREEN not in text
