"""``nnviz verify``: train a recording again, and compare."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nnviz.cli.runs import JSON, RUN, data_of

if TYPE_CHECKING:
    from nnviz.data.dataset import Dataset
    from nnviz.recording.recording import Recording
    from nnviz.verification.checks import Check
    from nnviz.verification.verifier import Verification


@click.command()
@RUN
@click.option("--data", "source", help="Where the data are that the run was trained on.")
@JSON
def verify(run: Path, source: str | None, as_json: bool) -> None:
    """Train a recording again, and compare every number in it.

    The exit code is 1 if anything differs by more than rounding explains.
    """
    from nnviz.cli.progress import count_progress, progress_bars
    from nnviz.recording.recording import Recording
    from nnviz.verification.verifier import verify as verify_recording

    recording = Recording.open(run)
    data, missing = _find_data(recording, source)
    with progress_bars() as progress:
        task = progress.add_task("verifying", total=None, note="")
        verification = verify_recording(
            recording, data, on_progress=count_progress(progress, task, "steps")
        )
    if as_json:
        checks = [check.describe() for check in verification.checks]
        facts = {
            "run": str(run),
            "agrees": verification.agrees,
            "complete": verification.is_complete,
        }
        click.echo(json.dumps(facts | {"checks": checks}, indent=2))
    else:
        click.echo(_table(recording, verification))
        if missing:
            click.echo(f"Without the data: {missing}")
    if not verification.agrees:
        click.get_current_context().exit(1)


def _find_data(recording: Recording, source: str | None) -> tuple[Dataset | None, str]:
    """Return the data a recording was trained on, or else why they are not to be had."""
    from nnviz.errors import NnvizError

    if source is not None:
        return data_of(recording, source), ""
    try:
        return data_of(recording), ""
    except NnvizError as error:
        return None, str(error)


def _table(recording: Recording, verification: Verification) -> str:
    """Return what was compared, a check a line, and what came of it."""
    from nnviz.view.sentences.runs import run_text

    lines = [
        f"{recording.path}: {run_text(recording)}, {recording.n_rows:,} recorded moments",
        f"{'':<24}{'compared':>12}{'differ':>10}{'not telling':>13}",
    ]
    lines += [_line(check) for check in verification.checks]
    lines.append(_conclusion(verification))
    return "\n".join(lines)


def _conclusion(verification: Verification) -> str:
    n = sum(check.n_compared for check in verification.checks)
    different = [check for check in verification.checks if not check.agrees]
    if different:
        first = min(check.first_step or 0 for check in different)
        count = sum(check.n_different for check in different)
        return f"DIFFERS: {count:,} of {n:,} numbers, first at step {first:,}."
    if verification.is_complete:
        return f"All {n:,} numbers agree, to rounding."
    return f"All {n:,} numbers that could be compared agree, to rounding."


def _line(check: Check) -> str:
    """Return a line of the table: a check's name and its counts, or why it was left out."""
    if check.skipped:
        return f"{check.name:<24}{'-':>12}  {check.skipped}"
    text = f"{check.name:<24}{check.n_compared:>12,}{check.n_different:>10,}{check.n_untold:>13,}"
    return text if check.agrees else f"{text}  from step {check.first_step:,}"
