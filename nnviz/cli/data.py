"""``nnviz data``: list the data sets, or fetch one."""

from __future__ import annotations

import click


@click.group()
def data() -> None:
    """List the data sets, or fetch one."""


@data.command("list")
def list_data() -> None:
    """List the data sets there are."""
    from nnviz.data.sources import DATA_SETS

    for name, entry in DATA_SETS.items():
        click.echo(f"{name:<8} {entry.description} ({entry.where()})")


@data.command()
@click.argument("name")
def fetch(name: str) -> None:
    """Fetch a data set, so that it is there later without a network."""
    from nnviz.data.sources import fetch as fetch_data

    click.echo(fetch_data(name))
