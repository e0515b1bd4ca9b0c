"""The console command refuses in one sentence what it cannot start with, and writes nothing."""

import re
from pathlib import Path

import pytest

import cchub_sandbox
from cchub_sandbox.__main__ import main

CHANGELOG = Path(__file__).parents[1] / "CHANGELOG.md"


@pytest.mark.parametrize(
    ("option", "value", "complaint"),
    [
        ("port", "70000", "Port 70000 cannot be used: ports are numbers from 0 to 65535."),
        ("port", "-1", "Port -1 cannot be used: ports are numbers from 0 to 65535."),
        ("environment", "xx", "There is no environment 'xx'. Use one of us, eu, au."),
        ("shop-url", "foo", "The shop URL 'foo' cannot be used. It is like http://127.0.0.1:8000."),
        ("shop-url", "//foo", "The shop URL '//foo' cannot be used. It is like http://127.0.0.1:8000."),
        (
            "shop-url",
            "http://foo:x",
            "The shop URL 'http://foo:x' cannot be used. It is like http://127.0.0.1:8000.",
        ),
    ],
)
def test_an_option_that_makes_no_sense_is_refused(tmp_path, option, value, complaint):
    state = tmp_path / "state"
    with pytest.raises(SystemExit) as end:
        main(["serve", "--port=0", f"--state={state}", f"--{option}={value}"])
    assert end.value.code == complaint
    assert not state.exists()


def test_the_environment_of_the_process_is_checked_like_the_option(tmp_path, monkeypatch):
    monkeypatch.setenv("CCHUB_ENVIRONMENT", "xx")
    with pytest.raises(SystemExit) as end:
        main(["serve", "--port=0", f"--state={tmp_path}"])
    assert end.value.code == "There is no environment 'xx'. Use one of us, eu, au."


def test_a_state_directory_that_is_a_file_is_named(tmp_path):
    file = tmp_path / "state"
    file.touch()
    with pytest.raises(SystemExit) as end:
        main(["serve", "--port=0", f"--state={file}"])
    assert end.value.code == f"The state directory {file} cannot be used: File exists."


def test_a_state_directory_with_another_database_is_named(tmp_path):
    (tmp_path / "sandbox.sqlite3").write_text("This is a letter. " * 100)
    with pytest.raises(SystemExit) as end:
        main(["serve", "--port=0", f"--state={tmp_path}"])
    assert end.value.code == f"The state directory {tmp_path} cannot be used: file is not a database."


def test_it_says_its_version(capsys):
    with pytest.raises(SystemExit) as end:
        main(["--version"])
    assert end.value.code == 0
    assert capsys.readouterr().out == f"cchub-sandbox {cchub_sandbox.__version__}\n"


def test_the_changelog_begins_with_the_version():
    headings = re.findall(r"^## (\S+)", CHANGELOG.read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0] == cchub_sandbox.__version__
