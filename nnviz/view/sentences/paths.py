"""What pictures of a recorded path say: over the cost, along a line, through the epochs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nnviz.analysis.descent import Descent
from nnviz.analysis.landscape import Landscape
from nnviz.analysis.planes import Plane
from nnviz.analysis.scores import Score
from nnviz.core.arrays import FloatArray
from nnviz.recording.recording import Recording
from nnviz.view.sentences.common import (
    LEVEL,
    UPHILL,
    cost_text,
    costs_caption,
    diverged_text,
    examples_text,
    gap_text,
    in_two,
    joined,
    moment_text,
    not_numbers_text,
    share_text,
    stopped_text,
)
from nnviz.view.sentences.numbers import percent, significant
from nnviz.view.sentences.runs import run_text

# A cost that is as good as nothing.
_TINY = 1e-30
# Costs that differ by less than this share are the same.
_THE_SAME = 1e-3

COST_OF_MAP, COST_ON_SURFACE = "cost of the map there", "cost on the surface"
DISTANCE = "distance from the plane"
DISTANCE_IN_UNITS = "distance from the plane, in units of the parameters"
TRUE_COST_OF_PATH, COST_UNDER_IT = "true cost of the path", "cost of the surface under it"
PATH, RECORDED_STEPS, START, END = "path", "recorded steps", "start", "end"


def course(costs: FloatArray) -> str:
    """Return how a cost went, ``(n,)``: ``down``, ``up``, ``level``, ``over`` or ``none``.

    ``over`` is down, but only after it was higher than at the start; ``back`` is up, but higher
    on the way. ``none`` is a cost that is not finite at an end, or of a single moment.

    Examples
    --------
    >>> course(np.array([3.0, 0.1])), course(np.array([2.0, 900.0, 1.0]))
    ('down', 'over')
    >>> course(np.array([1.0, 5.0])), course(np.array([1.0, 1.001])), course(np.array([1.0]))
    ('up', 'level', 'none')
    """
    first, last = float(costs[0]), float(costs[-1])
    if len(costs) < 2 or not np.isfinite([first, last]).all():
        return "none"
    peak = float(np.max(costs, where=~np.isnan(costs), initial=first))
    was_higher = peak > UPHILL * max(first, last)
    if last < (1 - LEVEL) * first:
        return "over" if was_higher else "down"
    if last > (1 + LEVEL) * first:
        return "back" if was_higher else "up"
    return "back" if was_higher else "level"


def descent_heading(n_parameters: int, costs: FloatArray) -> str:
    """Say where all parameters together lead, from the true costs on the way ``(n,)``."""
    subject = f"{n_parameters:,} weights and biases"
    return {
        "down": f"{subject} going downhill",
        "over": f"{subject}: uphill first, then down",
        "up": f"{subject} going uphill",
        "back": f"{subject}: uphill, and back again",
        "level": f"{subject}: the cost stays where it is",
        "none": f"{subject} at the moments recorded",
    }[course(costs)]


def surface_heading(costs: FloatArray) -> str:
    """Say how a path leads over a cost surface, from the true costs on the way ``(n,)``."""
    return {
        "down": "Downhill on the real cost surface",
        "over": "Uphill first, then down the real cost surface",
        "up": "Uphill on the real cost surface",
        "back": "Uphill on the real cost surface, and back",
        "level": "Along the real cost surface, at one height",
        "none": "On the real cost surface",
    }[course(costs)]


def descent_title(costs: FloatArray) -> str:
    """Name a figure of a path over the cost, from the true costs on the way ``(n,)``."""
    return {
        "down": "Descent on the cost surface",
        "over": "Up, then down the cost surface",
        "up": "Ascent on the cost surface",
        "back": "Up the cost surface, and back",
        "level": "A path along the cost surface",
        "none": "A path on the cost surface",
    }[course(costs)]


def faithfulness(found: Descent) -> list[str]:
    """Say in short lines what a plane shows of a path, and what it leaves out."""
    if (far := found.farthest) == 0:
        lines = ["The whole path lies", "in this plane."]
    else:
        lines = [
            f"This plane holds {percent(found.variance_explained.sum(), decimals=1)}",
            "of the path's variance;",
            f"the path is up to {significant(far)} away,",
            "in units of the parameters.",
        ]
    return lines + in_two(diverged_text(found.n_diverged))


def descent_note(recording: Recording, found: Descent) -> str:
    """Say what a figure of a path shows and what it leaves out."""
    if (far := found.farthest) == 0:
        plane = "the whole path lies in this plane"
    else:
        plane = (
            f"the plane holds {percent(found.variance_explained.sum())} of the path's variance; "
            f"the path is up to {significant(far)} away, in units of the parameters"
        )
    return joined(
        [
            run_text(recording),
            plane,
            costs_caption(recording),
            diverged_text(found.n_diverged),
            gap_text(found.landscape),
        ]
    )


def point_text(name: str, step: int, cost: float) -> str:
    """Say when an end of a path is, and its true cost there."""
    return f"{name}\nstep {step:,}\ncost {significant(cost)}"


def surface_note(recording: Recording) -> str:
    """Say what a surface lies over."""
    return f"{run_text(recording)}, over the two principal directions of the recorded path"


def residuals_title() -> str:
    """Name the figure of what a plane does not show of a path."""
    return "What the plane leaves out"


def residuals_note(recording: Recording, found: Descent) -> str:
    """Say where a path's true cost and that of the surface under it differ most."""
    path = found.trajectory
    finite = np.isfinite(path.costs) & np.isfinite(path.surface_costs)
    text = "nowhere are both costs finite"
    if finite.any():
        # By how many times, as on a logarithmic axis; a cost of nothing differs from any other.
        both = np.maximum([path.costs[finite], path.surface_costs[finite]], _TINY)
        apart = np.abs(np.diff(np.log(both), axis=0)).ravel()
        worst = np.flatnonzero(finite)[int(apart.argmax())]
        text = "the costs are the same, to a thousandth"
        if apart.max() > _THE_SAME:
            text = (
                f"the costs differ most at step {path.steps[worst]:,}: "
                f"{significant(path.costs[worst])}, and {significant(path.surface_costs[worst])} "
                "on the surface"
            )
    return joined(
        [
            run_text(recording),
            text,
            not_numbers_text(int((~finite).sum()), len(finite), "moments' costs"),
            diverged_text(found.n_diverged),
        ]
    )


