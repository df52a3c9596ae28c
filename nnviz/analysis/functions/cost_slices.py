"""The cost along a line through parameter space, as a function of one variable."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.interpolate import CubicHermiteSpline

from nnviz.analysis.functions.function import Function
from nnviz.analysis.landscape import RecordedCost
from nnviz.analysis.training_runs import recorded_settings, restart, retrain
from nnviz.analysis.trajectory import converging_rows
from nnviz.core.arrays import FloatArray
from nnviz.core.examples import Examples
from nnviz.errors import RecordingError, SettingError
from nnviz.recording.recording import Recording

# Places at which cost and slope are measured, as shares of the line from end to end: every half
# per cent, and a fifth of the length beyond each end, so that the walls of both valleys show.
_SHARES = np.arange(-40, 241) / 200


def cost_slice(recording: Recording, *, seed: int | None = None) -> Function:
    """Return the cost along the line from a recorded training's end to another training's end.

    The other training has the same settings but for its seed, and learns the recording's sample
    of training examples, on which the cost is measured.

    Parameters
    ----------
    recording
        Recorded training whose end is at 0. If it diverges, its last step before that counts as
        its end.
    seed
        Seed of the other training, 0 or more; by default (``None``) one more than that of the
        recorded training.

    Returns
    -------
    Function
        Cost as a function of the distance along the line, in the units of the parameters. Its
        domain reaches a fifth of the line beyond both ends; outside it is NaN.

    Raises
    ------
    RecordingError
        If one of the trainings diverges at once, a cost on the line overflows, or the recorded
        network's initial parameters were not drawn at random.
    SettingError
        If both trainings end at the same parameters, as with the same seed.
    """
    seed = recorded_settings(recording).seed + 1 if seed is None else seed
    examples = recording.examples("train")
    line = _line_between(recording, examples, seed)
    cost = RecordedCost(recording, examples)
    costs = cost.along_line(line.start, line.end, _SHARES)
    slopes = cost.slopes_along_line(line.start, line.end, _SHARES)
    if not np.isfinite([costs, slopes]).all():
        message = (
            f"costs on the line must be finite; between the ends of {recording.path} and of the "
            f"same with seed {seed} they overflow. Record one with a smaller learning rate."
        )
        raise RecordingError(message)
    return _interpolated(line.length, costs, slopes)


@dataclass(frozen=True, slots=True, eq=False)
class _Line:
    """The line between the ends of two trainings, points of shape ``(n_parameters,)``."""

    start: FloatArray
    end: FloatArray

    @property
    def length(self) -> float:
        """Distance between the ends, in the units of the parameters."""
        return float(np.linalg.norm(self.end.astype(np.float64) - self.start))


def _line_between(recording: Recording, examples: Examples, seed: int) -> _Line:
    """Return the line from the recorded training's end to that of one with another seed."""
    settings = replace(recorded_settings(recording), seed=seed)
    other = retrain(restart(recording, seed), examples, settings, n_snapshots=1).parameters[-1]
    last = converging_rows(recording) - 1
    if last < 0 or not np.isfinite(other).all():
        message = (
            f"both trainings must end with finite parameters; one of {recording.path} and of the "
            f"same with seed {seed} diverged. Record one with a smaller learning rate."
        )
        raise RecordingError(message)
    line = _Line(np.asarray(recording.parameters[last]), other)
    if line.length == 0:
        message = f"the other training must end elsewhere; with seed {seed} it is the same one."
        raise SettingError(message)
    return line


def _interpolated(length: float, costs: FloatArray, slopes: FloatArray) -> Function:
    """Return the piecewise cubic that has the costs and the slopes, given per whole line."""
    distances = _SHARES * length
    curve = CubicHermiteSpline(distances, costs, slopes / length, extrapolate=False)
    slope = curve.derivative()
    return Function(
        formula="C(w + x d)",
        domain=((float(distances[0]), float(distances[-1])),),
        value=lambda points: curve(np.asarray(points)[..., 0]),
        gradient=lambda points: slope(np.asarray(points)),
    )
