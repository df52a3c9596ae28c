"""``nnviz scenes`` and ``nnviz render``."""

from __future__ import annotations

from pathlib import Path

import click

from nnviz.cli.runs import OPTIONAL_RUN

THEME = click.option("--theme", default="dark", show_default=True, help="dark, light or print.")


@click.command()
def scenes() -> None:
    """List the scenes and their options."""
    from nnviz.rendering.catalog import scene_classes
    from nnviz.rendering.scene import scene_options

    for name, scene in scene_classes().items():
        click.echo(f"{name:<18} {(scene.__doc__ or '').splitlines()[0]}")
        options = [f"{key}={getattr(scene, key)}" for key in scene_options(scene)]
        click.echo(f"{'':<18} options: {', '.join(options)}")


@click.command()
@click.argument("scene")
@OPTIONAL_RUN
@click.option(
    "-q", "--quality", default="medium", show_default=True, help="draft, medium, high or 4k."
)
@click.option("-o", "--out", type=click.Path(path_type=Path), help="File.  [default: SCENE.mp4]")
@click.option(
    "-O", "--option", "options", multiple=True, metavar="NAME=VALUE", help="See nnviz scenes."
)
@THEME
def render(
    scene: str,
    run: Path | None,
    quality: str,
    out: Path | None,
    options: tuple[str, ...],
    theme: str,
) -> None:
    """Render a scene of a recording, or of the default run, into a video."""
    from nnviz.cli.progress import progress_bars
    from nnviz.cli.runs import recording_or_default
    from nnviz.rendering.catalog import scene_class
    from nnviz.rendering.job import render as render_scene
    from nnviz.rendering.scene import parse_option

    chosen = scene_class(scene)
    parsed = {"theme": theme} | dict(parse_option(chosen, option) for option in options)
    with progress_bars() as progress:
        recording = recording_or_default(run, progress)
        task = progress.add_task("rendering", total=None, note="")
        path = render_scene(
            chosen,
            recording,
            out,
            quality=quality,
            on_progress=lambda drawn, total: progress.update(
                task, completed=drawn, total=total, note=f"{drawn} of {total} frames"
            ),
            **parsed,
        )
    click.echo(path)