DIRECTIONS, THE_NETWORK = ("direction 1", "direction 2"), "the network"


def landscape_title(plane: Plane | None) -> str:
    """Name a landscape: around a network, or over a plane that was asked for."""
    return "The cost around the network" if plane is None else "The cost over a plane"


def surface_title() -> str:
    """Name the surface that stands beside a landscape's contours."""
    return "The same as a surface"


def surface_figure_note(found: Landscape) -> str:
    """Say what the height and the colour of a surface are, and what its holes."""
    holes = gap_text(found)
    note = "height: the cost; colour: its logarithm"
    return f"{note}\nholes: {holes}" if holes else note


def landscape_note(
    recording: Recording, step: int, plane: Plane | None, found: Landscape, *, is_shown: bool
) -> str:
    """Say what a landscape shows and where the network is in it.

    Parameters
    ----------
    recording, step
        The network.
    plane
        That was asked for; ``None`` for two random directions from the network.
    found
        What was measured.
    is_shown
        Whether the dot of the network lies within the picture.
    """
    where = "two random directions, filter-normalised"
    if plane is not None:
        parameters = recording.network_at(step).parameters.astype(np.float64)
        far = float(plane.distances(parameters))
        if np.isnan(far):
            where = "the network's parameters are not finite: it has no place here"
        else:
            is_in = far < 1e-6 * (1 + float(np.linalg.norm(parameters)))
            away = "in the plane" if is_in else f"{significant(far)} away from the plane"
            where = (
                f"the dot: the network, {away}"
                if is_shown
                else (f"the network, {away}, lies outside the picture")
            )
    lines = [
        f"{run_text(recording)}, {moment_text(recording, step)}",
        f"{where}; {costs_caption(recording)}",
        gap_text(found),
    ]
    return joined(lines)


CURVES_TITLES = {"costs": "Cost", "accuracies": "Accuracy"}
SHARE_RIGHT = "predicted right"


def all_of(kind: str) -> str:
    """Name what is measured on all examples of a kind."""
    return f"{kind}, all examples"


def curves_note(
    recording: Recording, curves: Sequence[tuple[str, FloatArray]], *, is_share: bool
) -> str:
    """Say what the lines and the dots of learning curves are, and how many of each are none.

    Parameters
    ----------
    recording
        Of a training.
    curves
        Name and values of each.
    is_share
        Whether they are shares of what is predicted rightly.
    """
    lines = " and ".join(examples_text(recording, examples) for examples in ("train", "test"))
    gaps = [
        not_numbers_text(int((~np.isfinite(values)).sum()), len(values), f"moments' {name} costs")
        for name, values in curves
    ]
    return joined(
        [
            joined([run_text(recording), stopped_text(recording)], "; "),
            f"lines: {lines}",
            "dots: all of them, at every epoch",
            _unpredicted(recording) if is_share else joined(gaps, "; "),
        ]
    )


def _unpredicted(recording: Recording) -> str:
    """Say at how many moments a network has predicted nothing: its outputs were NaN."""
    n = int(np.isnan(recording.test_costs).sum())
    if not n:
        return ""
    return f"outputs are not numbers at {n:,} of {recording.n_rows:,} moments"


def end_text(kind: str, last: Score, measure: str) -> str:
    """Name a curve, with its last figure: of all examples where that is known."""
    if np.isnan(last.value):
        return f"{kind}\nat the end none"
    return f"{kind}\n{cost_text(last) if measure == 'costs' else share_text(last)}"


SLICE_CURVES = {"train": "training examples", "test": "held-out examples"}
SHARE_OF_WAY = "share of the way from the start (0) to the end (1)"


def recorded_name(name: str) -> str:
    """Name the recorded costs that a measured curve must meet."""
    return f"{name}, recorded"


def slice_title() -> str:
    """Name the figure of the line from a training's start to its end."""
    return "Straight from the start to the end"


def slice_note(recording: Recording, length: float, n_diverged: int, drawn: FloatArray) -> str:
    """Say how long the line of a slice is, what its costs are of, and how many are none."""
    samples = " and ".join(examples_text(recording, examples) for examples in ("train", "test"))
    n_gaps = int((~np.isfinite(drawn)).sum())
    return joined(
        [
            f"{run_text(recording)}; {significant(length)} long, in units of the parameters",
            f"costs: averages over {samples}",
            not_numbers_text(n_gaps, len(drawn), "costs"),
            diverged_text(n_diverged),
        ]
    )
