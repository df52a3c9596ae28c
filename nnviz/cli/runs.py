"""``nnviz info`` and ``nnviz evaluate``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.progress import Progress

    from nnviz.data.dataset import Dataset
    from nnviz.recording.recording import Recording

RUN = click.argument("run", type=click.Path(path_type=Path))
OPTIONAL_RUN = click.argument("run", type=click.Path(path_type=Path), required=False)
JSON = click.option("--json", "as_json", is_flag=True, help="For programs to read.")


@click.command()
@RUN
@JSON
def info(run: Path, as_json: bool) -> None:
    """Say what a recording holds."""
    from nnviz.recording.recording import Recording

    recording = Recording.open(run)
    facts = _facts(recording)
    if as_json:
        click.echo(json.dumps(facts, indent=2))
        return
    for name, value in facts.items():
        if isinstance(value, dict):
            value = ", ".join(f"{key} {_plain(item)}" for key, item in value.items())
        click.echo(f"{name:>16}  {_plain(value)}")


def _facts(recording: Recording) -> dict[str, Any]:
    manifest = recording.manifest
    size = sum(file.stat().st_size for file in recording.path.iterdir())
    last: dict[str, Any] = {"step": None, "test_accuracy": None, "test_cost": None}
    if recording.n_rows:
        last = {
            "step": int(recording.steps[-1]),
            "test_accuracy": float(recording.test_accuracies[-1]),
            "test_cost": float(recording.test_costs[-1]),
        }
    return {
        "path": str(recording.path),
        "status": _status(recording),
        "moments": recording.n_rows,
        "last": last,
        "parameters": int(recording.parameters.shape[1]),
        "network": manifest["network"],
        "data": manifest["data"],
        "training": manifest["training"],
        "created": manifest["created"],
        "nnviz": manifest["nnviz"],
        "megabytes": round(size / 1e6, 1),
    }


def _status(recording: Recording) -> str:
    status = str(recording.manifest["status"])
    if status == "running":
        return "interrupted: killed, or still training; every completed row is readable"
    if status == "interrupted":
        return f"interrupted before step {recording.n_steps:,}; every completed row is readable"
    return status


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return "-".join(str(item) for item in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


@click.command()
@RUN
@click.option("--data", "source", help="Other data than the run was trained on.")
@click.option("--step", default=-1, show_default=True, help="Training step; -1 is the last.")
@JSON
def evaluate(run: Path, source: str | None, step: int, as_json: bool) -> None:
    """Measure a recorded network on held-out images."""
    from nnviz.analysis.evaluation import report
    from nnviz.recording.recording import Recording

    recording = Recording.open(run)
    data = _held_out(recording, source)
    network = recording.network_at(step)
    measured = report(network, data.test.examples(data.n_classes), recording.cost)
    if as_json:
        found = {
            "run": str(run),
            "data": data.name,
            "step": int(recording.steps[recording.row(step)]),
        }
        click.echo(json.dumps(found | measured.describe(), indent=2))
        return
    click.echo(
        f"{measured.correct:,} of {measured.n:,} held-out images of {data.name} right "
        f"({measured.accuracy:.2%}), cost {measured.cost:.4f}"
    )
    width = max(len(str(measured.confusion.max())), 2) + 1
    classes = range(len(measured.confusion))
    click.echo("truth \\ answer" + "".join(f"{answer:>{width}}" for answer in classes))
    for truth, row in enumerate(measured.confusion):
        click.echo(f"{truth:>14}" + "".join(f"{count:>{width}}" for count in row))


def _held_out(recording: Recording, source: str | None) -> Dataset:
    from nnviz.data.catalog import load_data
    from nnviz.errors import DataError

    trained_on = recording.manifest["data"]
    data = load_data(source or trained_on["source"] or trained_on["name"])
    if source is None and data.checksum != trained_on["checksum"]:
        message = (
            f"data {trained_on['name']!r} must be what {recording.path} was trained on; its "
            "contents have changed. Name it with --data to use it all the same."
        )
        raise DataError(message)
    return data


def recording_or_default(run: Path | None, progress: Progress) -> Recording:
    """Open the run named, else the one of the environment, else the default run.

    Parameters
    ----------
    run
        A folder.
    progress
        Shows the default run's training, should it be made now.
    """
    from nnviz.cli.progress import TrainingProgress
    from nnviz.recording.default import find_recording

    return find_recording(run, [TrainingProgress(progress)])
