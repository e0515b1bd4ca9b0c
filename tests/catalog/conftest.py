import pytest
from django.contrib.auth import get_user_model

# Nothing listens on the discard port, so that a connection is refused at once.
DEAD_HUB = "http://127.0.0.1:9"


@pytest.fixture
def editor(client, db):
    """A client that is logged in to the admin."""
    user = get_user_model().objects.create_superuser("nora", "nora@oakwren.example", "secret")
    client.force_login(user)
    return client


@pytest.fixture
def hub_is_down(settings):
    """No Hub answers."""
    settings.CCHUB = {**settings.CCHUB, "BASEURL": DEAD_HUB, "API_URL": DEAD_HUB}
