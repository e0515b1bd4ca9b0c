import re

import pytest
from django.contrib.auth import get_user_model


@pytest.fixture
def editor_client(client, db):
    """A client that is logged in to the admin."""
    user = get_user_model().objects.create_superuser("editor", "editor@example.com", "secret")
    client.force_login(user)
    return client


@pytest.fixture
def query_count(client, django_assert_max_num_queries):
    """How many queries a page takes once the caches are warm."""

    def count(path: str) -> int:
        client.get(path)
        with django_assert_max_num_queries(100) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    return count


@pytest.fixture
def headings():
    """The (level, text) pairs of a page's headings."""

    def find(html: str) -> list[tuple[int, str]]:
        found = re.findall(r"<h(\d)[^>]*>(.*?)</h\1>", html, re.DOTALL)
        return [(int(level), re.sub(r"<[^>]+>", "", text).strip()) for level, text in found]

    return find
