"""Whatever a film depends on, its shots are told apart when that changes."""

from __future__ import annotations

import importlib.util
import itertools
import sys
from pathlib import Path

import numpy as np
import pytest
from manim import Mobject, PMobject, Square, ValueTracker

from nnviz.compat.appearance import UnknownContentError
from nnviz.mobjects.image import ImageRaster
from nnviz.mobjects.raster import Raster
from nnviz.rendering import film as film_module
from nnviz.rendering.content import _Hasher
from nnviz.rendering.film import Film, cut
from nnviz.rendering.formats import FORMATS

pytestmark = pytest.mark.render

HELPERS = """
CONST = 1.0
TABLE = {"a": [1.0, 2.0]}

class K:
    x = 1.0
    factor = 1.0

    def __init__(self):
        self.y = 1.0

    def method(self):
        return 1.0 * self.factor

    @property
    def p(self):
        return self.factor * 1.0

    @staticmethod
    def s():
        return 1.07

    @classmethod
    def c(cls):
        return cls.x

    def __call__(self):
        return 1.0 * self.factor

    def __getattr__(self, name):
        return 1.0 * K.factor

def place(a=1.0):
    return a * CONST

def nested():
    def inner():
        return 1.06
    return inner()

def generator():
    yield 1.0
"""

SCENE = """
import os
from functools import partial
from pathlib import Path

import HELPERS as helpers
from HELPERS import K, place
from manim import *
from nnviz.stage.scene import RecordingScene

HERE = 1.0

def aside():
    return 1.01

class Other:
    z = 1.0
    @property
    def p(self):
        return 1.0 * self.z
    @staticmethod
    def s():
        return 1.05

class Base:
    inherited = 1.0
    def of_base(self):
        return 1.04

class Shown(RecordingScene, Base):
    size = 1.0
    table = {"a": 1.0}

    @classmethod
    def kind(cls):
        return 1.0 * cls.size

    @staticmethod
    def fixed():
        return 1.02

    @property
    def width(self):
        return 1.0 * self.size

    def length(self):
        return 1.03

    def construct(self):
        self.own = 1.0
        square = Square()
        self.add(Dot(UP))
        read = lambda alpha: EXPRESSION
        grow = lambda m, alpha: m.set(width=1 + alpha * read(alpha))
        self.play(UpdateFromAlphaFunc(square, grow), run_time=1)
        self.wait(0.4)
"""

IN_HELPERS, IN_SCENE, IN_FILE, IN_ENVIRONMENT = "helpers", "scene", "file", "environment"

