"""``nnviz figures`` and ``nnviz figure``."""

from __future__ import annotations

from pathlib import Path

import click

from nnviz.cli.runs import OPTIONAL_RUN
from nnviz.cli.scenes import FORCE, THEME


@click.command()
def figures() -> None:
    """List the figures."""
    from nnviz.figures.catalog import FIGURES

    for name, entry in FIGURES.items():
        click.echo(f"{name:<16} {entry.description}")


@click.command()
@click.argument("name")
@OPTIONAL_RUN
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), help="PNG, SVG or PDF.  [default: NAME.png]"
)
@THEME
@FORCE
def figure(name: str, run: Path | None, out: Path | None, theme: str, *, force: bool) -> None:
    """Draw a figure of a recording, or of the default run."""
    from nnviz.cli.progress import points_progress, progress_bars
    from nnviz.cli.runs import recording_or_default
    from nnviz.figures.catalog import check_figure_file, get_figure, save_figure

    entry = get_figure(name)
    path = out or Path(f"{name}.png")
    check_figure_file(path, force=force)
    with progress_bars() as progress:
        recording = recording_or_default(run, progress)
        task = progress.add_task("measuring", total=None, note="")
        drawn = entry.draw(recording, theme=theme, on_progress=points_progress(progress, task))
    save_figure(drawn, path, force=force)
    click.echo(path)
