"""Playing a Manim scene to an audience, which says which frames to draw and is shown them.

An *audience* is code that a scene is played to, such as the one that writes films: while Manim
goes through the scene's animations, the audience is told of each *play*, one call of the scene's
``play`` or ``wait``, and asked which of its frames it wants. Only those are drawn.
"""

from __future__ import annotations

import random
from collections.abc import Container, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import manim
import numpy as np
from manim import CairoRenderer, Mobject, Scene
from manim.utils.exceptions import EndSceneEarlyException
from manim.utils.iterables import list_update
from numpy.typing import NDArray

from nnviz.compat.camera import RasterCamera
from nnviz.compat.configuration import own_configuration
from nnviz.core.arrays import FloatArray
from nnviz.errors import SettingError

# Longest that an animation may last, seconds: a day, so that a slip does not fill the disk.
_LONGEST = 86_400


def painted_mobjects(scene: Scene, *, is_still: bool) -> tuple[list[Mobject], list[Mobject]]:
    """Return what the animation that has begun paints once, and what it paints in every frame.

    Parameters
    ----------
    scene
        The scene, with the animation begun.
    is_still
        Whether all frames of the animation are the same.

    Returns
    -------
    tuple
        Mobjects painted once, with the first frame, and those painted anew in every frame.
    """
    everything = list_update(scene.mobjects, scene.foreground_mobjects)
    if is_still:
        return everything, []
    return list(scene.static_mobjects), list(scene.moving_mobjects) or everything


class Audience(Protocol):
    """Code that a scene is played to: it says which frames to draw, and is shown those.

    An audience that has seen enough raises :class:`EndOfShow`.
    """

    def begin(self, scene: Scene, n_frames: int, *, is_still: bool) -> Container[int]:
        """Take note that an animation begins, and say which of its frames to draw.

        Parameters
        ----------
        scene
            The scene, with its ``animations`` begun and nothing of them drawn.
        n_frames
            Number of frames that the animation has.
        is_still
            Whether these frames are all the same.

        Returns
        -------
        Container
            The numbers of the frames to draw; it is asked once for each, from 0 on, when its
            turn has come.
        """

    def show(self, frame: int, pixels: NDArray[np.uint8]) -> None:
        """Take a frame that was drawn, before the next one is drawn into the same memory.

        Parameters
        ----------
        frame
            Number of the frame within the animation, from 0.
        pixels
            The frame, ``(height, width, 4)``: red, green and blue multiplied by opacity, and
            opacity. All frames of a still animation are the same array.
        """


@runtime_checkable
class Onlooker(Audience, Protocol):
    """An audience that also inspects the scene itself in every frame, drawn or not.

    It is what a *rehearsal* is played to: a run through the scene that draws little or nothing,
    to find out which frames differ.
    """

    def look(self, frame: int) -> None:
        """Inspect the scene as it is in a frame, whose number within the animation is given."""


class EndOfShow(EndSceneEarlyException):
    """Raised by an audience that has seen enough: the scene ends there, without an error."""


