"""Which run, when and which examples: names of a recorded network, its data and its moments."""

from __future__ import annotations

from nnviz.recording.recording import Recording
from nnviz.view.sentences.wording import plural

#: Kinds of examples, by their names in a recording.
KINDS = {"train": "training", "test": "held-out", "probe": "probe"}

# Characters of a data set's name that a caption has room for.
_LONG_NAME = 40


def sizes_text(recording: Recording) -> str:
    """Return the layers' sizes, such as ``784-16-16-10``."""
    return "-".join(str(size) for size in recording.sizes)


def run_text(recording: Recording) -> str:
    """Return the network and its data, such as ``784-16-16-10 on mnist``.

    Examples
    --------
    >>> run_text(getfixture("tiny_recording"))
    '784-16-16-10 on blobs (synthetic)'
    """
    return f"{sizes_text(recording)} on {data_text(recording)}"


def data_text(recording: Recording) -> str:
    """Return the data set's name, shortened if it is long, and labelled where it is synthetic."""
    name = " ".join("".join(c if c.isprintable() else " " for c in recording.data_name).split())
    if len(name) > _LONG_NAME:
        name = f"{name[: _LONG_NAME - 3]}..."
    return f"{name} (synthetic)" if recording.is_synthetic else name


def run_lines(recording: Recording) -> list[str]:
    """Name a network and its data in short lines."""
    return [sizes_text(recording), f"on {data_text(recording)}"]


def moment_text(recording: Recording, step: int) -> str:
    """Say when a recorded step is, such as ``after 1,875 steps``.

    Parameters
    ----------
    recording
        The recorded training.
    step
        A recorded step, or a negative number that counts recorded moments from the end.

    Raises
    ------
    RecordingError
        If the step was not recorded.

    Examples
    --------
    >>> moment_text(getfixture("tiny_recording"), 0)
    'before training'
    """
    n_steps = int(recording.steps[recording.row(step)])
    if n_steps == 0:
        return "before training" if recording.has_random_start else "as it was given"
    return f"after {n_steps:,} {plural(n_steps, 'step')}"


def stopped_text(recording: Recording) -> str:
    """Say up to which step a training was recorded; nothing if it took all its steps.

    Examples
    --------
    >>> stopped_text(getfixture("tiny_recording"))
    ''
    """
    if recording.is_complete:
        return ""
    last = int(recording.steps[-1])
    return f"recorded up to step {last:,} of {recording.n_steps:,}"


def examples_text(recording: Recording, examples: str) -> str:
    """Say which examples a cost is averaged over.

    Parameters
    ----------
    recording
        The recorded training.
    examples
        ``train`` or ``test``.

    Examples
    --------
    >>> examples_text(getfixture("tiny_recording"), "test")
    'all 200 held-out images'
    """
    n = len(recording.test_sample if examples == "test" else recording.train_sample)
    return count_of(n, recording.n_examples(examples), KINDS[examples])


def count_of(n: int, n_all: int, kind: str) -> str:
    """Say how many of all images of a kind are meant.

    Examples
    --------
    >>> count_of(2000, 60000, "training"), count_of(20, 20, "held-out")
    ('2,000 of 60,000 training images', 'all 20 held-out images')
    """
    if n == n_all:
        return f"all {n:,} {kind} images"
    return f"{n:,} of {n_all:,} {kind} images"


def costs_caption(recording: Recording, examples: str = "train") -> str:
    """Say in one line which examples the costs of a picture are averaged over.

    Parameters
    ----------
    recording
        The recorded training.
    examples
        ``train`` or ``test``.

    Examples
    --------
    >>> costs_caption(getfixture("tiny_recording"))
    'costs: average over all 600 training images'
    """
    return f"costs: average over {examples_text(recording, examples)}"


def costs_lines(recording: Recording) -> list[str]:
    """Say in short lines which training examples the costs of a picture are averaged over."""
    return ["Costs are averages over", f"{examples_text(recording, 'train')}."]
