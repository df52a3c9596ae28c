"""Time the encoder's presets, and measure how large and how true their films are."""

from __future__ import annotations

import statistics
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import av
import numpy as np
from measuring import RATE, Frames

from nnviz.compat.player import perform
from nnviz.recording.recording import Recording
from nnviz.rendering.encoder import ShotWriter
from nnviz.rendering.formats import FORMATS
from nnviz.rendering.scene_registry import scene_class

# Number of the animation in which activity flows into the first layer: its frames change most.
_PULSE = 3
# Presets of x264 from the fastest on, and its constant rate factors: less is better.
_PRESETS, _FACTORS = ("ultrafast", "superfast", "veryfast", "faster", "medium"), (18, 23)


@dataclass(frozen=True, slots=True)
class Encoded:
    """How pictures were encoded.

    Parameters
    ----------
    ms
        Time for each picture, milliseconds.
    kilobytes
        Size of each picture in the file, thousands of bytes.
    decibels
        Peak signal-to-noise ratio of the film.
    """

    ms: float
    kilobytes: float
    decibels: float


def compare_presets(made: dict[str, Recording], rounds: int) -> list[dict[str, Any]]:
    """Measure the encoder's presets on frames in which activity flows.

    Parameters
    ----------
    made
        Recorded trainings by their names; the one called ``full`` is drawn.
    rounds
        Number of times that each preset is measured.
    """
    pictures = _flowing(made["full"])
    print("Encoding 36 frames of FeedForward, 1080p, one thread: ms and kB a frame, PSNR")
    choices = [(preset, factor) for preset in _PRESETS for factor in _FACTORS]
    runs = [[encode(pictures, *choice) for choice in choices] for _ in range(rounds)]
    found = []
    for (preset, factor), measured in zip(choices, zip(*runs, strict=True), strict=True):
        took, last = statistics.median(each.ms for each in measured), measured[-1]
        size = f"{last.kilobytes:8.1f} kB {last.decibels:8.1f} dB"
        print(f"  {preset:<10} crf {factor} {took:8.1f} ms {size}")
        entry = {"preset": preset, "crf": factor, "ms": took}
        found.append(entry | {"kB": last.kilobytes, "dB": last.decibels})
    return found


def encode(pictures: list[np.ndarray], preset: str, factor: int) -> Encoded:
    """Encode pictures as a film, and compare it with them.

    Parameters
    ----------
    pictures
        Frames, ``(1080, 1920, 4)`` each.
    preset
        Name of the encoder's preset.
    factor
        Its constant rate factor.
    """
    mp4 = FORMATS[".mp4"]
    form = replace(mp4, options=mp4.options | {"preset": preset, "crf": str(factor)})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "shot.mp4")
        start = time.perf_counter()
        writer = ShotWriter(path, form, (1920, 1080), RATE)
        for picture in pictures:
            writer.write(picture)
        writer.close()
        took = time.perf_counter() - start
        kilobytes = path.stat().st_size / 1000 / len(pictures)
        return Encoded(1000 * took / len(pictures), kilobytes, _signal_to_noise(path, pictures))


def _flowing(recording: Recording) -> list[np.ndarray]:
    """Return the frames in which activity flows into the first layer."""
    frames = Frames(_PULSE)
    with tempfile.TemporaryDirectory() as folder:
        perform(
            scene_class("feed-forward"),
            frames,
            size=(1920, 1080),
            frame_rate=RATE,
            folder=Path(folder),
            recording=recording,
            n_images=1,
        )
    return frames.pictures


def _signal_to_noise(path: Path, pictures: list[np.ndarray]) -> float:
    """Return the peak signal-to-noise ratio of a film of pictures, decibels."""
    with av.open(path) as container:
        squares = [
            np.square(frame.to_ndarray(format="rgb24") - picture[..., :3].astype(float)).mean()
            for frame, picture in zip(container.decode(video=0), pictures, strict=True)
        ]
    return float(10 * np.log10(255**2 / np.mean(squares)))
