"""What pictures of the cost around a network, or over a plane, say."""

from __future__ import annotations

import numpy as np

from nnviz.analysis.landscape import Landscape
from nnviz.analysis.planes import Plane
from nnviz.core.arrays import FloatArray
from nnviz.recording.recording import Recording
from nnviz.view.sentences.gaps import gap_text
from nnviz.view.sentences.numbers import significant
from nnviz.view.sentences.runs import costs_caption, moment_text, run_text
from nnviz.view.sentences.wording import joined

DIRECTIONS, THE_NETWORK = ("direction 1", "direction 2"), "the network"

# Parameters are in a plane if they are no further away than this share of their size: recorded in
# single precision, they are never in it exactly.
_IN_PLANE = 1e-6


def landscape_title(plane: Plane | None) -> str:
    """Name a landscape: around a network, or over a plane that was asked for."""
    return "The cost around the network" if plane is None else "The cost over a plane"


def surface_title() -> str:
    """Name the surface that stands beside a landscape's contours."""
    return "The same as a surface"


def surface_figure_note(landscape: Landscape) -> str:
    """Say what the height and the colour of a surface mean, and what its holes are."""
    holes = gap_text(landscape)
    note = "height: the cost; colour: its logarithm"
    return f"{note}\nholes: {holes}" if holes else note


def landscape_note(
    recording: Recording, step: int, plane: Plane | None, landscape: Landscape, *, is_shown: bool
) -> str:
    """Say what a landscape shows and where the network is in it.

    Parameters
    ----------
    recording
        The recorded training.
    step
        The recorded step of the network, or a negative number that counts recorded moments from
        the end.
    plane
        The plane that was asked for; ``None`` for two random directions from the network.
    landscape
        The costs that were measured over the plane.
    is_shown
        Whether the dot of the network lies within the picture.
    """
    where = "two random directions, filter-normalised"
    if plane is not None:
        where = _place_text(recording.network_at(step).parameters, plane, is_shown=is_shown)
    lines = [
        f"{run_text(recording)}, {moment_text(recording, step)}",
        f"{where}; {costs_caption(recording)}",
        gap_text(landscape),
    ]
    return joined(lines)


def _place_text(parameters: FloatArray, plane: Plane, *, is_shown: bool) -> str:
    """Say where a network of some parameters ``(n,)`` is as seen from a plane."""
    parameters = parameters.astype(np.float64)
    distance = float(plane.distances(parameters))
    if np.isnan(distance):
        return "the network's parameters are not finite: it has no place here"
    is_in = distance < _IN_PLANE * (1 + float(np.linalg.norm(parameters)))
    away = "in the plane" if is_in else f"{significant(distance)} away from the plane"
    if is_shown:
        return f"the dot: the network, {away}"
    return f"the network, {away}, lies outside the picture"
