"""``nnviz demo``: a recording, its figures and some films, in one folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.progress import Progress

    from nnviz.core.training import Observer
    from nnviz.recording.recording import Recording

# The scenes to render, by their names, and their options.
_SCENES: dict[str, dict[str, Any]] = {
    "feed-forward": {"n_images": 3},
    "weight-images": {},
    "descent-path": {},
    "descent-surface-3d": {},
}
# File in a folder that holds a demo; it names the recording that is the demo's own.
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
    from nnviz.cli.progress import progress_bars

    folder = _DemoFolder(out)
    folder.check_free(force=force)
    folder.mark()
    with progress_bars() as progress:
        recording = _train(folder, progress)
        _draw_figures(folder, recording, force=force)
        _render_films(folder, recording, progress, force=force)


@dataclass(frozen=True, slots=True)
class _DemoFolder:
    """The folder of a demo.

    Parameters
    ----------
    path
        The folder; it need not be there.
    """

    path: Path

    @property
    def run(self) -> Path:
        """Folder of the recording."""
        return self.path / "run"

    @property
    def figures(self) -> dict[str, Path]:
        """Files of the figures by their names."""
        from nnviz.figures.registry import FIGURES

        return {name: self.path / f"{name}.png" for name in FIGURES}

    @property
    def films(self) -> dict[str, Path]:
        """Files of the films by their scenes' names."""
        return {name: self.path / f"{name}.mp4" for name in _SCENES}

    @property
    def _marker(self) -> Path:
        return self.path / _MARKER

    def check_free(self, *, force: bool) -> None:
        """Check that nothing but an earlier demo would be replaced; with ``force``, much else."""
        from nnviz.errors import SettingError
        from nnviz.figures.saving import check_figure_file
        from nnviz.files import check_replaceable
        from nnviz.recording.folder import check_free

        is_an_earlier_demo = self._marker.is_file()
        check_free(self.run, force=force or (is_an_earlier_demo and self._holds_its_run()))
        for path in (*self.figures.values(), *self.films.values()):
            if path.exists() and not (force or is_an_earlier_demo):
                message = f"{path} is there already, not of an earlier demo. Choose another --out."
                raise SettingError(message)
        for path in self.figures.values():
            check_figure_file(path, force=force)
        for path in self.films.values():
            check_replaceable(path, force=force)

    def mark(self, writing: str = "") -> None:
        """Mark the folder as one of a demo.

        Parameters
        ----------
        writing
            Identifier of the demo's recording; empty if that has not been begun.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        self._marker.write_text(writing, encoding="utf-8")

    def mark_with_run(self) -> None:
        """Mark the folder with the recording that is in it now."""
        from nnviz.recording.manifest import read_manifest

        self.mark(read_manifest(self.run)["writing"])

    def _holds_its_run(self) -> bool:
        """Tell whether the recording in the folder is the one that the demo made."""
        from nnviz.errors import NnvizError
        from nnviz.recording.manifest import read_manifest

        try:
            writing = read_manifest(self.run).get("writing")
        except NnvizError:
            return False
        return bool(writing) and self._marker.read_text(encoding="utf-8") == writing


def _train(folder: _DemoFolder, progress: Progress) -> Recording:
    """Train on the generated digits into a demo's folder."""
    from nnviz.cli.progress import TrainingProgress
    from nnviz.cli.train import summary
    from nnviz.data.sources import load_data
    from nnviz.recording.run import train

    observers = [_mark_at_start(folder), TrainingProgress(progress)]
    recording = train(load_data("digits"), folder.run, force=True, observers=observers)
    click.echo(summary(recording))
    return recording


def _mark_at_start(folder: _DemoFolder) -> Observer:
    """Return the observer that marks a demo's folder once its recording is there."""
    from nnviz.core.training import Observer, Training

    class MarkAtStart(Observer):
        def on_start(self, training: Training) -> None:  # noqa: ARG002
            folder.mark_with_run()

    return MarkAtStart()


def _draw_figures(folder: _DemoFolder, recording: Recording, *, force: bool) -> None:
    """Draw every figure of a recording into a demo's folder."""
    from nnviz.figures.registry import FIGURES
    from nnviz.figures.saving import save_figure

    for name, path in folder.figures.items():
        save_figure(FIGURES[name].draw(recording, theme="dark"), path, force=force)
        click.echo(path)


def _render_films(
    folder: _DemoFolder, recording: Recording, progress: Progress, *, force: bool
) -> None:
    """Render the scenes of a demo into its folder."""
    from nnviz.cli.progress import count_progress
    from nnviz.rendering.job import render

    for scene, path in folder.films.items():
        task = progress.add_task(scene, total=None, note="")
        on_progress = count_progress(progress, task, "frames", stride=1)
        render(scene, recording, path, force=force, on_progress=on_progress, **_SCENES[scene])
        click.echo(path)
