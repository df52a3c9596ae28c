"""Render the README's pictures again: python scripts/readme_pictures.py."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import av
from PIL import Image

import nnviz
from nnviz.figures.catalog import get_figure, save_figure

OUT = Path(__file__).parents[1] / "renders" / "readme"
#: Scene, its options, and the second whose frame is shown.
STILLS = {
    "feed-forward": ({"n_images": 2}, 5.8),
    "weight-images": ({}, 20.0),
    "descent-path": ({}, 10.5),
}


def main() -> None:
    recording = nnviz.default_run()
    OUT.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp())
    try:
        for scene, (options, second) in STILLS.items():
            video = nnviz.render(scene, recording, scratch / f"{scene}.mp4", **options)
            _frame(video, second).save(OUT / f"{scene}.webp", quality=90, method=6)
        figure = get_figure("learning-curves").draw(recording, theme="light")
        save_figure(figure, OUT / "learning-curves.png")
    finally:
        shutil.rmtree(scratch)


def _frame(video: Path, second: float) -> Image.Image:
    with av.open(video) as container:
        for frame in container.decode(video=0):
            if frame.time >= second:
                return frame.to_image()
    message = f"{video.name} must last {second} s; it is shorter."
    raise ValueError(message)


if __name__ == "__main__":
    main()
