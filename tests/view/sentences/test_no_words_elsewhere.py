"""Scenes and figures write no words of their own."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
FILES = [
    path for room in ("scenes", "figures") for path in sorted((ROOT / "nnviz" / room).glob("*.py"))
]

#: What sets or writes text: calls of these names, and these keywords of any call.
SETTERS = {
    "words", "heading", "lines_of_words", "formula", "Readout", "Readouts", "ColorBar", "of_levels",
    "Chart", "ContourMap", "set_titles", "set_title", "set_xlabel", "set_ylabel", "set_zlabel",
    "set_label", "text", "annotate", "add_color_bar", "draw_end", "axis_labels", "set_text",
}  # fmt: skip
KEYWORDS = {"label", "title", "x_label", "y_label"}
#: Signs, and arguments of matplotlib's, that say nothing.
SILENT = {"⋮", " ", "center", "top", "bottom", "left", "right", "data", "offset points",
          "axes fraction", "bold", "normal", "o", "none", "x", "y", "both", "lower left",
          "accuracies"}  # fmt: skip


def literals(node: ast.AST):
    """Yield the texts in an expression, also the fixed parts of formatted ones."""
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def written(call: ast.Call):
    """Yield the arguments of a call that become text."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    for keyword in call.keywords:
        if keyword.arg in KEYWORDS:
            yield keyword.value
    if name in SETTERS:
        yield from call.args


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_text_comes_from_a_function_of_the_data(path):
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            found += [
                text
                for argument in written(node)
                for text in literals(argument)
                if text not in SILENT and re.search(r"[A-Za-z]{2}|\w", text)
            ]
    assert found == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_sentence_is_hidden_elsewhere(path):
    """A text of several words is a docstring or the message of an error."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    allowed = set()
    for node in ast.walk(tree):
        is_scope = isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        if is_scope and node.body and isinstance(node.body[0], ast.Expr):
            allowed.add(id(node.body[0].value))
        is_message = (
            isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "message"
        )
        # What a figure is, at the command line.
        is_entry = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "register_figure"
        if is_message or is_entry:
            allowed |= {id(part) for part in ast.walk(node)}
    sentences = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        and id(node) not in allowed
        and len(re.findall(r"[A-Za-z]{2,}", node.value)) > 1
        and " " in node.value.strip()
        and node.value not in SILENT
    ]  # fmt: skip
    assert sentences == []
