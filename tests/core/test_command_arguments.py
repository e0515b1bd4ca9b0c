"""Commands refuse, in words, numbers with which they would only seem to work."""

import pytest
from django.core.management import CommandError, call_command


@pytest.mark.parametrize("days", ["-4", "0", "many"])
def test_the_doctor_looks_back_a_day_at_least(days):
    with pytest.raises(CommandError, match=f"{days} is not a number of days"):
        call_command("doctor", f"--days={days}")


@pytest.mark.parametrize("argument", ["--patience=-3", "--silence=nan", "--silence=inf", "--patience=long"])
def test_the_worker_waits_a_number_of_seconds(argument):
    with pytest.raises(CommandError, match="is not a number of seconds"):
        call_command("work", argument)
