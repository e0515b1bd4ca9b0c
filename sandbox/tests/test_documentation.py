"""What the documentation promises: every lever by its name, catalogs that work, every option."""

import dataclasses
import json
import re
from pathlib import Path

import pytest
import requests

from cchub_sandbox import commands, failures, variations
from cchub_sandbox.__main__ import command_parser
from cchub_sandbox.catalog import Catalog
from cchub_sandbox.config import EXAMPLE_CATALOG, Switches
from cchub_sandbox.workflows import EDITORS

SANDBOX = Path(__file__).parents[1]
README = (SANDBOX / "README.md").read_text(encoding="utf-8")
CATALOG = (SANDBOX / "docs" / "catalog.md").read_text(encoding="utf-8")
FAILURES = (SANDBOX / "docs" / "failures.md").read_text(encoding="utf-8")


def first_cells(text: str, heading: str) -> list[str]:
    """The names in the first column of the table that follows a heading."""
    _, _, rest = text.partition(f"| {heading} |")
    table = rest.partition("\n\n")[0]
    return re.findall(r"^\| `(?:--)?([^`\s]+)", table, re.MULTILINE)


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        ("command", commands.COMMANDS),
        ("mode", failures.MODES),
        ("kind", failures.TROUBLES),
        ("switch", [field.name for field in dataclasses.fields(Switches)]),
    ],
)
def test_every_lever_is_described(heading, names):
    assert sorted(first_cells(FAILURES, heading)) == sorted(names)


def test_every_choice_of_a_switch_is_named():
    choices = {choice for choices in variations.CHOICES.values() for choice in choices if choice}
    assert {choice for choice in choices if f"`{choice}`" not in FAILURES} == set()


def test_the_defaults_of_the_switches_are_as_described():
    described = dict(re.findall(r"^\| `(\w+)` \| (\d+|true|false|null) \|", FAILURES, re.MULTILINE))
    defaults = {name: json.loads(text) for name, text in described.items()}
    assert len(defaults) == 11
    assert defaults == {name: getattr(Switches(), name) for name in defaults}


def test_every_option_of_the_command_is_described(capsys):
    with pytest.raises(SystemExit):
        command_parser().parse_args(["serve", "--help"])
    options = set(re.findall(r"--([a-z][a-z-]*)", capsys.readouterr().out.partition("options:")[2])) - {
        "help"
    }
    assert set(first_cells(README, "option")) == options


@pytest.mark.parametrize("example", re.findall(r"```json\n(.*?)```", CATALOG, re.DOTALL))
def test_the_catalogs_in_the_documentation_work(example):
    assert len(Catalog.read(json.loads(example)).products) == 1


def test_the_example_catalog_has_a_product_for_every_editor():
    assert {product.component for product in Catalog.read(EXAMPLE_CATALOG)} == set(EDITORS)


@pytest.mark.parametrize(
    ("body", "command"), re.findall(r"curl -d '(.*)' http://127.0.0.1:8001/_control/(\S+)", README)
)
def test_the_levers_of_the_readme_move(sandbox, body, command):
    answer = requests.post(
        f"{sandbox.url}/_control/{command}",
        data=body,
        headers={"Content-Type": "application/x-www-form-urlencoded"},  # as curl says
        timeout=10,
    )
    assert (answer.status_code, answer.text) == (204, "")
