"""``nnviz info`` and ``nnviz evaluate``."""

from __future__ import annotations

import json
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.progress import Progress

    from nnviz.data.dataset import Dataset, LabelledImages
    from nnviz.recording.recording import Recording

RUN = click.argument("run", type=click.Path(path_type=Path))
OPTIONAL_RUN = click.argument("run", type=click.Path(path_type=Path), required=False)
JSON = click.option("--json", "as_json", is_flag=True, help="For programs to read.")


@click.command()
@RUN
@JSON
@click.option("--check", is_flag=True, help="Compare its files with what was written.")
def info(run: Path, as_json: bool, check: bool) -> None:
    """Say what a recording holds.

    With --check the exit code is 1 if a file is not as it was when the recording was finished.
    """
    from nnviz.recording.checks import changed_files
    from nnviz.recording.recording import Recording

    if check:
        from nnviz.recording.manifest import read_manifest

        changed = changed_files(run, read_manifest(run))
        if changed:
            click.echo(f"{run}: not as it was written: {', '.join(changed)}", err=True)
            click.get_current_context().exit(1)
    recording = Recording.open(run)
    facts = _facts(recording, is_checked=check)
    if as_json:
        click.echo(json.dumps(facts, indent=2))
        return
    for name, value in facts.items():
        if isinstance(value, dict):
            value = ", ".join(f"{key} {_plain(item)}" for key, item in value.items())
        click.echo(f"{name:>16}  {_plain(value)}")


def _facts(recording: Recording, *, is_checked: bool) -> dict[str, Any]:
    from nnviz.analysis.scores import score

    manifest = recording.manifest
    size = sum(file.stat().st_size for file in recording.path.iterdir())
    last: dict[str, Any] = {"step": None, "test_accuracy": None, "test_cost": None}
    if recording.n_rows:
        row = recording.n_rows - 1
        right, cost = (score(recording, "test", each, row) for each in ("accuracies", "costs"))
        last = {
            "step": int(recording.steps[row]),
            "test_accuracy": _number(right.value),
            "test_accuracy_error": _number(right.error),
            "test_cost": _number(cost.value),
            "test_cost_error": _number(cost.error),
            "test_images": right.n,
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
        "created": manifest.get("created"),
        "nnviz": manifest["nnviz"],
        "megabytes": round(size / 1e6, 1),
        "files": "as they were written" if is_checked else "not checked; --check does",
    }


def _status(recording: Recording) -> str:
    status = str(recording.manifest["status"])
    if status == "running":
        return "interrupted: killed, or still training; every completed row is readable"
    if status == "interrupted":
        return f"interrupted before step {recording.n_steps:,}; every completed row is readable"
    return status


def _number(value: float) -> float | None:
    """Return a number, or nothing for what is none: programs read no NaN."""
    return value if isfinite(value) else None


def _plain(value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, list):
        return "-".join(str(item) for item in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


@click.command()
@RUN
@click.option("--data", "source", help="Other data than the run was trained on.")
@click.option("--step", default=-1, show_default=True, help="Training step; -1 is the last.")
@JSON
def evaluate(run: Path, source: str | None, step: int, as_json: bool) -> None:
    """Measure a recorded network on held-out images, or on a set of your own.

    Of a set named by --data all images are used, or its test images if it comes with some.
    """
    import numpy as np

    from nnviz.analysis.evaluation import report
    from nnviz.data.sources import load_data
    from nnviz.recording.recording import Recording

    recording = Recording.open(run)
    network = recording.network_at(step)
    data = data_of(recording) if source is None else load_data(source)
    images, which = images_to_evaluate(recording, data, asked_for=source is not None)
    examples = images.examples(max(data.n_classes, recording.n_classes), network.sizes[-1])
    measured = report(network, examples, recording.cost)
    if as_json:
        found = {
            "run": str(run),
            "data": data.name,
            "images": which,
            "step": int(recording.steps[recording.row(step)]),
        }
        click.echo(json.dumps(found | measured.describe(), indent=2))
        return
    cost = f"cost {measured.cost:.4f}" if np.isfinite(measured.cost) else "no finite cost"
    click.echo(
        f"{measured.correct:,} of {measured.n:,} images right ({measured.accuracy:.2%}), {cost}; "
        f"{which} of {data.name}"
    )
    if measured.unanswered.any():
        click.echo(f"{measured.unanswered.sum():,} without a prediction: outputs that are NaN")
    width = max(len(str(measured.confusion.max())), 2) + 1
    classes = range(len(measured.confusion))
    click.echo("truth \\ prediction" + "".join(f"{each:>{width}}" for each in classes))
    for truth, row in enumerate(measured.confusion):
        click.echo(f"{truth:>18}" + "".join(f"{count:>{width}}" for count in row))


def images_to_evaluate(
    recording: Recording, data: Dataset, *, asked_for: bool
) -> tuple[LabelledImages, str]:
    """Return the images that a network is evaluated on, and which they are, in words.

    Of data that the network learned from, those held out; of other data, their test images if
    they come with some, else all of them.

    Parameters
    ----------
    recording
        Of the network.
    data
        To evaluate on.
    asked_for
        Whether the data were named: then all of a set is used that has no test images of its
        own, those included that the network learned from.
    """
    if not (asked_for and data.is_split):
        return data.test, "held-out images"
    everything = data.train.followed_by(data.test)
    learned = data.checksum == recording.manifest["data"]["checksum"]
    which = f"all images, {len(data.train):,} of them learned from," if learned else "all images"
    return everything, which


def data_of(recording: Recording, source: str | None = None) -> Dataset:
    """Return the data that a recording was trained on.

    Parameters
    ----------
    recording
        Names its data and knows their checksum.
    source
        Where they are now, if elsewhere.

    Raises
    ------
    DataError
        If other data are there.
    """
    from nnviz.data.sources import load_data
    from nnviz.errors import DataError

    trained_on = recording.manifest["data"]
    data = load_data(source or trained_on["source"] or trained_on["name"])
    if data.checksum != trained_on["checksum"]:
        message = (
            f"data {data.name!r} must be what {recording.path} was trained on; "
            "its contents are others. Name the right ones with --data."
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
