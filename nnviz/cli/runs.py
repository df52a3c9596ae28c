"""``nnviz info`` and ``nnviz evaluate``: what a recording holds, and how well it predicts."""

from __future__ import annotations

import json
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.progress import Progress

    from nnviz.analysis.evaluation import Report
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
    from nnviz.recording.recording import Recording

    if check:
        _exit_if_changed(run)
    recording = Recording.open(run)
    facts = _facts(recording, is_checked=check)
    if as_json:
        click.echo(json.dumps(facts, indent=2))
        return
    for name, value in facts.items():
        if isinstance(value, dict):
            value = ", ".join(f"{key} {_plain(item)}" for key, item in value.items())
        click.echo(f"{name:>16}  {_plain(value)}")


def _exit_if_changed(run: Path) -> None:
    """Name the files that are not as they were when a recording was finished, and exit with 1."""
    from nnviz.recording.checks import changed_files
    from nnviz.recording.manifest import read_manifest

    changed = changed_files(run, read_manifest(run))
    if changed:
        click.echo(f"{run}: not as it was written: {', '.join(changed)}", err=True)
        click.get_current_context().exit(1)


def _facts(recording: Recording, *, is_checked: bool) -> dict[str, Any]:
    """Return what is printed of a recording, by the names of the facts."""
    manifest = recording.manifest
    size = sum(file.stat().st_size for file in recording.path.iterdir())
    return {
        "path": str(recording.path),
        "status": _status(recording),
        "moments": recording.n_rows,
        "last": _last_scores(recording),
        "parameters": int(recording.parameters.shape[1]),
        "network": manifest["network"],
        "data": manifest["data"],
        "training": manifest["training"],
        "created": manifest.get("created"),
        "nnviz": manifest["nnviz"],
        "megabytes": round(size / 1e6, 1),
        "files": "as they were written" if is_checked else "not checked; --check does",
    }


def _last_scores(recording: Recording) -> dict[str, Any]:
    """Return how well the last recorded network does; None for what is not known or no number."""
    from nnviz.analysis.scores import score

    if not recording.n_rows:
        return {"step": None, "test_accuracy": None, "test_cost": None}
    row = recording.n_rows - 1
    accuracy, cost = (score(recording, "test", each, row) for each in ("accuracies", "costs"))
    return {
        "step": int(recording.steps[row]),
        "test_accuracy": _number(accuracy.value),
        "test_accuracy_error": _number(accuracy.error),
        "test_cost": _number(cost.value),
        "test_cost_error": _number(cost.error),
        "test_images": accuracy.n,
    }


def _status(recording: Recording) -> str:
    """Return a manifest's status, with what it means unless the training went to its end."""
    status = str(recording.manifest["status"])
    if status == "running":
        return "interrupted: killed, or still training; every completed row is readable"
    if status == "interrupted":
        return f"interrupted before step {recording.n_steps:,}; every completed row is readable"
    return status


def _number(value: float) -> float | None:
    """Return a number, or None for NaN and infinities, which JSON has no words for."""
    return value if isfinite(value) else None


def _plain(value: Any) -> str:
    """Return a fact as a reader of the terminal sees it."""
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
        about = {
            "run": str(run),
            "data": data.name,
            "images": which,
            "step": int(recording.steps[recording.row(step)]),
        }
        click.echo(json.dumps(about | measured.describe(), indent=2))
    else:
        click.echo(_report_text(measured, f"{which} of {data.name}"))


def _report_text(measured: Report, which: str) -> str:
    """Return a report with its table of predictions; ``which`` says of what images it is."""
    cost = f"cost {measured.cost:.4f}" if isfinite(measured.cost) else "no finite cost"
    lines = [
        f"{measured.correct:,} of {measured.n:,} images right ({measured.accuracy:.2%}), {cost}; "
        f"{which}"
    ]
    if measured.unanswered.any():
        n = measured.unanswered.sum()
        lines.append(f"{n:,} without a prediction: outputs that are NaN")
    width = max(len(str(measured.confusion.max())), 2) + 1
    classes = range(len(measured.confusion))
    lines.append("truth \\ prediction" + "".join(f"{each:>{width}}" for each in classes))
    for truth, row in enumerate(measured.confusion):
        lines.append(f"{truth:>18}" + "".join(f"{count:>{width}}" for count in row))
    return "\n".join(lines)


def images_to_evaluate(
    recording: Recording, data: Dataset, *, asked_for: bool
) -> tuple[LabelledImages, str]:
    """Return the images that a network is evaluated on, and which they are, in words.

    Of data that the network learned from, those held out; of other data, their test images if
    they come with some, else all of them.

    Parameters
    ----------
    recording
        The recorded training of the network.
    data
        The data set to choose from.
    asked_for
        Whether the user named the data: then all of a set is used that has no test images of
        its own, those included that the network learned from.

    Returns
    -------
    tuple of LabelledImages and str
        The images, and what they are, such as ``held-out images``.
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
        The recorded training; its manifest names the data and has their checksum.
    source
        Name or file of the data; None takes the one that the recording names.

    Raises
    ------
    DataError
        If the data that are there have another checksum.
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
        Folder of the recording, or None.
    progress
        Shows the training of the default run, should it be made now.
    """
    from nnviz.cli.progress import TrainingProgress
    from nnviz.recording.default import find_recording

    return find_recording(run, [TrainingProgress(progress)])
