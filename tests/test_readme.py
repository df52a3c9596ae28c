"""What the README promises is there and runs."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from nnviz.cli import main

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^nnviz .*$", README, re.MULTILINE)


@pytest.mark.slow
@pytest.mark.render
def test_python_examples_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for example in re.findall(r"```python\n(.*?)```", README, re.DOTALL):
        exec(example, names)
    assert names["weights"].shape == (16, 784)
    assert names["path"].costs.shape == names["path"].surface_costs.shape
    made = {path.name for path in (tmp_path / "renders").iterdir()}
    assert made == {"run", "weights.png", "one-digit.mp4", "landscape.png", "abs.png"}


@pytest.mark.parametrize("line", COMMANDS)
def test_command_is_understood(line):
    _, name, *arguments = shlex.split(line)
    command = main.get_command(click.Context(main), name)
    context = command.make_context(name, arguments)  # parses, without running
    assert context.params


def test_pictures_are_there_and_small():
    pictures = [ROOT / path for path in re.findall(r"!\[.*?\]\((.*?)\)", README)]
    assert len(pictures) == 5
    assert set(pictures) == set((ROOT / "renders" / "readme").iterdir())
    assert sum(path.stat().st_size for path in pictures) < 3e6
