"""Odd command lines, and recordings that hold odd things: a result, or one line."""

from __future__ import annotations

import itertools
import json
import re
import shutil

import click
import numpy as np
import pytest
from click.testing import CliRunner
from matplotlib.backends.backend_agg import FigureCanvasAgg

from nnviz.cli import main
from nnviz.errors import NnvizError
from nnviz.figures.registry import FIGURES
from nnviz.recording.recording import Recording
from nnviz.recording.run import train
from nnviz.rendering.job import QUALITIES, Quality
from nnviz.rendering.stills import still
from tests.zoo import small

pytestmark = pytest.mark.slow

ODD = [
    "-1", "0", "1", "nan", "inf", "-inf", "1e308", "1e-320", "99999999999999999999",
    "-99999999999999999999", "", " ", "x", "../x", "a\nb", "é", "a,b,c", "1,2,3", "64,8,10",
    "None", "[]", "-", "/dev/null", "/dev/zero", ".", "log:0", "every:-1", "x=y", "seconds=nan",
    "n_images=-5", "theme=", "__class__=x", "seconds=__import__('os')",
]  # fmt: skip
#: Commands that begin well, with options of theirs to be given odd values.
COMMANDS = {
    "train": ["--data", "{data}", "--epochs", "1", "--layers", "64,8,10", "--out", "{new}"],
    "info": ["{run}"],
    "evaluate": ["{run}", "--data", "{data}"],
    "verify": ["{run}", "--data", "{data}"],
    "render": ["weight-images", "{run}", "-q", "draft", "--still", "1", "-o", "{new}.png"],
    "storyboard": ["weight-images", "{run}", "--frames", "2", "-o", "{new}.png"],
    "figure": ["learning-curves", "{run}", "-o", "{new}.png"],
    "scenes": [],
    "figures": [],
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return a folder with a run and its data."""
    folder = tmp_path_factory.mktemp("odd")
    data = small()
    np.savez(folder / "data.npz", images=data.train.images, labels=data.train.labels)
    from nnviz.data.sources import load_data

    loaded = load_data(folder / "data.npz")
    train(loaded, folder / "run", layers=(64, 8, 10), epochs=2, batch_size=20)
    return folder


@pytest.fixture(autouse=True)
def _small(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NNVIZ_CACHE_DIR", str(tmp_path / "cache"))
    for name in QUALITIES:
        monkeypatch.setitem(QUALITIES, name, Quality(160, 90, 5))


def options_of(command):
    return [
        max(parameter.opts, key=len)
        for parameter in main.commands[command].params
        if isinstance(parameter, click.Option) and not parameter.is_flag
    ]


def command_lines():
    for command, given in COMMANDS.items():
        for option, value in itertools.product(options_of(command), ODD):
            yield [command, *given, option, value]
        places = [i for i, text in enumerate(given) if not text.startswith("-")]
        for value in ODD[:12]:
            for place in places[:1]:
                yield [command, *given[:place], value, *given[place + 1 :]]
            yield [command, *given, value]
            yield [command, *given, f"--{value}"]


LINES = list(command_lines())


def test_there_are_many_odd_command_lines():
    assert len(LINES) > 800


@pytest.mark.parametrize("part", range(40))
def test_every_command_line_ends_in_a_result_or_one_line(part, made, tmp_path):
    for number, arguments in enumerate(LINES[part::40]):
        places = {"data": made / "data.npz", "run": made / "run", "new": tmp_path / f"new-{number}"}
        line = [text.format(**places) if "{" in text else text for text in arguments]
        result = CliRunner().invoke(main, line)
        is_clean = result.exception is None or isinstance(result.exception, SystemExit)
        assert is_clean, (line, repr(result.exception))
        assert result.exit_code in (0, 1, 2), line
        if result.exit_code:
            said = [text for text in result.output.splitlines() if text.startswith("Error")]
            assert len(said) == 1, (line, result.output)
            assert len(re.sub(r"/\S+/", "", said[0])) < 300, (line, said)
    assert (made / "run" / "manifest.json").is_file()


NAMES = [
    "a $\\foo$ b",
    "$x",
    "<b>&amp;",
    "a\nb\tc",
    "x" * 400,
    "#set text(red)",
    "\\",
    "$ $",
]


def change(path, name, rows):
    array = np.load(path / f"{name}.npy", mmap_mode="r+")
    rows(array)
    array.flush()


CHANGES = {
    "one row infinite": lambda p: change(p, "parameters", lambda a: a.__setitem__(3, np.inf)),
    "one row none": lambda p: change(p, "parameters", lambda a: a.__setitem__(3, np.nan)),
    "the last row infinite": lambda p: change(p, "parameters", lambda a: a.__setitem__(-1, np.inf)),
    "a cost of 1e300": lambda p: change(p, "train_costs", lambda a: a.__setitem__(2, 1e300)),
    "costs of 1e300": lambda p: change(p, "test_costs", lambda a: a.__setitem__(..., 1e300)),
    "a cost below zero": lambda p: change(p, "train_costs", lambda a: a.__setitem__(2, -5.0)),
    "costs of nothing": lambda p: change(p, "train_costs", lambda a: a.__setitem__(slice(None), 0)),
    "gradients infinite": lambda p: change(p, "gradients", lambda a: a.__setitem__(0, np.inf)),
    "gradients of 1e38": lambda p: change(p, "gradients", lambda a: a.__setitem__(0, 1e38)),
    "activations none": lambda p: change(
        p, "activations_1", lambda a: a.__setitem__(slice(None), np.nan)
    ),
    "parameters of 1e38": lambda p: change(p, "parameters", lambda a: a.__setitem__(-1, 1e38)),
}


def named(name):
    def rename(path):
        file = path / "manifest.json"
        manifest = json.loads(file.read_text())
        manifest["data"]["name"] = name
        del manifest["created"]
        file.write_text(json.dumps(manifest))

    return rename


def one_line(show):
    """Show something, or let it be refused in one line."""
    said = ""
    try:
        show()
    except NnvizError as error:
        said = str(error)
    assert "\n" not in said
    assert "failed" not in said


#: Scenes that show most of a recording, made short.
SCENES = {
    "feed-forward": {"n_images": 1},
    "gradient-vector": {},
    "weight-images": {"seconds": 1.0},
    "descent-path": {"seconds": 1.0, "resolution": 9},
}


def opened(made, tmp_path, change):
    path = tmp_path / "run"
    shutil.copytree(made / "run", path, ignore=shutil.ignore_patterns("measured"))
    change(path)
    assert CliRunner().invoke(main, ["info", str(path)]).exit_code == 0
    assert CliRunner().invoke(main, ["info", str(path), "--json"]).exit_code == 0
    return Recording.open(path)


@pytest.mark.parametrize("odd", CHANGES.values(), ids=CHANGES)
def test_odd_numbers_are_shown_or_refused_in_one_line(odd, made, tmp_path):
    recording = opened(made, tmp_path, odd)
    for entry in FIGURES.values():
        one_line(lambda entry=entry: FigureCanvasAgg(entry.draw(recording)).draw())
    for name, options in SCENES.items():
        file = tmp_path / f"{name}.png"
        one_line(lambda n=name, f=file, o=options: still(n, recording, f, second=4.0, **o))


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_odd_names_are_shown_as_they_are(name, made, tmp_path):
    recording = opened(made, tmp_path, named(name))
    for figure in ("learning-curves", "weight-images", "gradient-vector"):
        FigureCanvasAgg(FIGURES[figure].draw(recording)).draw()
    still("weight-images", recording, tmp_path / "a.png", second=2.0, seconds=1.0)
