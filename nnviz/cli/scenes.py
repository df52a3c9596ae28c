"""``nnviz scenes``, ``nnviz render`` and ``nnviz storyboard``: list the scenes, or draw one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from nnviz.cli.arguments import FORCE, OPTIONS, SCENE, SCENE_OR_ALL, THEME, echo_options
from nnviz.cli.runs import OPTIONAL_RUN


@click.command()
@SCENE_OR_ALL
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


def first_line_of(scene: type) -> str:
    """Return the first line of a scene class's docstring; empty if it has none."""
    return (scene.__doc__ or "").partition("\n")[0]


@click.command()
@SCENE
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
@SCENE
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
