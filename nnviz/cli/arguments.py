"""What several commands take: scenes and figures by their names, their options, a theme."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Collection

import click

from nnviz.names import kebab_case
from nnviz.options import Option


def _complete_scene(_context: click.Context, _parameter: click.Parameter, begin: str) -> list[str]:
    """Return the scenes whose names begin so; Manim, which takes a second, is not loaded."""
    import nnviz

    return [name for name in map(kebab_case, nnviz.scenes.__all__) if name.startswith(begin)]


def _complete_figure(_context: click.Context, _parameter: click.Parameter, begin: str) -> list[str]:
    """Return the figures whose names begin so."""
    from nnviz.figures import FIGURES

    return [name for name in FIGURES if name.startswith(begin)]


SCENE = click.argument("scene", shell_complete=_complete_scene)
SCENE_OR_ALL = click.argument("name", required=False, shell_complete=_complete_scene)
FIGURE = click.argument("name", shell_complete=_complete_figure)
FIGURE_OR_ALL = click.argument("name", required=False, shell_complete=_complete_figure)
OPTIONS = click.option(
    "-O",
    "--option",
    "options",
    multiple=True,
    metavar="NAME=VALUE",
    help="See nnviz scenes NAME, or nnviz figures NAME.",
)
THEME = click.option("--theme", default="dark", show_default=True, help="dark, light or print.")
FORCE = click.option("--force", is_flag=True, help="Replace a file of another kind, too.")

# Markup of docstrings: names of classes and functions after their role, and code.
_ROLE = re.compile(r":\w+:`(?:[\w.]*\.)?(\w+)`")


def echo_options(summary: str, options: Collection[Option]) -> None:
    """Print what a scene or a figure is, and every option that it has.

    Parameters
    ----------
    summary
        What it is, in one line.
    options
        Its options; the markup of their descriptions is taken off.
    """
    click.echo(f"{summary}\n")
    if not options:
        click.echo("It has no options.")
    for option in options:
        click.echo(option.describe())
        text = _ROLE.sub(r"\1", option.description).replace("``", "")
        click.echo(textwrap.indent(textwrap.fill(text, 76), "    "))
