"""The cost along a line through parameter space, as a function of one variable."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.interpolate import CubicHermiteSpline

from nnviz.analysis.cache import measured_once
from nnviz.analysis.descent import converging_rows
from nnviz.analysis.functions import Function
from nnviz.analysis.landscape import cost_along_line
from nnviz.analysis.retraining import recorded_settings, restart, retrain
from nnviz.core.arrays import FloatArray
from nnviz.core.examples import Examples
from nnviz.core.network import Network
from nnviz.errors import RecordingError, SettingError
from nnviz.recording.recording import Recording

# Points at which cost and slope are measured, as shares of the way from end to end: both ends,
# and a fifth of the way beyond each. Between them a cubic keeps to cost and slope.
_AT = np.arange(-40, 241) / 200


def cost_slice(recording: Recording, *, seed: int | None = None) -> Function:
    """Return a recorded network's cost along the line to where another training ended.

    The other has the recorded training's settings but for its seed, and learns the
    recording's sample of training examples, on which the cost is measured.

    Parameters
    ----------
    recording
        Its end is at 0; of one that diverged, its last moment before that.
    seed
        Of the other training; by default one that the recorded training did not have.

    Returns
    -------
    Function
        Of the distance along the line, in the units of the parameters; NaN outside its
        domain.

    Raises
    ------
    RecordingError
        If one of the trainings never converges, or a cost overflows.
    SettingError
        If both trainings are the same.
    """
    examples = recording.examples("train")
    last = converging_rows(recording) - 1
    settings = recorded_settings(recording)
    seed = settings.seed + 1 if seed is None else seed
    other = retrain(
        restart(recording, seed), examples, replace(settings, seed=seed), n_moments=1
    ).parameters[-1]
    if last < 0 or not np.isfinite(other).all():
        message = (
            f"both trainings must end with finite parameters; one of {recording.path} and of the "
            f"same with seed {seed} diverged. Record one with a smaller learning rate."
        )
        raise RecordingError(message)
    start = np.asarray(recording.parameters[last])
    length = float(np.linalg.norm(other.astype(np.float64) - start))
    if length == 0:
        message = f"the other training must end elsewhere; with seed {seed} it is the same one."
        raise SettingError(message)
    network = recording.network_at(-1)
    identity = [sorted(network.describe().items()), recording.cost.name, "slice"]
    measured = measured_once(
        recording.path,
        [*identity, examples.inputs, examples.labels, start, other, _AT],
        (2, len(_AT)),
        lambda: _measure(recording, network, examples, start, other, _AT),
    )
    if not np.isfinite(measured).all():
        message = (
            f"costs on the line must be finite; between the ends of {recording.path} and of the "
            f"same with seed {seed} they overflow. Record one with a smaller learning rate."
        )
        raise RecordingError(message)
    curve = CubicHermiteSpline(_AT * length, measured[0], measured[1] / length, extrapolate=False)
    slope = curve.derivative()
    return Function(
        formula="C(w + x d)",
        domain=((float(_AT[0] * length), float(_AT[-1] * length)),),
        value=lambda points: curve(np.asarray(points)[..., 0]),
        gradient=lambda points: slope(np.asarray(points)),
    )


def _measure(
    recording: Recording,
    network: Network,
    examples: Examples,
    start: FloatArray,
    end: FloatArray,
    at: FloatArray,
) -> FloatArray:
    """Return costs, and their slopes by the share of the way, ``(2, n)``."""
    along = end.astype(np.float64) - start
    costs = cost_along_line(network, examples, recording.cost, start, end, at)
    slopes = np.empty_like(costs)
    for i, share in enumerate(at):
        network.parameters[...] = start + share * along
        gradient = network.gradient(examples.inputs, examples.targets, recording.cost)
        slopes[i] = gradient @ along
    return np.stack([costs, slopes])