#: What a function of an animation reads, and the edit that changes it.
EDITS = [
    ("helpers.place()", IN_HELPERS, "a * CONST", "2 * a * CONST"),
    ("helpers.place()", IN_HELPERS, "a=1.0", "a=2.0"),
    ("helpers.place()", IN_HELPERS, "CONST = 1.0", "CONST = 2.0"),
    ("place()", IN_HELPERS, "a * CONST", "2 * a * CONST"),
    ("helpers.CONST", IN_HELPERS, "CONST = 1.0", "CONST = 2.0"),
    ("helpers.TABLE['a'][0]", IN_HELPERS, "[1.0,", "[2.0,"),
    ("helpers.K.x", IN_HELPERS, "x = 1.0", "x = 2.0"),
    ("K.x", IN_HELPERS, "x = 1.0", "x = 2.0"),
    ("K().x", IN_HELPERS, "x = 1.0", "x = 2.0"),
    ("K().y", IN_HELPERS, "self.y = 1.0", "self.y = 2.0"),
    ("K().method()", IN_HELPERS, "factor = 1.0", "factor = 2.0"),
    ("K().method()", IN_HELPERS, "return 1.0 * self", "return 2.0 * self"),
    ("K().p", IN_HELPERS, "self.factor * 1.0", "self.factor * 2.0"),
    ("helpers.K.s()", IN_HELPERS, "1.07", "2.0"),
    ("helpers.K.c()", IN_HELPERS, "x = 1.0", "x = 2.0"),
    ("helpers.K.c()", IN_HELPERS, "return cls.x", "return 2 * cls.x"),
    ("K()()", IN_HELPERS, "factor = 1.0", "factor = 2.0"),
    ("K().anything", IN_HELPERS, "factor = 1.0", "factor = 2.0"),
    ("helpers.nested()", IN_HELPERS, "1.06", "2.0"),
    ("next(helpers.generator())", IN_HELPERS, "yield 1.0", "yield 2.0"),
    ("getattr(helpers, 'CONST')", IN_HELPERS, "CONST = 1.0", "CONST = 2.0"),
    ("getattr(helpers, 'pla' + 'ce')()", IN_HELPERS, "a * CONST", "2 * a * CONST"),
    ("vars(helpers)['CONST']", IN_HELPERS, "CONST = 1.0", "CONST = 2.0"),
    ("__import__('HELPERS').CONST", IN_HELPERS, "CONST = 1.0", "CONST = 2.0"),
    ("partial(helpers.place, 1.0)()", IN_HELPERS, "a * CONST", "2 * a * CONST"),
    ("max(map(helpers.place, [1.0]))", IN_HELPERS, "a * CONST", "2 * a * CONST"),
    ("HERE", IN_SCENE, "HERE = 1.0", "HERE = 2.0"),
    ("globals()['HERE']", IN_SCENE, "HERE = 1.0", "HERE = 2.0"),
    ("globals()['asi' + 'de']()", IN_SCENE, "1.01", "2.0"),
    ("aside()", IN_SCENE, "1.01", "2.0"),
    ("self.size", IN_SCENE, "size = 1.0", "size = 2.0"),
    ("Shown.size", IN_SCENE, "size = 1.0", "size = 2.0"),
    ("self.table['a']", IN_SCENE, '{"a": 1.0}', '{"a": 2.0}'),
    ("self.kind()", IN_SCENE, "1.0 * cls.size", "2.0 * cls.size"),
    ("type(self).kind()", IN_SCENE, "size = 1.0", "size = 2.0"),
    ("self.fixed()", IN_SCENE, "1.02", "2.0"),
    ("self.width", IN_SCENE, "1.0 * self.size", "2.0 * self.size"),
    ("self.width", IN_SCENE, "size = 1.0", "size = 2.0"),
    ("self.length()", IN_SCENE, "1.03", "2.0"),
    ("self.own", IN_SCENE, "self.own = 1.0", "self.own = 2.0"),
    ("self.inherited", IN_SCENE, "inherited = 1.0", "inherited = 2.0"),
    ("self.of_base()", IN_SCENE, "1.04", "2.0"),
    ("Other.z", IN_SCENE, "z = 1.0", "z = 2.0"),
    ("Other().p", IN_SCENE, "1.0 * self.z", "2.0 * self.z"),
    ("Other.s()", IN_SCENE, "1.05", "2.0"),
    ("(lambda: 1.0)()", IN_SCENE, "(lambda: 1.0)()", "(lambda: 2.0)()"),
    ("float(Path('number.txt').read_text())", IN_FILE, "1.0", "2.0"),
    ("float(os.environ['NUMBER'])", IN_ENVIRONMENT, "1.0", "2.0"),
    ("(eval('helpers.CONST'))", IN_HELPERS, "CONST = 1.0", "CONST = 2.0"),
    ("helpers.K.x", IN_SCENE, "Dot(UP)", "Dot(UP, radius=0.2)"),
    ("helpers.K.x", IN_SCENE, "Dot(UP)", "Dot(UP, color=RED)"),
    ("helpers.K.x", IN_SCENE, "1 + alpha *", "1 + alpha ** 2 *"),
]  # fmt: skip

_NUMBERS = itertools.count()


