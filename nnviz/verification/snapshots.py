"""Comparison of what was measured at each recorded step, on examples that are recorded, too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nnviz.progress import OnProgress
from nnviz.recording.recording import Recording
from nnviz.verification.checks import Check, Tally
from nnviz.verification.evaluation import (
    BoundedEvaluation,
    certain_if_nan,
    evaluate_with_bounds,
    example_blocks,
    inputs_of,
    layers_at,
    precision_of,
)
from nnviz.verification.reference_network import Layer, forward
from nnviz.verification.rounding import Bounded


def check_snapshots(recording: Recording, on_progress: OnProgress | None) -> Iterator[Check]:
    """Compare activations, costs and accuracies at each recorded step with the network's own.

    Parameters
    ----------
    recording
        The recorded training.
    on_progress
        Called with each recorded step, and with the last of them.
    """
    precision = precision_of(recording)
    probes = _ProbeTallies(recording, Bounded.exactly(inputs_of(recording.probes), precision))
    samples = [
        (_SampleTallies(recording, name), example_blocks(sample, precision))
        for name, sample in (("train", recording.train_sample), ("test", recording.test_sample))
    ]
    for row, step in enumerate(recording.steps.tolist()):
        layers = layers_at(recording, recording.parameters[row])
        probes.compare(step, layers)
        for tallies, examples in samples:
            tallies.compare(row, step, evaluate_with_bounds(recording, layers, examples))
        if on_progress is not None:
            on_progress(step, int(recording.steps[-1]))
    yield from probes.checks()
    for tallies, _ in samples:
        yield from tallies.checks()


class _ProbeTallies:
    """Counts how recorded pre-activations and activations of the probe examples compare."""

    def __init__(self, recording: Recording, inputs: Bounded) -> None:
        self._recording, self._inputs = recording, inputs
        self._z, self._a = Tally("pre-activations"), Tally("activations")

    def compare(self, step: int, layers: Sequence[Layer]) -> None:
        """Compare those of all layers at a recorded step with those of the network then."""
        z, a = forward(layers, self._inputs)
        for layer, (layer_z, layer_a) in enumerate(zip(z, a[1:], strict=True), start=1):
            for tally, recorded, expected in (
                (self._z, self._recording.pre_activations(layer, step), layer_z),
                (self._a, self._recording.activations(layer, step), layer_a),
            ):
                error = certain_if_nan(layers, expected.value, expected.error)
                tally.within(step, recorded, expected.value, error)

    def checks(self) -> Iterator[Check]:
        """Yield the results."""
        yield self._z.check()
        yield self._a.check()


class _SampleTallies:
    """Counts how recorded costs, their deviations and accuracies on a sample compare."""

    def __init__(self, recording: Recording, name: str) -> None:
        words = {"train": "training", "test": "held-out"}[name]
        self._recorded_costs = getattr(recording, f"{name}_costs")
        self._recorded_accuracies = getattr(recording, f"{name}_accuracies")
        self._recorded_deviations = recording.cost_deviations(name)
        self._costs = Tally(f"{words} costs")
        self._deviations = Tally(f"{words} cost deviations")
        self._accuracies = Tally(f"{words} accuracies")

    def compare(self, row: int, step: int, expected: BoundedEvaluation) -> None:
        """Compare those at a recorded step with the evaluation of the network then."""
        self._costs.within(step, self._recorded_costs[row], expected.cost, expected.cost_error)
        self._accuracies.within(
            step, self._recorded_accuracies[row], expected.accuracy, expected.accuracy_error
        )
        if self._recorded_deviations is not None:
            recorded = self._recorded_deviations[row]
            self._deviations.within(step, recorded, expected.deviation, expected.deviation_error)

    def checks(self) -> Iterator[Check]:
        """Yield the results; a quantity without numbers was not recorded."""
        for tally in (self._costs, self._deviations, self._accuracies):
            check = tally.check()
            missing = check.n_compared + check.n_untold == 0
            yield Check(check.name, skipped="not recorded") if missing else check
