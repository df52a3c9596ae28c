"""Names of a recorded network and of its data."""

from __future__ import annotations

from nnviz.recording.recording import Recording

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
