"""`manage.py start_shop`: from an empty database to a shop that can be edited."""

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import Page, Site

from catalog.models import CatalogPage, CategoryPage
from home.models import BrandSettings, HomePage, NavigationSettings

pytestmark = pytest.mark.django_db

GIVEN = {"name": "Paper & Sons", "email": "owner@paper.example"}
PASSWORD = "a-long-enough-password-3"


@pytest.fixture(autouse=True)
def _environment(settings, monkeypatch):
    settings.SHOP_BASE_URL = settings.WAGTAILADMIN_BASE_URL = "https://shop.paper.example"
    settings.ALLOWED_HOSTS = ["shop.paper.example", "www.paper.example"]
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)


def start(**given: str) -> None:
    call_command("start_shop", interactive=False, **given)


def get(path: str):
    return Client(SERVER_NAME="shop.paper.example").get(path, secure=True)


def everything() -> tuple:
    """What a second start must not change."""
    models = (Page, HomePage, CatalogPage, Site, BrandSettings, NavigationSettings, get_user_model())
    return tuple(list(model.objects.order_by("pk").values()) for model in models)


def test_an_empty_database_shows_wagtails_welcome_page_before():
    assert list(Page.objects.filter(depth=2).values_list("title", flat=True)) == [
        "Welcome to your new Wagtail site!"
    ]


def test_the_shop_stands_at_its_address():
    start(**GIVEN)
    page = get("/")
    assert page.status_code == 200
    assert b"Welcome to your new Wagtail site" not in page.content
    assert page.content.count(b"<h1") == 1
    assert b"Paper &amp; Sons" in page.content
    assert b'href="/shop/"' in page.content
    sitemap = get("/sitemap.xml").content.decode()
    assert "<loc>https://shop.paper.example/</loc>" in sitemap
    assert "<loc>https://shop.paper.example/shop/</loc>" in sitemap
    assert "localhost" not in sitemap
    assert BrandSettings.objects.get().name == "Paper & Sons"


def test_the_administrator_can_log_in_and_edit():
    start(**GIVEN)
    client = Client(SERVER_NAME="shop.paper.example")
    client.post("/accounts/login/", {"login": GIVEN["email"], "password": PASSWORD}, secure=True)
    home, catalog = HomePage.objects.get(), CatalogPage.objects.get()
    assert client.get(f"/admin/pages/{home.pk}/edit/", secure=True).status_code == 200
    assert client.get(f"/admin/pages/add/catalog/categorypage/{catalog.pk}/", secure=True).status_code == 200
    catalog.add_child(instance=CategoryPage(title="Cards", slug="cards"))
    assert get("/shop/cards/").status_code == 200


def test_it_says_what_was_made_and_what_to_do_next(capsys):
    start(**GIVEN)
    text = capsys.readouterr().out
    assert "the front page “Paper & Sons”" in text
    assert "the administrator owner@paper.example" in text
    assert "https://shop.paper.example/admin/" in text
    assert "manage.py work" in text
    assert PASSWORD not in text


def test_started_again_it_changes_nothing(capsys):
    start(**GIVEN)
    before = everything()
    start(**GIVEN)
    start()
    assert everything() == before
    assert "nothing was changed" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"name": "Another"}, "The shop is called Paper & Sons already"),
        ({"title": "Another"}, "The front page is “Paper & Sons” already"),
        ({"address": "https://www.paper.example"}, "The shop is at shop.paper.example already"),
        ({"email": "second@paper.example"}, "There is an administrator already"),
    ],
)
def test_it_refuses_to_overwrite(other, words):
    start(**GIVEN)
    before = everything()
    with pytest.raises(CommandError, match=words):
        start(**other)
    assert everything() == before


def test_what_editors_have_changed_stays():
    start(**GIVEN)
    home = HomePage.objects.get()
    home.title, home.body = "Edited", []
    home.save_revision().publish()
    site = Site.objects.get()
    site.hostname = "www.paper.example"
    site.save()
    before = everything()
    start()
    assert everything() == before


def test_what_is_missing_of_a_half_made_shop_is_added():
    start(**GIVEN)
    CatalogPage.objects.get().delete()
    NavigationSettings.objects.all().delete()
    start()
    [entry] = NavigationSettings.objects.get().menu
    assert entry.value["page"].specific == CatalogPage.objects.get()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"email": GIVEN["email"]}, "Give --name"),
        ({"name": "Paper"}, "Give --email"),
        (GIVEN | {"email": "owner"}, "--email: Enter a valid email address"),
        (GIVEN | {"name": "P" * 61}, "--name: Ensure this value has at most 60"),
        (GIVEN | {"title": "P" * 81}, "--title: Ensure this value has at most 80"),
        (GIVEN | {"address": "https://other.example"}, "other.example is not in ALLOWED_HOSTS"),
        (GIVEN | {"address": "shop.paper.example"}, "looks like https://shop.example.com"),
        (GIVEN | {"address": "https://shop.paper.example/shop"}, "looks like https://shop.example.com"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_changed(given, words):
    before = everything()
    with pytest.raises(CommandError, match=words):
        start(**given)
    assert everything() == before


@pytest.mark.parametrize(
    ("password", "words"), [("", "Give the administrator's"), ("12345678", "too common")]
)
def test_the_password_follows_the_rules_of_the_shop(monkeypatch, password, words):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", password)
    before = everything()
    with pytest.raises(CommandError, match=words):
        start(**GIVEN)
    assert everything() == before


def test_an_account_of_a_shopper_is_not_made_an_administrator():
    get_user_model().objects.create_user("x", GIVEN["email"], "hush-hush-1")
    before = everything()
    with pytest.raises(CommandError, match="has an account already"):
        start(**GIVEN)
    assert everything() == before


def test_pages_that_somebody_has_built_are_not_replaced():
    welcome = Page.objects.get(depth=2)
    welcome.add_child(instance=Page(title="Mine", slug="mine"))
    before = everything()
    with pytest.raises(CommandError, match="There is a page already, “Welcome to your new Wagtail site!”"):
        start(**GIVEN)
    assert everything() == before


def test_asked_questions_are_answered_by_a_person(monkeypatch, capsys):
    answers = iter(["", "Paper & Sons", "", "owner@paper.example"])
    passwords = iter(["12345678", PASSWORD, "another", PASSWORD, PASSWORD])
    command = "catalog.management.commands.start_shop"
    monkeypatch.setattr("builtins.input", lambda question: next(answers))
    monkeypatch.setattr(f"{command}.getpass", lambda question: next(passwords))
    monkeypatch.setattr(f"{command}.sys.stdin", type("Terminal", (), {"isatty": lambda self: True})())
    call_command("start_shop")
    assert HomePage.objects.get().title == "Paper & Sons"
    user = get_user_model().objects.get(is_superuser=True)
    assert (user.email, user.check_password(PASSWORD)) == ("owner@paper.example", True)
    words = capsys.readouterr().err
    assert "too common" in words
    assert "The two are not the same." in words
