from __future__ import annotations

import pytest

from nnviz.errors import SettingError, UnknownNameError
from nnviz.rendering.scene_registry import scene_class, scene_classes, scene_name
from nnviz.stage.scene import RecordingScene, parse_scene_option, scene_options
from nnviz.view.themes import LIGHT, PRINT, Theme

pytestmark = pytest.mark.render


class Example(RecordingScene):
    count: int = 3
    fast: bool = False
    length: float = 1.0
    _hidden: int = 5


def test_options_are_the_typed_class_attributes():
    kinds = {name: option.kind for name, option in scene_options(Example).items()}
    assert kinds == {"theme": Theme, "count": int, "fast": bool, "length": float}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("count=7", ("count", 7)),
        ("fast=true", ("fast", True)),
        ("fast = no", ("fast", False)),
        ("length=2", ("length", 2.0)),
        ("theme=light", ("theme", "light")),
    ],
)
def test_parse_option_takes_the_type_of_the_option(text, expected):
    assert parse_scene_option(Example, text) == expected


@pytest.mark.parametrize("text", ["count=many", "fast=perhaps", "length=long", "count=1.5"])
def test_parse_option_refuses_another_type(text):
    with pytest.raises(SettingError, match=r"option \w+ must be .*; got"):
        parse_scene_option(Example, text)


def test_parse_option_needs_an_equals_sign():
    with pytest.raises(SettingError, match="must have the form name=value; got 'count'"):
        parse_scene_option(Example, "count")


def test_parse_option_suggests_a_name():
    with pytest.raises(UnknownNameError, match="Did you mean 'count'"):
        parse_scene_option(Example, "cuont=3")


def test_options_are_set_by_keyword(tiny_recording):
    scene = Example(recording=tiny_recording, count=9, theme="light")
    assert (scene.count, scene.theme.name) == (9, "light")


def test_a_keyword_of_the_wrong_type_is_refused(tiny_recording):
    with pytest.raises(SettingError, match="option count must be a whole number; got 'x'"):
        Example(recording=tiny_recording, count="x")


def test_scene_finds_the_run_of_the_environment(tiny_recording, monkeypatch):
    monkeypatch.setenv("NNVIZ_RUN", str(tiny_recording.path))
    scene = Example()
    scene.setup()
    assert scene.recording.path == tiny_recording.path


def test_every_scene_has_its_name_in_kebab_case():
    assert {"feed-forward", "weight-images", "descent-path"} <= set(scene_classes())
    for name, scene in scene_classes().items():
        assert scene_name(scene) == name
        assert scene.__doc__


def test_unknown_scene_lists_the_known():
    with pytest.raises(UnknownNameError, match=r"feed-forward.*Did you mean 'feed-forward'"):
        scene_class("feed-foward")


def test_scene_classes_can_be_imported():
    from nnviz.scenes import FeedForward

    assert scene_class("feed-forward") is FeedForward
    with pytest.raises(ImportError):
        from nnviz.scenes import Nothing  # noqa: F401


def test_an_annotation_without_a_value_is_no_option(tiny_recording):
    class Counting(RecordingScene):
        n_done: int

    assert list(scene_options(Counting)) == ["theme"]
    Counting(recording=tiny_recording)


def test_a_scene_may_annotate_its_theme_as_text(tiny_recording):
    class Old(RecordingScene):
        theme: str = "light"

    assert Old(recording=tiny_recording).theme is LIGHT
    assert Old(recording=tiny_recording, theme=PRINT).theme is PRINT
