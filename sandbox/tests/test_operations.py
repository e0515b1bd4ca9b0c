"""The README says truly which operations of the official client are answered."""

import operations


def test_the_readme_lists_what_the_official_client_gets(sandbox):
    assert operations.table_in_readme() == operations.table(sandbox), operations.HOW_TO_WRITE
