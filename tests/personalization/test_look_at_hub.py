"""`manage.py look_at_hub`, which `make demo` runs when the Hub is no sandbox."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command


def test_a_hub_that_answers(sandbox):
    said = StringIO()
    call_command("look_at_hub", stdout=said)
    assert said.getvalue() == f"The Hub at {sandbox.url} answers.\n"


def test_a_hub_that_does_not_answer_is_told_with_what_it_means(settings):
    settings.CCHUB = {**settings.CCHUB, "BASEURL": "http://127.0.0.1:9", "API_URL": ""}
    with pytest.raises(
        CommandError, match=r"^The Hub at http://127\.0\.0\.1:9 does not answer as it should: "
    ) as told:
        call_command("look_at_hub")
    assert "nothing can be personalized or printed" in str(told.value)


def test_a_hub_that_refuses_the_shop_is_told_as_well(sandbox, settings):
    settings.CCHUB = {**settings.CCHUB, "CLIENTSECRET": "wrong-secret"}
    with pytest.raises(CommandError, match="does not answer as it should") as told:
        call_command("look_at_hub")
    assert "wrong-secret" not in str(told.value)
