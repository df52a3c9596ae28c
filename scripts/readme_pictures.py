"""Render the README's pictures again: python scripts/readme_pictures.py."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from PIL import Image

import nnviz
from nnviz.figures.registry import get_figure
from nnviz.figures.saving import save_figure

OUT = Path(__file__).parents[1] / "renders" / "readme"
#: Scenes and the second whose frame is shown.
STILLS = {"weight-images": 20.0, "gradient-vector": 14.8}
#: Scenes, their options, and the frames shown of the 30 a second, each for so many
#: milliseconds: a loop.
LOOPS: dict[str, tuple[dict[str, Any], range, int]] = {
    "feed-forward": ({"n_images": 1}, range(54, 144, 3), 67),
    "descent-surface-3d": ({"seconds": 6.0}, range(108, 390, 6), 100),
}
#: The figure shown.
FIGURE = "optimizer-race"


def main() -> None:
    """Draw all pictures from the embedded default run."""
    recording = nnviz.default_run()
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        for scene, second in STILLS.items():
            path = nnviz.still(scene, recording, f"{scratch}/{scene}.png", second=second)
            Image.open(path).save(OUT / f"{scene}.webp", quality=90, method=6)
        for scene, (options, shown, milliseconds) in LOOPS.items():
            folder = nnviz.render(scene, recording, f"{scratch}/{scene}", **options)
            save_loop(scene, [folder / f"{number:05}.png" for number in shown], milliseconds)
        save_figure(get_figure(FIGURE).draw(recording, theme="dark"), f"{scratch}/{FIGURE}.png")
        figure = Image.open(f"{scratch}/{FIGURE}.png").convert("RGB")
        figure.thumbnail((1600, 1600))
        figure.save(OUT / f"{FIGURE}.webp", quality=85, method=6)


def save_loop(scene: str, frames: list[Path], milliseconds: int) -> None:
    """Save frames of a scene as a picture that moves without end.

    Parameters
    ----------
    scene
        Name of the scene, which names the file, too.
    frames
        Files of the frames, in order.
    milliseconds
        Time that each frame is shown.
    """
    first, *others = (
        Image.open(path).resize((960, 540), Image.Resampling.LANCZOS) for path in frames
    )
    first.save(
        OUT / f"{scene}.webp",
        save_all=True,
        append_images=others,
        duration=milliseconds,
        loop=0,
        quality=75,
        method=6,
    )


if __name__ == "__main__":
    main()
