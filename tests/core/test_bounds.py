"""Data from outside is measured before anything is done with it."""

import json

import pytest

from core.bounds import Bounds, OutOfBounds, bounded_json, check_bounds

BOUNDS = Bounds(depth=3, nodes=10, key=5, text=8)


@pytest.mark.parametrize(
    "value", [None, 1, "x" * 8, [[[]]], {"a": {"b": {"c": 1}}}, list(range(9)), {"x" * 5: 1}]
)
def test_what_is_within_bounds_is_read(value):
    assert bounded_json(json.dumps(value), BOUNDS) == value


@pytest.mark.parametrize(
    ("value", "excess"),
    [
        ([[[[]]]], "nests deeper than 3 levels"),
        ({"a": [{"b": [1]}]}, "nests deeper than 3 levels"),
        (list(range(10)), "holds more than 10 values"),
        ([[1, 2, 3], [4, 5, 6], [7]], "holds more than 10 values"),
        ({"x" * 6: 1}, "holds a key of more than 5 characters"),
        ([["x" * 9]], "holds a text of more than 8 characters"),
    ],
)
def test_what_is_out_of_bounds_is_refused(value, excess):
    with pytest.raises(OutOfBounds, match=excess):
        bounded_json(json.dumps(value), BOUNDS)


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, "[" * 100_000 + "]" * 100_000])
def test_what_no_parser_can_read_is_refused_in_the_same_way(text):
    with pytest.raises(OutOfBounds, match="nests deeper"):
        bounded_json(text, BOUNDS)


@pytest.mark.parametrize("text", ["", "{", b"\xff", "1" * 5000])
def test_what_is_no_json_is_no_matter_of_bounds(text):
    with pytest.raises(ValueError) as refused:
        bounded_json(text, BOUNDS)
    assert not isinstance(refused.value, OutOfBounds)


def test_a_value_that_holds_itself_is_too_deep():
    value: list = []
    value.append(value)

    with pytest.raises(OutOfBounds, match="nests deeper"):
        check_bounds(value, BOUNDS)
