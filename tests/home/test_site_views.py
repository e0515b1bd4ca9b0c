import pytest
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory
from django.urls import reverse
from django.views.csrf import csrf_failure
from django.views.defaults import permission_denied, server_error

from tests.factories.catalog import a_category
from tests.factories.home import a_home, a_menu, link_value


@pytest.mark.django_db
def test_crawlers_stay_away_from_what_belongs_to_one_visitor(client):
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert [line for line in lines if line.startswith("Disallow")] == [
        "Disallow: /admin/",
        "Disallow: /cart/",
        "Disallow: /checkout/",
        "Disallow: /designs/",
        "Disallow: /orders/",
        "Disallow: /personalize/",
        "Disallow: /search/",
    ]
    assert "Sitemap: http://testserver/sitemap.xml" in lines


@pytest.mark.django_db
def test_the_sitemap_lists_published_pages(client):
    category = a_category("Cards")

    assert category.full_url in client.get("/sitemap.xml").content.decode()


def test_health_is_told_without_the_database(client):
    assert client.get(reverse("healthz")).content == b"ok"


@pytest.mark.django_db
def test_a_missing_page_is_told_kindly_and_offers_the_menu(client):
    a_menu(link_value(a_category("Cards")))

    response = client.get("/no-such-page/")
    html = response.content.decode()

    assert response.status_code == 404
    assert html.count("<h1>") == html.count("<main") == 1
    assert '<a class="button" href="/shop/' in html
    assert 'name="robots" content="noindex"' in html


def test_an_error_page_needs_neither_request_nor_database():
    response = server_error(RequestFactory().get("/"))

    assert response.status_code == 500
    assert "The press has jammed" in response.content.decode()


@pytest.mark.django_db
def test_a_forbidden_page_is_told_kindly():
    a_home()
    response = permission_denied(RequestFactory().get("/"), PermissionDenied())

    assert response.status_code == 403
    assert "This page is not open to you" in response.content.decode()


@pytest.mark.django_db
def test_a_form_that_cannot_be_trusted_is_told_kindly():
    a_home()

    assert "Please try once more" in csrf_failure(RequestFactory().post("/")).content.decode()


def test_the_admin_wears_the_shops_name_and_mark(editor_client):
    html = editor_client.get(reverse("wagtailadmin_home")).content.decode()

    assert "- Oakwren</title>" in " ".join(html.split())
    assert "img/mark.svg" in html
    assert "css/admin.css" in html
