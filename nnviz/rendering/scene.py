"""The base of every scene: a recording, a theme and options."""

from __future__ import annotations

from math import isfinite
from types import UnionType
from typing import Any, get_args, get_type_hints

from manim import Scene

from nnviz.errors import SettingError, UnknownNameError
from nnviz.recording.default import find_recording
from nnviz.recording.recording import Recording
from nnviz.rendering.compat import (
    RasterCamera,
    check_version,
    disable_animation_cache,
    set_background,
)
from nnviz.view.themes import Theme, get_theme


class RecordingScene(Scene):
    """A scene about one recorded training.

    Options are class attributes with a type; a keyword of the same name, or a subclass,
    gives another value.

    Parameters
    ----------
    *args
        Passed on to Manim.
    recording
        The training to show. By default the run that the environment variable
        ``NNVIZ_RUN`` names, and without one the embedded default run.
    **options
        Options of the scene; what is none goes on to Manim.

    Attributes
    ----------
    theme
        Name of the theme: ``dark``, ``light`` or ``print``.

    Raises
    ------
    SettingError
        If an option's value is not of its type.
    """

    theme: str = "dark"

    def __init__(self, *args: Any, recording: Recording | None = None, **options: Any) -> None:
        check_version()
        disable_animation_cache()
        kinds = scene_options(type(self))
        for name in kinds.keys() & options.keys():
            setattr(self, name, _checked(name, options.pop(name), kinds[name]))
        self._given_recording = recording
        self.colors: Theme = get_theme(self.theme)
        options["camera_class"] = RasterCamera
        super().__init__(*args, **options)
        set_background(self, self.colors.background)

    def setup(self) -> None:
        """Find the recording."""
        self.recording = self._given_recording or find_recording()


def scene_options(scene: type) -> dict[str, type | UnionType]:
    """Return the options of a scene class and their types.

    An option may be text or, in Python, an object that text can name.
    """
    found: dict[str, type | UnionType] = {}
    for owner in reversed(scene.__mro__):
        if issubclass(owner, RecordingScene):
            names = vars(owner).get("__annotations__", {})
            hints = get_type_hints(owner)
            found |= {name: hints[name] for name in names if _is_option(name, hints[name])}
    return found


def _is_option(name: str, kind: Any) -> bool:
    return not name.startswith("_") and (kind in _WORDS or isinstance(kind, UnionType))


def parse_option(scene: type, text: str) -> tuple[str, Any]:
    """Read ``name=value`` as an option of a scene.

    Raises
    ------
    SettingError
        If the text has no ``=``, or the value is not of the option's type.
    UnknownNameError
        If the scene has no such option.
    """
    name, equals, value = text.partition("=")
    name = name.strip().replace("-", "_")
    kinds = scene_options(scene)
    if not equals:
        message = f"option must have the form name=value; got {text!r}."
        raise SettingError(message)
    if name not in kinds:
        kind = f"option of {scene.__name__}"
        raise UnknownNameError(kind, name, kinds)
    return name, _checked(name, _read(value.strip(), kinds[name]), kinds[name])


_TRUTHS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_WORDS = {bool: "true or false", int: "a whole number", float: "a number", str: "text"}


def _read(value: str, kind: type | UnionType) -> Any:
    if kind is bool:
        return _TRUTHS.get(value.lower(), value)
    try:
        return kind(value) if isinstance(kind, type) else value
    except ValueError:
        return value


def _checked(name: str, value: Any, kind: type | UnionType) -> Any:
    if kind is float and type(value) is int:
        value = float(value)
    if isinstance(value, float) and not isfinite(value):
        message = f"option {name} must be a finite number; got {value}."
        raise SettingError(message)
    kinds = get_args(kind) or (kind,)
    if type(value) not in kinds:
        words = " or ".join(_WORDS.get(each, f"a {each.__name__}") for each in kinds)
        message = f"option {name} must be {words}; got {value!r}."
        raise SettingError(message)
    return value
