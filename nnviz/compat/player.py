"""Play a Manim scene to someone who says which frames to draw."""

from __future__ import annotations

import random
from collections.abc import Container
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

# Most that an animation may last, seconds: a day, so that a slip does not fill the disk.
_LONGEST = 86_400


def painted_mobjects(scene: Scene, *, is_still: bool) -> tuple[list[Mobject], list[Mobject]]:
    """Return what an animation paints once, with its first frame, and what in every frame."""
    everything = list_update(scene.mobjects, scene.foreground_mobjects)
    if is_still:
        return everything, []
    return list(scene.static_mobjects), list(scene.moving_mobjects) or everything


class Audience(Protocol):
    """Someone a scene is played to, who says which frames to draw."""

    def begin(self, scene: Scene, n_frames: int, *, is_still: bool) -> Container[int]:
        """Hear of an animation that begins.

        Parameters
        ----------
        scene
            With ``animations`` begun and nothing drawn.
        n_frames
            Of this animation.
        is_still
            Whether they are all the same.

        Returns
        -------
        Container
            Asked of every frame's number, from 0 on, whether it is to be drawn.
        """

    def show(self, frame: int, pixels: NDArray[np.uint8]) -> None:
        """See a frame, before the next is drawn in its place.

        Parameters
        ----------
        frame
            Its number within the animation.
        pixels
            ``(height, width, 4)``: colours multiplied by opacity, and opacity. The frames of
            a still are one array.
        """


@runtime_checkable
class Onlooker(Audience, Protocol):
    """An audience that looks at the scene in every frame, drawn or not."""

    def look(self, frame: int) -> None:
        """Look at the scene as it is in a frame, given its number within the animation."""


class PlayRenderer(CairoRenderer):
    """Plays a scene to an audience; frames that nobody wants take no time.

    An animation's frame must follow from how far the animation is, not from the frames
    before it. Where mobjects have updaters, which may look back, every frame is gone
    through, drawn or not.
    """

    def __init__(self, audience: Audience) -> None:
        super().__init__(camera_class=RasterCamera)
        self._audience = audience
        self._look = audience.look if isinstance(audience, Onlooker) else None

    def play(self, scene: Scene, *args: Any, **kwargs: Any) -> None:
        """Play one animation."""
        scene.compile_animation_data(*args, **kwargs)
        scene.begin_animations()
        frame_time = 1 / manim.config.frame_rate
        if not 0 <= scene.duration <= _LONGEST:
            message = (
                f"an animation must last 0 to {_LONGEST:,} s; got {scene.duration:g} s. "
                "Choose a shorter time."
            )
            raise SettingError(message)
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
        """Write nothing: the audience has seen everything."""

    def _show_still(self, scene: Scene, n_frames: int, wanted: Container[int]) -> None:
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
        return np.asarray(self.camera.pixel_array, np.uint8).view()  # another object every time

    def _show_moving(self, scene: Scene, times: FloatArray, wanted: Container[int]) -> None:
        assert scene.animations is not None
        step_through = bool(scene.updaters) or any(
            mobject.updaters for mobject in scene.get_mobject_family_members()
        )
        has_drawn = False
        for frame, t in enumerate(times):
            is_wanted = frame in wanted
            if step_through or is_wanted or self._look is not None:
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


class EndOfShow(EndSceneEarlyException):
    """Raised by an audience that has seen enough: the scene ends there."""


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

    Manim's configuration is its own for the time, whatever files of its users say. Random
    numbers of Python and NumPy come from a seed; afterwards they go on as before.

    Parameters
    ----------
    scene
        Its class.
    audience
        Says which frames to draw, and sees them.
    size
        Width and height, pixels.
    frame_rate
        Frames a second.
    folder
        For what Manim writes on the way, such as text that was set.
    transparent
        Leave the background out.
    seed
        Of random numbers, 0 to 2**32 - 1.
    **arguments
        Of the scene.
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
    states = random.getstate(), np.random.get_state()  # noqa: NPY002 (what scenes use)
    with manim.tempconfig({}):
        manim.config.update(own_configuration())
        manim.config.update(settings)
        random.seed(seed)
        np.random.seed(seed)  # noqa: NPY002
        try:
            scene(renderer=PlayRenderer(audience), **arguments).render()
        finally:
            random.setstate(states[0])
            np.random.set_state(states[1])  # noqa: NPY002
