"""Render the README's pictures again: python scripts/readme_pictures.py."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PIL import Image

import nnviz
from nnviz.figures.catalog import get_figure, save_figure

OUT = Path(__file__).parents[1] / "renders" / "readme"
#: Scenes and the second whose frame is shown.
STILLS = {"weight-images": 20.0, "descent-path": 10.5}
#: Frames of the film, at 30 a second, that are shown at 15: three seconds in two.
FLOW = range(54, 144, 3)


def main() -> None:
    recording = nnviz.default_run()
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        for scene, second in STILLS.items():
            path = nnviz.still(scene, recording, f"{scratch}/{scene}.png", second=second)
            Image.open(path).save(OUT / f"{scene}.webp", quality=90, method=6)
        folder = nnviz.render("feed-forward", recording, f"{scratch}/flow", n_images=1)
        first, *others = (
            Image.open(folder / f"{number:05}.png").resize((960, 540), Image.Resampling.LANCZOS)
            for number in FLOW
        )
        first.save(
            OUT / "feed-forward.webp",
            save_all=True,
            append_images=others,
            duration=67,
            loop=0,
            quality=75,
            method=6,
        )
    figure = get_figure("learning-curves").draw(recording, theme="light")
    save_figure(figure, OUT / "learning-curves.png")


if __name__ == "__main__":
    main()
