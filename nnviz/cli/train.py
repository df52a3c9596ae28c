"""``nnviz train``: train a network and record it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from nnviz.recording.recording import Recording


@click.command()
@click.option(
    "--data",
    "source",
    default="digits",
    show_default=True,
    help="digits, mnist, an .npz file, or IDX files IMAGES,LABELS.",
)
@click.option("--layers", help="Sizes, input first.  [default: pixels,16,16,classes]")
@click.option("--activation", default="sigmoid", show_default=True, help="sigmoid, tanh or relu.")
@click.option(
    "--cost", default="squared-error", show_default=True, help="squared-error or cross-entropy."
)
@click.option(
    "--optimizer",
    default="sgd",
    show_default=True,
    help="sgd, momentum, adam or gradient-descent (all examples at every step).",
)
@click.option("--learning-rate", type=float, help="[default: one that suits the optimizer]")
@click.option("--decay", default="cosine", show_default=True, help="cosine or constant.")
@click.option("--batch-size", default=32, show_default=True)
@click.option("--epochs", default=30, show_default=True)
@click.option("--initializer", help="normal, scaled or he.  [default: suits the activation]")
@click.option("--seed", default=0, show_default=True)
@click.option(
    "--record",
    default="log:300,epochs",
    show_default=True,
    help="Steps to record: every:N, log:N, epochs, or several.",
)
@click.option("--force", is_flag=True, help="Replace a recording that is there.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder to make.")
def train(source: str, layers: str | None, out: Path, **settings: Any) -> None:
    """Train a network and record it."""
    from nnviz.cli.progress import TrainingProgress, progress_bars
    from nnviz.data.sources import load_data
    from nnviz.recording.folder import check_free
    from nnviz.recording.run import train as train_and_record

    sizes = _parse_layers(layers) if layers is not None else None
    check_free(out, force=settings["force"])
    loaded = load_data(source)
    with progress_bars() as progress:
        observers = [TrainingProgress(progress)]
        recording = train_and_record(loaded, out, layers=sizes, observers=observers, **settings)
    click.echo(summary(recording))
    if not recording.is_complete:  # by Ctrl-C
        click.get_current_context().exit(130)


def summary(recording: Recording) -> str:
    """Return how a training went, in a line for the terminal and one for each thing amiss."""
    import numpy as np

    from nnviz.analysis.scores import score
    from nnviz.view.sentences.runs import run_text
    from nnviz.view.sentences.scores import cost_text, right_text

    last = recording.n_rows - 1
    cost = score(recording, "test", "costs", last)
    text = (
        f"{recording.path}: {run_text(recording)}, {recording.steps[-1]:,} steps, "
        f"{right_text(recording, last)}, cost {cost_text(cost)}"
    )
    if not recording.is_complete:
        text += f"\nStopped before step {recording.n_steps:,}; what was recorded is readable."
    if not np.isfinite(cost.value):
        text += "\nThe training diverged. A smaller --learning-rate helps."
    return text


def _parse_layers(text: str) -> list[int]:
    """Return layer sizes from whole numbers joined by commas."""
    from nnviz.errors import SettingError

    try:
        return [int(size) for size in text.split(",")]
    except ValueError:
        message = (
            f"layers must be whole numbers joined by commas, such as 784,16,16,10; got {text!r}."
        )
        raise SettingError(message) from None