@pytest.fixture
def keys(zoo, tmp_path, monkeypatch):
    """Return a function that gives the keys of a scene's shots, from its source and helpers."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    def load(name, text):
        path = tmp_path / f"{name}.py"
        path.write_text(text)
        specification = importlib.util.spec_from_file_location(name, path)
        module = importlib.util.module_from_spec(specification)
        sys.modules[name] = module
        specification.loader.exec_module(module)
        return module

    def found(texts):
        number = next(_NUMBERS)
        helpers = f"helpers_{number}"
        load(helpers, texts[IN_HELPERS])
        Path("number.txt").write_text(texts[IN_FILE])
        monkeypatch.setenv("NUMBER", texts[IN_ENVIRONMENT])
        scene = load(f"scene_{number}", texts[IN_SCENE].replace("HELPERS", helpers)).Shown
        shown = Film(scene, zoo("tanh"), (160, 90), 5)
        shots = cut(shown, FORMATS[".mp4"], tmp_path, lambda _: None)
        assert len(shots) == 2
        return [shot.key for shot in shots]

    return found


@pytest.mark.parametrize(("expression", "where", "before", "after"), EDITS)
def test_every_edit_is_noticed_and_nothing_else(expression, where, before, after, keys):
    texts = {
        IN_HELPERS: HELPERS,
        IN_SCENE: SCENE.replace("EXPRESSION", expression),
        IN_FILE: "1.0",
        IN_ENVIRONMENT: "1.0",
    }
    first = keys(texts)
    assert keys(texts) == first
    # What no frame shows is of no matter: a comment, and a name that nothing reads.
    assert keys(texts | {IN_SCENE: texts[IN_SCENE] + "\n# more\nUNUSED = 7\n"}) == first
    assert before in texts[where]
    edited = keys(texts | {where: texts[where].replace(before, after, 1)})
    assert edited[0] != first[0]


class Odd(Mobject):
    """Painted by nobody."""


class OwnRaster(Raster):
    """Painted by code of its own."""

    def paint(self, canvas):
        raise NotImplementedError


def test_what_is_painted_by_unknown_code_is_not_known():
    with pytest.raises(UnknownContentError):
        _Hasher().add_mobject(OwnRaster(np.zeros((4, 2))))


def test_what_is_not_painted_does_not_count():
    """A tracker of a value is a mobject that nobody sees."""
    tracker = ValueTracker(1)
    first = digest(tracker)
    tracker.set_value(2)
    assert digest(tracker) == first == digest(Odd())


def test_what_a_mobject_remembers_does_not_count():
    image = ImageRaster(np.zeros((4, 4, 3)), height=2)
    first = digest(image)
    image.save_state()
    image.target = image.copy()
    assert digest(image) == first
    assert digest(image.copy()) == first
    image.shift([1, 0, 0])
    assert digest(image) != first


def digest(mobject):
    hasher = _Hasher()
    hasher.add_mobject(mobject)
    return hasher.digest.hexdigest()


@pytest.mark.parametrize(
    "change",
    [
        lambda m: m.shift([1e-9, 0, 0]),
        lambda m: m.set_fill("#FF0000"),
        lambda m: m.set_stroke(width=3),
        lambda m: m.set_stroke("#FF0000", background=True, width=2),
        lambda m: m.set_opacity(0.5),
        lambda m: m.set_fill(["#FF0000", "#00FF00"]),
        lambda m: setattr(m, "cap_style", type(m.cap_style).ROUND),
        lambda m: setattr(m, "joint_type", type(m.joint_type).BEVEL),
    ],
)
def test_all_that_a_line_is_painted_from_counts(change):
    square = Square(fill_opacity=1)
    changed = square.copy()
    assert digest(changed) == digest(square)
    change(changed)
    assert digest(changed) != digest(square)


def test_points_are_told_apart():
    cloud = PMobject()
    cloud.add_points([[0, 0, 0], [1, 0, 0]])
    other = cloud.copy()
    assert digest(other) == digest(cloud)
    other.rgbas[0, 0] = 0.5
    assert digest(other) != digest(cloud)


@pytest.mark.parametrize(
    "pair",
    [
        ([1, 23], [12, 3]),
        (["a", "b"], ["ab"]),
        ([b""], []),
        ([1], [1.0]),
        ([True], [1]),
        (np.zeros(4), np.zeros((2, 2))),
        (np.zeros(1, "f4"), np.zeros(1, "i4")),
    ],
)
def test_different_values_never_read_the_same(pair):
    found = []
    for value in pair:
        hasher = _Hasher()
        hasher.add(value)
        found.append(hasher.digest.hexdigest())
    assert found[0] != found[1]


def test_a_long_animation_is_cut_and_told_of_as_one(zoo, tmp_path, monkeypatch):
    """Workers hear of all shots of an animation at once."""
    from tests.rendering.test_worker_pool import Sliding

    monkeypatch.setattr(film_module, "_SHOT_SECONDS", 0.4)
    reported = []
    shots = cut(
        Film(Sliding, zoo("tanh"), (160, 90), 5), FORMATS[".mp4"], tmp_path, reported.append
    )
    plays = [{shot.play for shot in together} for together in reported if together]
    assert all(len(play) == 1 for play in plays)
    assert len(plays) == len({shot.play for shot in shots})
    assert len(shots) > len(plays)