class PlayRenderer(CairoRenderer):
    """A renderer of Manim that plays a scene to an audience instead of writing a film.

    Frames that the audience does not want are skipped. So a frame must follow from how far its
    animation is, and not from the frames before it. Where mobjects or the scene have updaters,
    which may depend on earlier frames, every frame is gone through, drawn or not.

    Parameters
    ----------
    audience
        Says which frames to draw, and is shown them.
    """

    def __init__(self, audience: Audience) -> None:
        super().__init__(camera_class=RasterCamera)
        self._audience = audience
        self._look = audience.look if isinstance(audience, Onlooker) else None

    def play(self, scene: Scene, *args: Any, **kwargs: Any) -> None:
        """Play one animation to the audience.

        Parameters
        ----------
        scene
            The scene that is played.
        *args, **kwargs
            Arguments of the scene's ``play``: animations, and how they run.

        Raises
        ------
        SettingError
            If the animation lasts less than no time, or more than a day.
        """
        scene.compile_animation_data(*args, **kwargs)
        scene.begin_animations()
        _check_duration(scene.duration)
        frame_time = 1 / manim.config.frame_rate
        is_still = scene.is_current_animation_frozen_frame()
        # As many frames as Manim itself would write.
        times = np.arange(0, scene.duration, frame_time)
        n_frames = int(scene.duration / frame_time) if is_still else len(times)
        if self.file_writer.sections[-1].skip_animations:
            n_frames = 0
        wanted = self._audience.begin(scene, n_frames, is_still=is_still)
        if is_still:
            self._show_still(scene, n_frames, wanted)
        else:
            self._show_moving(scene, times[:n_frames], wanted)
        self.num_plays += 1
        self.time += n_frames * frame_time

    def scene_finished(self, scene: Scene) -> None:
        """Write nothing at the end of the scene: the audience has seen everything."""

    def _show_still(self, scene: Scene, n_frames: int, wanted: Container[int]) -> None:
        """Show frames that are all the same: they are drawn once, if any is wanted."""
        pixels = None
        for frame in range(n_frames):
            if self._look is not None:
                self._look(frame)
            if frame in wanted:
                if pixels is None:
                    self.update_frame(scene)
                    pixels = self._pixels()
                self._audience.show(frame, pixels)

    def _pixels(self) -> NDArray[np.uint8]:
        """Return what the camera has drawn, as an object that is new every time."""
        return np.asarray(self.camera.pixel_array, np.uint8).view()

    def _show_moving(self, scene: Scene, times: FloatArray, wanted: Container[int]) -> None:
        """Show frames at times ``(n_frames,)``, seconds into the animation, and end it."""
        assert scene.animations is not None
        sees_every_frame = self._look is not None or _has_updaters(scene)
        has_drawn = False
        for frame, t in enumerate(times):
            is_wanted = frame in wanted
            if sees_every_frame or is_wanted:
                scene.update_to_time(t)
            if self._look is not None:
                self._look(frame)
            if is_wanted:
                if not has_drawn:
                    self.save_static_frame_data(scene, scene.static_mobjects)
                    has_drawn = True
                self.update_frame(scene, scene.moving_mobjects)
                self._audience.show(frame, self._pixels())
        for animation in scene.animations:
            animation.finish()
            animation.clean_up_from_scene(scene)
        scene.update_mobjects(0)
        self.static_image = None


def _check_duration(seconds: float) -> None:
    """Raise ``SettingError`` if an animation cannot last so long."""
    if not 0 <= seconds <= _LONGEST:
        message = (
            f"an animation must last 0 to {_LONGEST:,} s; got {seconds:g} s. Choose a shorter time."
        )
        raise SettingError(message)


def _has_updaters(scene: Scene) -> bool:
    """Return whether a scene has code that runs in every frame, and may look back."""
    return bool(scene.updaters) or any(
        mobject.updaters for mobject in scene.get_mobject_family_members()
    )


def perform(
    scene: type[Scene],
    audience: Audience,
    *,
    size: tuple[int, int],
    frame_rate: float,
    folder: Path,
    transparent: bool = False,
    seed: int = 0,
    **arguments: Any,
) -> None:
    """Play a whole scene to an audience.

    Meanwhile Manim has its own configuration, whatever files of its users say. Random numbers of
    Python and NumPy come from a seed; afterwards they go on as before.

    Parameters
    ----------
    scene
        The class of the scene.
    audience
        Says which frames to draw, and is shown them.
    size
        Width and height of the frames, pixels.
    frame_rate
        Frames in a second.
    folder
        Where Manim writes intermediate files, such as text that was set.
    transparent
        Whether to leave the background out, so that frames are transparent there.
    seed
        Seed of random numbers, from 0 to 2**32 - 1.
    **arguments
        Keywords of the scene, such as ``recording`` and its options.
    """
    settings = {
        "dry_run": True,
        "media_dir": str(folder),
        "pixel_width": size[0],
        "pixel_height": size[1],
        "frame_rate": frame_rate,
        "transparent": transparent,
        "verbosity": "ERROR",
        "progress_bar": "none",
        "disable_caching": True,
        "seed": seed,
    }
    with manim.tempconfig({}):
        manim.config.update(own_configuration())
        manim.config.update(settings)
        with _seeded(seed):
            scene(renderer=PlayRenderer(audience), **arguments).render()


@contextmanager
def _seeded(seed: int) -> Iterator[None]:
    """Draw random numbers of Python and NumPy from a seed, and put their states back after."""
    states = random.getstate(), np.random.get_state()  # noqa: NPY002 (what scenes use)
    random.seed(seed)
    np.random.seed(seed)  # noqa: NPY002
    try:
        yield
    finally:
        random.setstate(states[0])
        np.random.set_state(states[1])  # noqa: NPY002
