"""Time the drawing of frames and the making of films, by nnviz and by plain Manim."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Container
from pathlib import Path
from typing import Any

import manim
import numpy as np

from nnviz.compat.player import perform
from nnviz.recording.recording import Recording
from nnviz.rendering.job import QUALITIES, Quality, render
from nnviz.stage.scene import RecordingScene

#: Frames a second of everything that is measured.
RATE = 30
QUALITIES["1080p"] = Quality(1920, 1080, RATE)
QUALITIES["480p"] = Quality(854, 480, RATE)
QUALITIES["2160p"] = Quality(3840, 2160, RATE)

Measure = Callable[[], float]


class Timing:
    """An audience that notes when it sees each frame.

    Attributes
    ----------
    times
        When each frame was seen, seconds.
    """

    def __init__(self) -> None:
        self.times: list[float] = []

    def begin(self, scene: Any, n_frames: int, *, is_still: bool) -> Container[int]:  # noqa: ARG002
        """Want every frame that moves."""
        return () if is_still else range(n_frames)

    def show(self, frame: int, pixels: Any) -> None:  # noqa: ARG002
        """Note the time."""
        self.times.append(time.perf_counter())


class Frames:
    """An audience that keeps the frames of one animation.

    Parameters
    ----------
    play
        Number of the animation, from 0.

    Attributes
    ----------
    pictures
        Its frames, ``(height, width, 4)`` each.
    """

    def __init__(self, play: int) -> None:
        self.pictures: list[np.ndarray] = []
        self._coming = play

    def begin(self, scene: Any, n_frames: int, *, is_still: bool) -> Container[int]:  # noqa: ARG002
        """Want the frames of the animation."""
        self._coming -= 1
        return range(n_frames) if self._coming == -1 else ()

    def show(self, frame: int, pixels: np.ndarray) -> None:  # noqa: ARG002
        """Keep a frame."""
        self.pictures.append(pixels.copy())


def drawing(scene: type[manim.Scene], recording: Recording, seconds: float) -> float:
    """Return the median time between two frames of 1080p, milliseconds, without encoding.

    Parameters
    ----------
    scene
        A scene that takes a recording and a number of seconds.
    recording
        The recorded training to draw.
    seconds
        Length of the scene's one animation.
    """
    timing = Timing()
    with tempfile.TemporaryDirectory() as folder:
        perform(
            scene,
            timing,
            size=(1920, 1080),
            frame_rate=RATE,
            folder=Path(folder),
            recording=recording,
            seconds=seconds,
        )
    return 1000 * statistics.median(np.diff(timing.times))


def film(scene: str | type[RecordingScene], recording: Recording, **given: Any) -> float:
    """Return the time for each frame of a film that nnviz makes, milliseconds, all in all.

    Parameters
    ----------
    scene
        A scene, or its name.
    recording
        The recorded training to draw.
    **given
        Options of the scene and of :func:`nnviz.render`.
    """
    n_frames = 0

    def count(_done: int, total: int) -> None:
        nonlocal n_frames
        n_frames = total

    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        render(scene, recording, f"{folder}/film.mp4", cache=False, on_progress=count, **given)
        return 1000 * (time.perf_counter() - start) / n_frames


def plain_film(scene: type[RecordingScene], recording: Recording, seconds: float) -> float:
    """Return the time for each frame of a film that Manim makes by itself, milliseconds.

    Parameters
    ----------
    scene
        A scene that takes a recording and a number of seconds.
    recording
        The recorded training to draw.
    seconds
        Length of the film.
    """
    with tempfile.TemporaryDirectory() as folder:
        settings = {
            "media_dir": folder,
            "pixel_width": 1920,
            "pixel_height": 1080,
            "frame_rate": RATE,
            "verbosity": "ERROR",
            "progress_bar": "none",
            "disable_caching": True,
        }
        start = time.perf_counter()
        with manim.tempconfig(settings):
            scene(recording=recording, seconds=seconds).render()
        return 1000 * (time.perf_counter() - start) / (seconds * RATE)


def compare(name: str, measures: dict[str, Measure], rounds: int) -> dict[str, Any]:
    """Measure nnviz and its rivals in turn; print medians and how they compare.

    Parameters
    ----------
    name
        What is drawn.
    measures
        Functions that return milliseconds, by the name of what they measure; nnviz's first.
    rounds
        Number of times that each is measured.

    Returns
    -------
    dict
        The name, all times, and the median ratio of each rival's time to nnviz's.
    """
    times: dict[str, list[float]] = {each: [] for each in measures}
    for _ in range(rounds):
        for each, measure in measures.items():
            times[each].append(measure())
    ours, *rivals = times
    mine = statistics.median(times[ours])
    print(f"{name}\n  {ours:<42} {mine:8.1f} ms a frame, {1000 / mine:6.1f} frames/s")
    ratios = {}
    for rival in rivals:
        each = [a / b for a, b in zip(times[rival], times[ours], strict=True)]
        ratios[rival] = statistics.median(each)
        took = statistics.median(times[rival])
        spread = f"({min(each):.1f} to {max(each):.1f})"
        print(f"  {rival:<42} {took:8.1f} ms a frame, {ratios[rival]:6.1f}x {spread}")
    sys.stdout.flush()
    return {"name": name, "times": times, "ratios": ratios}
