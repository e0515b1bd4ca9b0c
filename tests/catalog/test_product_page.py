import pytest

from tests.factories.catalog import a_group

pytestmark = pytest.mark.django_db


def test_a_product_page_answers(client):
    assert client.get(a_group("OW-A", "OW-B", breaks={3: 10}).url).status_code == 200
