"""The base of every scene: a recording, a theme and options."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, get_type_hints

from manim import Scene

from nnviz.compat.camera import RasterCamera, set_background
from nnviz.compat.configuration import disable_animation_cache
from nnviz.compat.version import check_version
from nnviz.deprecation import check_given_once, warn_renamed
from nnviz.options import Option, documented, is_option_kind, parse_option
from nnviz.recording.default import find_recording
from nnviz.recording.recording import Recording
from nnviz.view.themes import DARK, Theme, get_theme

# Functions that turn the name of an object into the object, by the name of the option: a scene
# may give its own annotation to what it inherits.
_CONVERTERS: dict[str, Callable[[Any], Any]] = {"theme": get_theme}


class _FormerName:
    """Finds an attribute of a scene by its former name, which a scene may use for its own."""

    def __init__(self, new: str) -> None:
        self._new = new

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = f"{owner.__name__}.{name}"

    def __get__(self, instance: Any, owner: type) -> Any:
        if instance is None:
            return self
        warn_renamed(self._name, self._new)
        return getattr(instance, self._new)


class RecordingScene(Scene):
    """A Manim scene about one recorded training, with options.

    An option is a class attribute with a type annotation and a default. It is described under
    *Attributes* in the docstring of its class, and given another value by a keyword of the same
    name or by a subclass; those of nnviz's own scenes also at the command line.

    Parameters
    ----------
    *args
        Arguments of Manim's ``Scene``.
    recording
        The recorded training to show. By default it is the run that the environment variable
        ``NNVIZ_RUN`` names, or the embedded default run if that is not set.
    **options
        Options of the scene by their names; all other keywords go to Manim's ``Scene``.

    Attributes
    ----------
    theme
        Colours of the scene: ``dark``, ``light`` or ``print``; in Python, also a
        :class:`nnviz.view.Theme`.

    Raises
    ------
    SettingError
        If an option's value is not of its type.
    """

    theme: Theme = DARK

    #: Names that options had in the release before, and the names that they have now.
    renamed_options: ClassVar[Mapping[str, str]] = {}

    def __init__(self, *args: Any, recording: Recording | None = None, **options: Any) -> None:
        check_version()
        disable_animation_cache()
        for old, new in self.renamed_options.items():
            check_given_once(old, new, options)
            if old in options:
                options[_new_name(type(self), old)] = options.pop(old)
            elif hasattr(type(self), old) and new not in options:  # by a subclass
                options[_new_name(type(self), old)] = getattr(self, old)
        for name, option in scene_options(type(self), described=False).items():
            if name in options:
                setattr(self, name, option.check(options.pop(name)))
        self.theme = get_theme(self.theme)  # a subclass may give a theme's name
        self._given_recording = recording
        options["camera_class"] = RasterCamera
        super().__init__(*args, **options)
        set_background(self, self.theme.background)

    def setup(self) -> None:
        """Find the recording to show, before the scene is constructed."""
        self.recording = self._given_recording or find_recording()

    colors = _FormerName("theme")


def scene_options(scene: type, *, described: bool = True) -> dict[str, Option]:
    """Return the options of a scene class by their names, those of its base classes first.

    Parameters
    ----------
    scene
        A subclass of :class:`RecordingScene`.
    described
        Whether to read the descriptions of the options from the docstrings, which takes some
        milliseconds.
    """
    options: dict[str, Option] = {}
    for owner in reversed(scene.__mro__):
        if issubclass(owner, RecordingScene):
            texts = documented(owner.__doc__) if described else {}
            hints = get_type_hints(owner)
            for name in vars(owner).get("__annotations__", {}):
                kind, convert = hints[name], _CONVERTERS.get(name)
                is_option = not name.startswith("_") and hasattr(scene, name)
                if is_option and (convert or is_option_kind(kind)):
                    default = getattr(scene, name)
                    options[name] = Option(name, kind, default, texts.get(name, ""), convert)
    return options


def parse_scene_option(scene: type[RecordingScene], text: str) -> tuple[str, Any]:
    """Read ``name=value`` as an option of a scene.

    Parameters
    ----------
    scene
        The class of the scene.
    text
        The option as it was written at the command line.

    Returns
    -------
    tuple
        Name and value of the option.

    Raises
    ------
    SettingError
        If the text has no ``=``, or the value is not of the option's type.
    UnknownNameError
        If the scene has no such option.
    """
    name, equals, value = text.partition("=")
    former = name.strip().replace("-", "_")
    if former in scene.renamed_options:
        text = f"{_new_name(scene, former)}{equals}{value}"
    return parse_option(scene_options(scene, described=False), text, scene.__name__)


def _new_name(scene: type[RecordingScene], old: str) -> str:
    """Return the name that a renamed option has now, with a warning."""
    new = scene.renamed_options[old]
    warn_renamed(f"option {old} of {scene.__name__}", new)
    return new
