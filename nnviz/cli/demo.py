"""``nnviz demo``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from nnviz.core.training import Observer

_SCENES: dict[str, dict[str, Any]] = {
    "feed-forward": {"n_images": 3},
    "weight-images": {},
    "descent-path": {},
    "descent-surface-3d": {},
}
# File in a folder that holds a demo.
_MARKER = ".nnviz-demo"


@click.command()
@click.option(
    "--out",
    default="renders/demo",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Folder for all of it.",
)
@click.option("--force", is_flag=True, help="Replace what is there, not only an earlier demo.")
def demo(out: Path, *, force: bool) -> None:
    """Train on the generated digits, then render four videos and all figures."""
    from nnviz.cli.progress import TrainingProgress, frame_progress, progress_bars
    from nnviz.cli.train import summary
    from nnviz.data.sources import load_data
    from nnviz.errors import SettingError
    from nnviz.figures.registry import FIGURES
    from nnviz.figures.saving import check_figure_file, save_figure
    from nnviz.files import check_replaceable
    from nnviz.recording.folder import check_free
    from nnviz.recording.run import train
    from nnviz.rendering.job import render

    marker = out / _MARKER
    is_an_earlier_demo = marker.is_file()
    check_free(out / "run", force=force or (is_an_earlier_demo and _is_its_run(out)))
    figures = {name: out / f"{name}.png" for name in FIGURES}
    films = {name: out / f"{name}.mp4" for name in _SCENES}
    for path in (*figures.values(), *films.values()):
        if path.exists() and not (force or is_an_earlier_demo):
            message = f"{path} is there already, not of an earlier demo. Choose another --out."
            raise SettingError(message)
    for path in figures.values():
        check_figure_file(path, force=force)
    for path in films.values():
        check_replaceable(path, force=force)
    out.mkdir(parents=True, exist_ok=True)
    marker.write_text("", encoding="utf-8")
    with progress_bars() as progress:
        observers = [_mark(out), TrainingProgress(progress)]
        recording = train(load_data("digits"), out / "run", force=True, observers=observers)
        click.echo(summary(recording))
        for name, entry in FIGURES.items():
            save_figure(entry.draw(recording, theme="dark"), figures[name], force=force)
            click.echo(figures[name])
        for scene, options in _SCENES.items():
            task = progress.add_task(scene, total=None, note="")
            on_progress = frame_progress(progress, task)
            path = films[scene]
            render(scene, recording, path, force=force, on_progress=on_progress, **options)
            click.echo(path)


def _mark(out: Path) -> Observer:
    """Return what writes down which recording is the demo's, once it is there."""
    from nnviz.core.training import Observer, Training
    from nnviz.recording.manifest import read_manifest

    class Mark(Observer):
        def on_start(self, training: Training) -> None:  # noqa: ARG002
            writing = read_manifest(out / "run")["writing"]
            (out / _MARKER).write_text(writing, encoding="utf-8")

    return Mark()


def _is_its_run(out: Path) -> bool:
    """Tell whether the recording in a demo's folder is the one that it made."""
    from nnviz.errors import NnvizError
    from nnviz.recording.manifest import read_manifest

    try:
        writing = read_manifest(out / "run").get("writing")
    except NnvizError:
        return False
    return bool(writing) and (out / _MARKER).read_text(encoding="utf-8") == writing
