"""Plurals, lists and line breaks."""

from __future__ import annotations

from nnviz.view.sentences.wording import in_two, joined, plural


def test_long_lines_are_broken_in_two():
    assert in_two("") == []
    assert in_two("one") == ["one"]
    assert in_two("one two three") == ["one two", "three"]


def test_one_is_not_a_plural():
    assert plural(1, "step") == "step"
    assert plural(0, "step") == plural(2, "step") == "steps"


def test_what_is_empty_is_not_joined():
    assert joined(["one", "", "two"]) == "one\ntwo"
    assert joined(["", "two"], ", ") == "two"
