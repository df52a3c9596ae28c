"""``nnviz demo``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

_SCENES: dict[str, dict[str, Any]] = {
    "feed-forward": {"n_images": 3},
    "weight-images": {},
    "descent-path": {},
    "descent-surface-3d": {},
}


@click.command()
@click.option(
    "--out",
    default="renders/demo",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Folder for all of it.",
)
def demo(out: Path) -> None:
    """Train on the generated digits, then render four videos and all figures."""
    from nnviz.cli.progress import TrainingProgress, frame_progress, progress_bars
    from nnviz.cli.train import summary
    from nnviz.data.catalog import load_data
    from nnviz.figures.catalog import FIGURES, save_figure
    from nnviz.recording.run import train
    from nnviz.rendering.job import render

    with progress_bars() as progress:
        observers = [TrainingProgress(progress)]
        recording = train(load_data("digits"), out / "run", force=True, observers=observers)
        click.echo(summary(recording))
        for name, entry in FIGURES.items():
            path = out / f"{name}.png"
            save_figure(entry.draw(recording, theme="dark"), path)
            click.echo(path)
        for scene, options in _SCENES.items():
            task = progress.add_task(scene, total=None, note="")
            on_progress = frame_progress(progress, task)
            path = out / f"{scene}.mp4"
            click.echo(render(scene, recording, path, on_progress=on_progress, **options))
