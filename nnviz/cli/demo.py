"""``nnviz demo``."""

from __future__ import annotations

from pathlib import Path

import click

_SCENES = {"feed-forward": {"n_images": 3}, "weight-images": {}, "descent-path": {}}


@click.command()
@click.option(
    "--out",
    default="renders/demo",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Folder for all of it.",
)
def demo(out: Path) -> None:
    """Train on the generated digits, then render the three videos and the figures."""
    from nnviz.cli.progress import TrainingProgress, progress_bars
    from nnviz.cli.train import summary
    from nnviz.data.catalog import load_data
    from nnviz.figures.catalog import FIGURES, save_figure
    from nnviz.recording.run import train
    from nnviz.rendering.workers import Job, render_all

    with progress_bars() as progress:
        observers = [TrainingProgress(progress)]
        recording = train(load_data("digits"), out / "run", force=True, observers=observers)
        click.echo(summary(recording))
        for name, entry in FIGURES.items():
            path = out / f"{name}.png"
            save_figure(entry.draw(recording, theme="dark"), path)
            click.echo(path)
        jobs = [
            Job(scene, recording.path, out / f"{scene}.mp4", options=options)
            for scene, options in _SCENES.items()
        ]
        tasks = {job.scene: progress.add_task(job.scene, total=None, note="") for job in jobs}
        render_all(
            jobs,
            on_progress=lambda job, drawn, total: progress.update(
                tasks[job.scene], completed=drawn, total=total
            ),
        )
    for job in jobs:
        click.echo(job.out)
