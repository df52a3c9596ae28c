"""Cost and accuracy as the network learned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes

from nnviz.analysis.scores import Score, epoch_curve, sample_curve, score
from nnviz.core.arrays import FloatArray, IntArray
from nnviz.figures.registry import Plot, register_figure
from nnviz.figures.scales import scale_costs, scale_steps
from nnviz.figures.style import LABEL_SIZE, halo, set_titles, themed_axes
from nnviz.names import find_named
from nnviz.recording.recording import Recording
from nnviz.view.sentences.learning_curves import (
    CURVES_TITLES,
    SHARE_RIGHT,
    all_of,
    curves_note,
    end_text,
)
from nnviz.view.sentences.runs import KINDS
from nnviz.view.sentences.scales import AVERAGE_COST
from nnviz.view.themes import Theme, get_theme

SIZE = (7.6, 5.0)

# Height of a name's two lines of text in heights of its letters.
_NAME_HEIGHT = 2.4
# From the end of a curve to its name, points.
_NAME_DISTANCE = 8


@dataclass(frozen=True, slots=True, eq=False)
class _Curve:
    """A cost or an accuracy over the training, and how its curve looks.

    Parameters
    ----------
    name
        Name of the examples that it was measured on.
    color
        Colour of the curve, ``#RRGGBB``.
    dashed
        Whether its line is dashed.
    steps, sampled
        The recorded steps, and the value on a sample of the examples at each, ``(n_rows,)``.
    epoch_steps, measured
        The steps at the start of each epoch, and the value on all examples there,
        ``(n_epochs + 1,)``.
    last
        The value at the end of the training.
    """

    name: str
    color: str
    dashed: bool
    steps: IntArray
    sampled: FloatArray
    epoch_steps: IntArray
    measured: FloatArray
    last: Score

    @property
    def end(self) -> tuple[float, float]:
        """Step and value of the last point of the line that can be drawn."""
        drawn = np.flatnonzero(np.isfinite(self.sampled))
        row = drawn[-1] if drawn.size else -1
        return float(self.steps[row]), float(self.sampled[row])

    @property
    def height(self) -> float:
        """Value of the last point that can be drawn; infinite if there is none."""
        return self.end[1] if np.isfinite(self.end[1]) else np.inf

    @property
    def values(self) -> FloatArray:
        """All values that the line and the dots show."""
        return np.concatenate([self.sampled, self.measured])


def learning_curves(
    recording: Recording,
    quantity: str = "accuracies",
    *,
    ax: Axes | None = None,
    theme: str | Theme = "dark",
) -> Axes:
    """Draw how the cost or the accuracy changed, on training and on held-out examples.

    Lines show what was measured at every recorded step, on a sample of the examples; dots what
    was measured at every epoch, on all of them. The numbers at the ends are those of the last
    dots or, where the training did not end with an epoch, of the lines, with their standard
    error. A value that is not finite is a gap.

    Parameters
    ----------
    recording
        The recorded training to draw.
    quantity
        What to draw: ``accuracies`` or ``costs``.
    ax
        Axes to draw into; by default, those of a new figure.
    theme
        Colours of the figure: ``dark``, ``light`` or ``print``, or a
        :class:`nnviz.view.Theme`.

    Returns
    -------
    Axes
        The axes drawn into: steps along x, on a logarithmic scale if most recorded steps are
        early, and the quantity along y. Costs have a logarithmic scale if they change much.

    Raises
    ------
    RecordingError
        If nothing was recorded.
    UnknownNameError
        If there is no such quantity.

    Examples
    --------
    >>> learning_curves(getfixture("tiny_recording"), "costs").get_ylabel()
    'average cost of an example'
    """
    theme = get_theme(theme)
    title = find_named("quantity", quantity, CURVES_TITLES)
    # A training that was cut off may have come to epochs after its last recorded moment.
    last = int(max(recording.steps[recording.row(-1)], *recording.epoch_steps[-1:]))
    curves = [
        _curve(recording, "train", quantity, theme),
        _curve(recording, "test", quantity, theme),
    ]
    ax = themed_axes(ax, theme, SIZE)
    for curve in curves:
        _draw(ax, curve, theme)
    scale_steps(ax, curves[0].steps, last)
    _scale_quantity(ax, quantity, curves)
    ax.grid(color=theme.muted, alpha=0.2, linewidth=0.6)
    ax.spines[["top", "right"]].set_visible(False)
    gaps = [(curve.name, curve.sampled) for curve in curves]
    set_titles(ax, theme, title, curves_note(recording, gaps, is_share=quantity == "accuracies"))
    _label_ends(ax, curves, [end_text(curve.name, curve.last, quantity) for curve in curves], theme)
    return ax


def _curve(recording: Recording, examples: str, quantity: str, theme: Theme) -> _Curve:
    """Return the curve of a quantity on the ``train`` or the ``test`` examples."""
    is_held_out = examples == "test"
    return _Curve(
        name=KINDS[examples],
        color=theme.accent if is_held_out else theme.foreground,
        dashed=is_held_out,
        steps=np.asarray(recording.steps),
        sampled=sample_curve(recording, examples, quantity),
        epoch_steps=np.asarray(recording.epoch_steps),
        measured=epoch_curve(recording, examples, quantity),
        last=score(recording, examples, quantity, recording.n_rows - 1),
    )


def _scale_quantity(ax: Axes, quantity: str, curves: Sequence[_Curve]) -> None:
    """Name and scale y for what the curves show."""
    if quantity == "costs":
        ax.set_ylabel(AVERAGE_COST)
        ax.margins(y=0.1)  # the name of the lower curve hangs below its end
        scale_costs(ax, np.concatenate([curve.values for curve in curves]))
    else:
        ax.set_ylabel(SHARE_RIGHT)
        ax.set_ylim(0, 1)
        ax.yaxis.set_major_formatter(lambda share, _: f"{100 * share:.0f} %")


def _draw(ax: Axes, curve: _Curve, theme: Theme) -> None:
    """Draw the line and the dots of a curve."""
    ax.plot(
        curve.steps,
        curve.sampled,
        color=curve.color,
        linestyle=(0, (4, 1.6)) if curve.dashed else "-",
        linewidth=1.4,
        label=curve.name,
    )
    ax.plot(
        curve.epoch_steps,
        curve.measured,
        color=curve.color,
        linestyle="none",
        marker="o",
        markersize=3.4,
        markerfacecolor=theme.background if curve.dashed else curve.color,
        markeredgewidth=0.9,
        label=all_of(curve.name),
        # A dot at the first or the last step lies on the frame.
        clip_on=False,
        zorder=3,
    )


def _label_ends(ax: Axes, curves: Sequence[_Curve], texts: Sequence[str], theme: Theme) -> None:
    """Name each curve at its end: the upper one above and the lower one below it.

    A curve of which nothing can be drawn has its name in the upper right corner.
    """
    named = sorted(zip(curves, texts, strict=True), key=lambda pair: -pair[0].height)
    tops = _tops_of_names(ax, [curve for curve, _ in named])
    for (curve, text), (end, top) in zip(named, tops, strict=True):
        is_drawn = bool(np.isfinite(curve.end[1]))
        ax.annotate(
            text,
            curve.end if is_drawn else (1, 1),
            (_NAME_DISTANCE if is_drawn else -_NAME_DISTANCE, top - end),
            xycoords="data" if is_drawn else "axes fraction",
            textcoords="offset points",
            horizontalalignment="left" if is_drawn else "right",
            verticalalignment="top",
            color=curve.color,
            fontsize=LABEL_SIZE,
            path_effects=halo(theme),
        )


def _tops_of_names(ax: Axes, curves: Sequence[_Curve]) -> list[tuple[float, float]]:
    """Return, for each curve from the upper one down, the heights of its end and of its name's top.

    Names stay between the axes' ends and off each other. Heights are in points.
    """
    to_points = 72 / ax.figure.dpi
    bottom, top = (ax.transAxes.transform((0, y))[1] * to_points for y in (0, 1))
    room = _NAME_HEIGHT * LABEL_SIZE
    ceiling = top
    heights = []
    for place, curve in enumerate(curves):
        is_drawn = bool(np.isfinite(curve.end[1]))
        end = ax.transData.transform(curve.end)[1] * to_points if is_drawn else top
        wanted = end + room if place == 0 else end
        # What comes below needs room, too, down to a little under the axes.
        floor = bottom - room / 2 + room * (len(curves) - place)
        name_top = max(min(wanted, ceiling), floor)
        ceiling = name_top - room
        heights.append((end, name_top))
    return heights


register_figure(
    "learning-curves",
    "Cost and accuracy at every recorded step, on training and held-out examples.",
    size=(11.0, 4.8),
    plots=tuple(Plot(learning_curves, {"quantity": each}) for each in ("costs", "accuracies")),
)
