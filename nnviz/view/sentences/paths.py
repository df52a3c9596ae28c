"""What pictures of a recorded path over the cost say."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nnviz.analysis.descent import Descent
from nnviz.analysis.trajectory import Trajectory
from nnviz.core.arrays import FloatArray
from nnviz.recording.recording import Recording
from nnviz.view.sentences.comparisons import course
from nnviz.view.sentences.gaps import diverged_text, gap_text, not_numbers_text
from nnviz.view.sentences.numbers import percent, significant
from nnviz.view.sentences.runs import costs_caption, run_text
from nnviz.view.sentences.wording import in_two, joined

COST_OF_MAP, COST_ON_SURFACE = "cost of the map there", "cost on the surface"
DISTANCE = "distance from the plane"
DISTANCE_IN_UNITS = "distance from the plane, in units of the parameters"
TRUE_COST_OF_PATH, COST_UNDER_IT = "true cost of the path", "cost of the surface under it"
PATH, RECORDED_STEPS, START, END = "path", "recorded steps", "start", "end"

# Least cost that is compared: the logarithm of a cost of nothing is no number.
_TINY = 1e-30
# Costs that differ by less than this share are the same.
_THE_SAME = 1e-3


def descent_heading(n_parameters: int, costs: FloatArray) -> str:
    """Say where a training leads, from its true costs ``(n,)`` at the recorded moments."""
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
    """Say how a path leads over a cost surface, from the true costs ``(n,)`` along it."""
    return {
        "down": "Downhill on the real cost surface",
        "over": "Uphill first, then down the real cost surface",
        "up": "Uphill on the real cost surface",
        "back": "Uphill on the real cost surface, and back",
        "level": "Along the real cost surface, at one height",
        "none": "On the real cost surface",
    }[course(costs)]


def descent_title(costs: FloatArray) -> str:
    """Name a figure of a path over the cost, from the true costs ``(n,)`` along it."""
    return {
        "down": "Descent on the cost surface",
        "over": "Up, then down the cost surface",
        "up": "Ascent on the cost surface",
        "back": "Up the cost surface, and back",
        "level": "A path along the cost surface",
        "none": "A path on the cost surface",
    }[course(costs)]


def faithfulness(descent: Descent) -> list[str]:
    """Say in short lines what a plane shows of a path, and what it leaves out."""
    if (distance := descent.farthest) == 0:
        lines = ["The whole path lies", "in this plane."]
    else:
        lines = [
            f"This plane holds {percent(descent.variance_explained.sum(), decimals=1)}",
            "of the path's variance;",
            f"the path is up to {significant(distance)} away,",
            "in units of the parameters.",
        ]
    return lines + in_two(diverged_text(descent.n_diverged))


def descent_note(recording: Recording, descent: Descent) -> str:
    """Say what a figure of a path shows and what it leaves out."""
    if (distance := descent.farthest) == 0:
        plane = "the whole path lies in this plane"
    else:
        plane = (
            f"the plane holds {percent(descent.variance_explained.sum())} of the path's variance; "
            f"the path is up to {significant(distance)} away, in units of the parameters"
        )
    return joined(
        [
            run_text(recording),
            plane,
            costs_caption(recording),
            diverged_text(descent.n_diverged),
            gap_text(descent.landscape),
        ]
    )


def point_text(name: str, step: int, cost: float) -> str:
    """Name an end of a path, with its step and its true cost."""
    return f"{name}\nstep {step:,}\ncost {significant(cost)}"


def surface_note(recording: Recording) -> str:
    """Say which network a surface belongs to, and which directions it lies over."""
    return f"{run_text(recording)}, over the two principal directions of the recorded path"


def residuals_title() -> str:
    """Name the figure of what a plane does not show of a path: its distance, and its true cost."""
    return "What the plane leaves out"


def residuals_note(recording: Recording, descent: Descent) -> str:
    """Say where a path's true cost and that of the surface under it differ most."""
    path = descent.trajectory
    is_finite = np.isfinite(path.costs) & np.isfinite(path.surface_costs)
    return joined(
        [
            run_text(recording),
            _difference_text(path, is_finite),
            not_numbers_text(int((~is_finite).sum()), len(is_finite), "moments' costs"),
            diverged_text(descent.n_diverged),
        ]
    )


def _difference_text(path: Trajectory, is_finite: NDArray[np.bool_]) -> str:
    """Say where a path's costs differ most, of the moments ``(n,)`` at which both are finite."""
    if not is_finite.any():
        return "nowhere are both costs finite"
    # By how many times, as on a logarithmic axis; a cost of nothing differs from any other.
    both = np.maximum([path.costs[is_finite], path.surface_costs[is_finite]], _TINY)
    differences = np.abs(np.diff(np.log(both), axis=0)).ravel()
    if not differences.max() > _THE_SAME:
        return "the costs are the same, to a thousandth"
    worst = np.flatnonzero(is_finite)[int(differences.argmax())]
    return (
        f"the costs differ most at step {path.steps[worst]:,}: "
        f"{significant(path.costs[worst])}, and {significant(path.surface_costs[worst])} "
        "on the surface"
    )
