"""Whatever files and variables lie around: the command does its work, or says one line."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from nnviz.recording.run import train
from tests.zoo import small

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    path = tmp_path_factory.mktemp("surroundings") / "run"
    return train(small(), path, layers=(64, 8, 10), epochs=1, record="epochs").path


def command(folder, *arguments, **variables):
    return subprocess.run(
        [sys.executable, "-m", "nnviz", *map(str, arguments)],
        cwd=folder, capture_output=True, text=True, check=False,
        env=os.environ | {"NNVIZ_CACHE_DIR": str(folder / "cache")} | variables,
    )  # fmt: skip


@pytest.mark.parametrize(
    "variables",
    [
        {"PYTHONOPTIMIZE": "2"},
        {"MPLBACKEND": "bogus"},
        {"PYTHONHASHSEED": "0"},
        {"PYTHONWARNINGS": "error::DeprecationWarning:nnviz"},
        {"LC_ALL": "C"},
        {"TERM": "dumb", "NO_COLOR": "1"},
    ],
    ids=lambda variables: next(iter(variables)),
)
def test_variables_change_nothing(variables, run, tmp_path):
    drawn = command(tmp_path, "figure", "learning-curves", run, "-o", "a.png", **variables)
    assert drawn.returncode == 0, drawn.stderr
    plain = command(tmp_path, "figure", "learning-curves", run, "-o", "b.png")
    assert plain.returncode == 0
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()
    seen = command(tmp_path, "render", "weight-images", run, "-q", "draft", "--still", "1",
                   "-O", "seconds=1", "-o", "c.png", **variables)  # fmt: skip
    assert seen.returncode == 0, seen.stderr


def test_settings_of_matplotlib_change_nothing(run, tmp_path):
    odd, plain = tmp_path / "odd", tmp_path / "plain"
    for folder in (odd, plain):
        folder.mkdir()
    (odd / "matplotlibrc").write_text(
        "text.usetex: True\nfont.size: 40\nsavefig.bbox: tight\nlines.linewidth: 9\n"
    )
    for folder in (odd, plain):
        drawn = command(folder, "figure", "weight-images", run, "-o", "a.png")
        assert drawn.returncode == 0, drawn.stderr
    assert (odd / "a.png").read_bytes() == (plain / "a.png").read_bytes()


@pytest.mark.parametrize("text", ["[CLI\n", "no section\n", "\0", "[CLI]\nquality = q\nfoo\n"])
def test_malformed_configuration_of_manim_is_told_in_one_line(text, run, tmp_path):
    (tmp_path / "manim.cfg").write_text(text)
    found = command(tmp_path, "render", "weight-images", run, "--still", "1", "-q", "draft")
    assert found.returncode == 2
    assert "Traceback" not in found.stderr
    assert found.stderr.count("\n") == 1
    assert "manim.cfg must be a configuration file" in found.stderr
