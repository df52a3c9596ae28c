"""The essential facts of a recording, in words and numbers for notebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnviz.core.architecture import format_sizes

if TYPE_CHECKING:
    from nnviz.recording.recording import Recording


def recording_facts(recording: Recording) -> dict[str, object]:
    """Return the names and values of what was trained, on what and how far.

    Parameters
    ----------
    recording
        The recorded training; of one that was killed before its first step, the facts about
        recorded steps are none.
    """
    network = recording.blank_network()
    kind = " (synthetic)" if recording.is_synthetic else ""
    steps, accuracy, cost = None, None, None
    if recording.n_rows:
        last, n_images = recording.steps[-1], len(recording.test_sample)
        steps = f"{recording.n_rows:,}, up to step {last:,} of {recording.n_steps:,}"
        accuracy = f"{100 * recording.test_accuracies[-1]:.4g} % of {n_images:,} images"
        cost = recording.test_costs[-1]
    return {
        "network": format_sizes(network.sizes),
        "activation": f"{network.activation}, output {network.output}",
        "cost": recording.cost.name,
        "data": f"{recording.data_name}{kind}",
        "steps recorded": steps,
        "last held-out accuracy": accuracy,
        "last held-out cost": cost,
        "training": _state(recording),
    }


def _state(recording: Recording) -> str:
    if recording.is_complete:
        return "complete"
    # A training that was killed could not write down that it stopped.
    is_open = recording.manifest["status"] == "running"
    return "stopped, or still running" if is_open else "stopped"
