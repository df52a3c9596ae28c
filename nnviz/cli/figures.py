"""``nnviz figures`` and ``nnviz figure``: list the figures, or draw one."""

from __future__ import annotations

from pathlib import Path

import click

from nnviz.cli.arguments import FIGURE, FIGURE_OR_ALL, FORCE, OPTIONS, THEME, echo_options
from nnviz.cli.runs import OPTIONAL_RUN


@click.command()
@FIGURE_OR_ALL
def figures(name: str | None) -> None:
    """List the figures, or say what options the figure NAME has."""
    from nnviz.figures import FIGURES, get_figure

    if name is not None:
        chosen = get_figure(name)
        echo_options(chosen.description, chosen.options().values())
        return
    for each, spec in FIGURES.items():
        click.echo(f"{each:<16} {spec.description}")
        options = ", ".join(spec.options()) or "none"
        click.echo(f"{'':<16} options: {options}")
    click.echo("\nnnviz figures NAME says what the options mean.")


@click.command()
@FIGURE
@OPTIONAL_RUN
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), help="PNG, SVG or PDF.  [default: NAME.png]"
)
@OPTIONS
@THEME
@FORCE
def figure(
    name: str,
    run: Path | None,
    out: Path | None,
    options: tuple[str, ...],
    theme: str,
    *,
    force: bool,
) -> None:
    """Draw a figure of a recording, or of the default run."""
    from nnviz.cli.progress import count_progress, progress_bars
    from nnviz.cli.runs import recording_or_default
    from nnviz.figures.registry import get_figure
    from nnviz.figures.saving import check_figure_file, save_figure
    from nnviz.options import parse_option

    spec = get_figure(name)
    known = spec.options()
    given = dict(parse_option(known, option, f"figure {name}") for option in options)
    path = out or Path(f"{name}.png")
    check_figure_file(path, force=force)
    with progress_bars() as progress:
        recording = recording_or_default(run, progress)
        task = progress.add_task("measuring", total=None, note="")
        on_progress = count_progress(progress, task, "points")
        drawn = spec.draw(recording, theme=theme, on_progress=on_progress, **given)
    save_figure(drawn, path, force=force)
    click.echo(path)
