"""``nnviz scenes``, ``nnviz render`` and ``nnviz storyboard``: list the scenes, or draw one."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from nnviz.cli.runs import OPTIONAL_RUN
from nnviz.options import Option

THEME = click.option("--theme", default="dark", show_default=True, help="dark, light or print.")
FORCE = click.option("--force", is_flag=True, help="Replace a file of another kind, too.")
OPTIONS = click.option(
    "-O", "--option", "options", multiple=True, metavar="NAME=VALUE", help="See nnviz scenes."
)

# Markup of docstrings: roles, as of names of classes, and double backticks around code.
_MARKUP = re.compile(r"(?::\w+:)?`+([^`]*)`+")


@click.command()
@click.argument("name", required=False)
def scenes(name: str | None) -> None:
    """List the scenes, or say what options the scene NAME has."""
    from nnviz.rendering.scene_registry import scene_class, scene_classes
    from nnviz.stage.scene import scene_options

    if name is not None:
        chosen = scene_class(name)
        echo_options(first_line_of(chosen), scene_options(chosen).values())
        return
    for each, scene in scene_classes().items():
        click.echo(f"{each:<18} {first_line_of(scene)}")
        options = [option.name for option in scene_options(scene, described=False).values()]
        click.echo(f"{'':<18} options: {', '.join(options)}")
    click.echo("\nnnviz scenes NAME says what the options mean.")


def echo_options(summary: str, options: Iterable[Option]) -> None:
    """Print what a scene or a figure is, and every option that it has.

    Parameters
    ----------
    summary
        What it is, in one line.
    options
        Its options; the markup of their descriptions is taken off.
    """
    click.echo(f"{summary}\n")
    for option in options:
        click.echo(option.describe())
        text = _MARKUP.sub(lambda match: match[1].rpartition(".")[2], option.description)
        click.echo(textwrap.indent(textwrap.fill(text, 76), "    "))


def first_line_of(scene: type) -> str:
    """Return the first line of a scene class's docstring; empty if it has none."""
    return (scene.__doc__ or "").partition("\n")[0]


@click.command()
@click.argument("scene")
@OPTIONAL_RUN
@click.option(
    "-q", "--quality", default="medium", show_default=True, help="draft, medium, high or 4k."
)
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    help="File: .mp4, .webm (no background) or .gif; without an ending, a folder of PNG files.  "
    "[default: SCENE.mp4]",
)
@click.option(
    "--still", type=float, metavar="SECONDS", help="Only the frame at this time, as a PNG file."
)
@OPTIONS
@THEME
@click.option("--workers", type=int, help="Processes that draw.  [default: one a processor]")
@click.option("--no-cache", is_flag=True, help="Draw everything anew.")
@FORCE
def render(
    scene: str,
    run: Path | None,
    quality: str,
    out: Path | None,
    still: float | None,
    options: tuple[str, ...],
    theme: str,
    workers: int | None,
    no_cache: bool,
    force: bool,
) -> None:
    """Render a scene of a recording, or of the default run, into a video."""
    from nnviz.cli.progress import count_progress, progress_bars
    from nnviz.cli.runs import recording_or_default
    from nnviz.rendering.job import render as render_scene
    from nnviz.rendering.stills import still as render_still

    given = _options(scene, options, theme)
    with progress_bars() as progress:
        recording = recording_or_default(run, progress)
        task = progress.add_task("rendering", total=None, note="")
        if still is not None:
            path = render_still(
                scene, recording, out, second=still, quality=quality, force=force, **given
            )
        else:
            path = render_scene(
                scene,
                recording,
                out,
                quality=quality,
                workers=workers,
                cache=not no_cache,
                force=force,
                on_progress=count_progress(progress, task, "frames", stride=1),
                **given,
            )
    click.echo(path)


@click.command()
@click.argument("scene")
@OPTIONAL_RUN
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    help="PNG file.  [default: SCENE-storyboard.png]",
)
@click.option("--frames", default=16, show_default=True, help="How many.")
@OPTIONS
@THEME
@FORCE
def storyboard(
    scene: str,
    run: Path | None,
    out: Path | None,
    frames: int,
    options: tuple[str, ...],
    theme: str,
    force: bool,
) -> None:
    """Draw a scene's frames, evenly spaced, on one sheet with their times."""
    from nnviz.cli.progress import progress_bars
    from nnviz.cli.runs import recording_or_default
    from nnviz.rendering.stills import storyboard as draw_storyboard

    given = _options(scene, options, theme)
    with progress_bars() as progress:
        recording = recording_or_default(run, progress)
        progress.add_task("drawing", total=None, note="")
        path = draw_storyboard(scene, recording, out, n_frames=frames, force=force, **given)
    click.echo(path)


def _options(scene: str, options: tuple[str, ...], theme: str) -> dict[str, Any]:
    """Return the values of a scene's options by their names; ``options`` are NAME=VALUE."""
    from nnviz.rendering.scene_registry import scene_class
    from nnviz.stage.scene import parse_scene_option

    chosen = scene_class(scene)
    return {"theme": theme} | dict(parse_scene_option(chosen, option) for option in options)
