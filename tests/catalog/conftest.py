import pytest
from django.contrib.auth import get_user_model


@pytest.fixture
def editor(client, db):
    """A client that is logged in to the admin."""
    user = get_user_model().objects.create_superuser("nora", "nora@oakwren.example", "secret")
    client.force_login(user)
    return client
