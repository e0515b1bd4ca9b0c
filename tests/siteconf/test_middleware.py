"""Addresses that cannot be, and bodies that are too large."""

import io

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from personalization.rendering.services.manual_files import MAXIMUM_BYTES
from siteconf.middleware import (
    MOST_BYTES,
    MOST_BYTES_OF_STAFF,
    ImpossibleAddressMiddleware,
    UploadLimitMiddleware,
)
from tests.factories.commerce import make_variant

pytestmark = pytest.mark.django_db

BEYOND_64_BITS = 2**63


@pytest.fixture(autouse=True)
def _product():
    make_variant("OW-FRAME")


@pytest.mark.parametrize(
    "address",
    [
        "/cart/add/?sku=%00",
        "/cart/add/?sku=OW-FRAME&quantity=%00",
        "/personalize/a%00b/",
        "/orders/AB%00/secret/",
        "/orders/files/%00/",
        "/orders/links/?%00=1",
        "/accounts/confirm-email/%00/",
        "/no/such/page%00/",
        "/admin/products/?q=%00",
        "/%00",
    ],
)
def test_no_page_has_a_nul_in_its_address(admin_client, client, address):
    for somebody in (client, admin_client):
        answer = somebody.get(address)
        assert answer.status_code == 404
        assert "text/html" in answer.headers["Content-Type"]


def test_a_form_with_a_nul_finds_no_product(client):
    answer = client.post("/cart/add/", {"sku": "OW\0FRAME", "quantity": "1"})
    assert answer.status_code == 404


def test_a_cookie_with_a_nul_is_none():
    client = Client(headers={"cookie": r'sessionid="aaaaaaaa\000bbbb"; visitor="\000"; csrftoken="a\000b"'})
    assert client.get("/cart/").status_code == client.get("/orders/").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        f"/admin/hub/check/{BEYOND_64_BITS}/",
        f"/admin/hub/products/{BEYOND_64_BITS}/picture/",
        f"/admin/orders/1/files/{BEYOND_64_BITS}/",
        f"/admin/orders/{BEYOND_64_BITS}/files/1/",
        f"/admin/pages/{BEYOND_64_BITS}/edit/",
        f"/admin/pages/{BEYOND_64_BITS}/",
        f"/admin/images/{BEYOND_64_BITS}/",
        f"/documents/{BEYOND_64_BITS}/file.pdf",
    ],
)
def test_no_page_has_a_number_that_no_database_can_hold(admin_client, address):
    assert admin_client.get(address).status_code == 404


BULK = [
    ("home/siteimage", "delete"),
    ("commerce/order", "retry"),
    ("personalization/renderproject", "retry"),
    ("auth/user", "delete"),
    ("wagtaildocs/document", "add_tags"),
    ("wagtailcore/page", "publish"),
]


@pytest.mark.parametrize("row", ["x", "", "1.5", BEYOND_64_BITS, "9" * 5000])
@pytest.mark.parametrize(
    "address",
    [f"/admin/bulk/{model}/{action}/" for model, action in BULK]
    + ["/admin/images/chooser/chosen-multiple/", "/admin/documents/chooser/chosen-multiple/"],
)
def test_no_row_has_an_id_that_is_no_number_or_too_large(admin_client, address, row):
    answer = admin_client.get(f"{address}?id={row}")
    assert answer.status_code == 404 or (answer.status_code == 200 and answer.json()["result"] == [])


@pytest.mark.parametrize("number", [BEYOND_64_BITS, -BEYOND_64_BITS - 1])
@pytest.mark.parametrize(
    "filtered",
    [
        "users/?group",
        "reports/site-history/?user",
        "reports/site-history/?content_type",
        "pages/1/?content_type",
        "pages/1/?owner",
        "products/?owner",
        "pages/usage/catalog/productgrouppage/?owner",
    ],
)
def test_no_list_is_filtered_by_a_number_that_no_database_can_hold(admin_client, filtered, number):
    assert admin_client.get(f"/admin/{filtered}={number}").status_code in (200, 404)


def test_a_long_number_can_be_searched_for(admin_client):
    assert admin_client.get(f"/admin/products/?q={BEYOND_64_BITS}").status_code == 200


@pytest.mark.parametrize(
    ("trouble", "query"),
    [(OverflowError, "q=1"), (ValueError, "id=1"), (KeyError, "id=x"), (ValueError, "q=x")],
)
def test_no_other_fault_is_hidden(trouble, query):
    request = RequestFactory().get(f"/admin/?{query}")
    assert ImpossibleAddressMiddleware(None).process_exception(request, trouble()) is None


def test_nobody_has_a_cart_line_beyond_what_a_database_can_count(client):
    client.post("/cart/add/", {"sku": "OW-FRAME", "quantity": "1"})
    assert client.post(reverse("cart_item_remove", args=[BEYOND_64_BITS])).status_code == 404


# ——— Uploads ———


class Unread(io.RawIOBase):
    """A body that nobody may touch."""

    def read(self, *_arguments):
        raise AssertionError("the body was read")


def upload(user, *, size: int, kind: str = "multipart/form-data; boundary=x"):
    request = RequestFactory().post("/", CONTENT_LENGTH=size, content_type=kind)
    request.environ["wsgi.input"] = request._stream = Unread()
    request.user = user
    return UploadLimitMiddleware(lambda _request: "passed")(request)


def test_who_is_no_staff_uploads_little(django_user_model):
    shopper = django_user_model.objects.create_user("anna")
    assert upload(shopper, size=MOST_BYTES) == "passed"
    answer = upload(shopper, size=MOST_BYTES + 1)
    assert answer.status_code == 413
    assert "too large for us" in answer.content.decode()


def test_staff_upload_print_files(admin_user):
    assert MOST_BYTES_OF_STAFF > MAXIMUM_BYTES
    assert upload(admin_user, size=MOST_BYTES_OF_STAFF) == "passed"
    assert upload(admin_user, size=MOST_BYTES_OF_STAFF + 1).status_code == 413


def test_other_bodies_are_left_to_django_and_to_the_views_limits(client):
    answer = client.post(
        "/cart/add/", "sku=" + "0" * 3_000_000, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 400
    answer = client.post("/personalize/OW-FRAME/", "0" * 3_000_000, content_type="application/json")
    assert (answer.status_code, answer.headers["Content-Type"]) == (413, "application/json")
