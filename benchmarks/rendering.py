"""Time what nnviz draws against plain Manim, and itself by size, resolution and processes.

Every comparison shows the same recorded arrays in both, in turn, several times over; medians
are reported. ``drawing`` is the time between frames, without what comes before the first and
without encoding; ``film`` is a whole scene, from nothing to a finished mp4.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import Any

# Read when the libraries are first loaded: a process draws by one thread.
os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")

import numpy as np
from encoding import compare_presets
from glow import (
    IMAGES_WORK,
    GlowingEdges,
    GlowingImages,
    PlainGlowingEdges,
    PlainGlowingImages,
)
from measuring import Frames, compare, drawing, film, plain_film
from PIL import Image
from terrain import MESH, PlainTurningSurface, TurningSurface, costs_of

from nnviz.compat.player import perform
from nnviz.data.dataset import Dataset, LabelledImages
from nnviz.data.sources import load_data
from nnviz.recording.recording import Recording
from nnviz.recording.run import train

FULL, SMALL = (784, 16, 16, 10), (16, 16, 16, 10)

# Measures a film in a process of its own, whose memory is then the film's.
GROWTH = """
import json, resource, sys, time
sys.path.insert(0, {here!r})
import measuring
from nnviz.recording.recording import Recording
took = measuring.film(
    "feed-forward", Recording.open({path!r}), quality={quality!r}, workers=2, n_images=2
)
kilobytes = max(
    resource.getrusage(who).ru_maxrss
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
)
print(json.dumps([took, kilobytes / 1e6]))
"""


def recordings(folder: Path) -> dict[str, Recording]:
    """Train the networks to be shown, on the digits that come with nnviz.

    Parameters
    ----------
    folder
        Where the recordings are kept.

    Returns
    -------
    dict
        The recordings by the names that the parts of this benchmark know them by.
    """
    digits = load_data("digits")
    made = {}
    for name, layers, data in (
        ("full", FULL, digits),
        ("64", (784, 64, 64, 10), digits),
        ("256", (784, 256, 256, 10), digits),
        ("small", SMALL, shrink(digits, 2, 8)),
        ("64 pixels", (64, 16, 16, 10), shrink(digits, 8, 8)),
    ):
        made[name] = train(
            data, folder / name, layers=layers, learning_rate=0.5, epochs=2, record="log:600"
        )
    return made


def shrink(data: Dataset, height: int, width: int) -> Dataset:
    """Return a data set whose images have fewer pixels, each the mean of some of them.

    Parameters
    ----------
    data
        Images of 28 x 28 pixels, whose border of 2 is cut off.
    height, width
        Pixels of the small images, divisors of 24.
    """

    def means(labelled: LabelledImages) -> LabelledImages:
        cut = np.asarray(labelled.images)[:, 2:26, 2:26].astype(float)
        blocks = cut.reshape(len(cut), height, 24 // height, width, 24 // width).mean(axis=(2, 4))
        return LabelledImages(blocks.astype(np.uint8), labelled.labels)

    return Dataset(f"{data.name} of {height} x {width}", means(data.train), means(data.test))


def edges(made: dict[str, Recording], rounds: int) -> list[dict[str, Any]]:
    """Compare edges that all change in every frame."""
    full, small = made["full"], made["small"]
    return [
        compare(
            "12,960 edges, drawing, 1080p",
            {
                "nnviz": lambda: drawing(GlowingEdges, full, 2.0),
                "plain Manim, a Line an edge": lambda: drawing(PlainGlowingEdges, full, 0.3),
            },
            rounds,
        ),
        compare(
            "672 edges, film of 8 s, 1080p",
            {
                "nnviz": lambda: film(GlowingEdges, small, quality="1080p", seconds=8.0),
                "plain Manim, a Line an edge": lambda: plain_film(PlainGlowingEdges, small, 8.0),
            },
            rounds,
        ),
        compare(
            "12,960 edges, film of 4 s, 1080p",
            {
                "nnviz": lambda: film(GlowingEdges, full, quality="1080p"),
                "plain Manim, a Line an edge": lambda: plain_film(PlainGlowingEdges, full, 4.0),
            },
            rounds,
        ),
    ]


def images(made: dict[str, Recording], rounds: int) -> list[dict[str, Any]]:
    """Compare images that all change in every frame."""
    rival = "plain Manim, ImageMobject" if IMAGES_WORK else "plain Manim, a Square a pixel"
    return [
        compare(
            "16 images of 28 x 28, drawing, 1080p",
            {
                "nnviz": lambda: drawing(GlowingImages, made["full"], 2.0),
                rival: lambda: drawing(PlainGlowingImages, made["full"], 0.3),
            },
            rounds,
        )
    ]


def surface(made: dict[str, Recording], rounds: int) -> list[dict[str, Any]]:
    """Compare a turning cost surface of one mesh."""
    costs_of(made["full"])  # measured once, and then kept beside the recording
    return [
        compare(
            f"cost surface of {MESH} x {MESH} points, turning, drawing, 1080p",
            {
                "nnviz": lambda: drawing(TurningSurface, made["full"], 2.0),
                "plain Manim, Surface": lambda: drawing(PlainTurningSurface, made["full"], 0.3),
            },
            rounds,
        )
    ]


def workers(made: dict[str, Recording], rounds: int) -> list[dict[str, Any]]:
    """Compare two processes with one, and a small network with real time."""
    given = {"scene": "feed-forward", "recording": made["full"], "quality": "1080p"}
    return [
        compare(
            "FeedForward, film of 30 s, 1080p",
            {
                "nnviz, two workers": lambda: film(**given, workers=2),
                "nnviz, one worker": lambda: film(**given, workers=1),
            },
            rounds,
        ),
        compare(
            "FeedForward of 64-16-16-10, film of 30 s, 480p",
            {"nnviz": lambda: film("feed-forward", made["64 pixels"], quality="480p")},
            rounds,
        ),
    ]


def growth(made: dict[str, Recording], rounds: int) -> list[dict[str, Any]]:
    """Measure films of larger networks in finer resolutions, and the memory of a process.

    The finest resolution is measured once, as it takes longest.
    """
    found = []
    print("FeedForward of 2 images, film, two workers: ms a frame, GB of the largest process")
    for name in ("full", "64", "256"):
        recording = made[name]
        sizes = recording.sizes
        n_edges = sum(a * b for a, b in pairwise(sizes))
        for quality in ("480p", "1080p", "2160p"):
            program = GROWTH.format(
                here=str(Path(__file__).parent), path=str(recording.path), quality=quality
            )
            runs = [
                json.loads(subprocess.check_output([sys.executable, "-c", program]))
                for _ in range(rounds if quality != "2160p" else 1)
            ]
            took, gigabytes = map(statistics.median, zip(*runs, strict=True))
            line = f"  {'-'.join(map(str, sizes)):<18} {n_edges:>9,} edges {quality:>6}"
            print(f"{line} {took:8.1f} ms {gigabytes:6.2f} GB", flush=True)
            entry = {"edges": n_edges, "quality": quality, "ms": took, "GB": gigabytes}
            found.append({"sizes": list(sizes)} | entry)
    return found


def pictures(made: dict[str, Recording], rounds: int) -> list[dict[str, Any]]:  # noqa: ARG001
    """Draw one recorded step by plain Manim and by nnviz, and save both side by side."""
    seen = []
    for scene in (PlainGlowingEdges, GlowingEdges):
        frames = Frames(0)
        with tempfile.TemporaryDirectory() as folder:
            settings = {"size": (1920, 1080), "frame_rate": 5, "folder": Path(folder)}
            perform(scene, frames, recording=made["full"], seconds=0.2, **settings)
        seen.append(frames.pictures[0][..., :3])
    difference = np.abs(seen[0].astype(float) - seen[1])
    plain, ours = seen
    halves = np.concatenate([plain[120:960, 60:1010], ours[120:960, 60:1010]], axis=1)
    path = Path(__file__).with_name("side-by-side.webp")
    Image.fromarray(halves).save(path, quality=85, method=6)
    correlation = float(np.corrcoef(plain.ravel(), ours.ravel())[0, 1])
    print(
        f"plain Manim (left) and nnviz (right) in {path.name}: mean brightness "
        f"{plain.mean():.2f} and {ours.mean():.2f} of 255, mean difference "
        f"{difference.mean():.2f}, correlation {correlation:.3f}"
    )
    return [{"difference": float(difference.mean()), "correlation": correlation}]


PARTS = {
    "edges": edges,
    "images": images,
    "surface": surface,
    "workers": workers,
    "encoding": compare_presets,
    "pictures": pictures,
    "growth": growth,
}


def main() -> None:
    """Run the parts asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], help="all, unless named")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path, help="write what was measured here, too")
    arguments = parser.parse_args()
    versions = {name: version(name) for name in ("manim", "numpy", "scipy", "pillow", "av")}
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors, {versions}")
    with tempfile.TemporaryDirectory() as folder:
        made = recordings(Path(folder))
        found = {part: PARTS[part](made, arguments.rounds) for part in arguments.parts or PARTS}
    if arguments.json:
        arguments.json.write_text(json.dumps({"versions": versions} | found, indent=2) + "\n")


if __name__ == "__main__":
    main()
