"""Cost and accuracy as the network learned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes

from nnviz.core.arrays import FloatArray, IntArray
from nnviz.errors import find_named
from nnviz.figures.scales import scale_costs, scale_steps
from nnviz.figures.style import LABEL_SIZE, halo, set_titles, themed_axes
from nnviz.recording.recording import Recording
from nnviz.view.notation import run_text
from nnviz.view.themes import Theme, get_theme

SIZE = (7.6, 5.0)

_TITLES = {"costs": "Cost", "accuracies": "Accuracy"}


@dataclass(frozen=True, slots=True)
class _Curve:
    """A quantity on a sample at recorded steps, and on all examples at epochs."""

    name: str
    color: str
    dashed: bool
    steps: IntArray
    sampled: FloatArray
    epoch_steps: IntArray
    measured: FloatArray

    @property
    def last(self) -> float:
        """On all examples where the training ended with an epoch, else on the sample."""
        ended = self.epoch_steps[-1:] == self.steps[-1]
        return float(self.measured[-1] if ended.any() else self.sampled[-1])

    @property
    def end(self) -> tuple[float, float]:
        """The last point of the line that can be drawn."""
        drawn = np.flatnonzero(np.isfinite(self.sampled))
        row = drawn[-1] if drawn.size else -1
        return float(self.steps[row]), float(self.sampled[row])


def learning_curves(
    recording: Recording,
    quantity: str = "accuracies",
    *,
    ax: Axes | None = None,
    theme: str | Theme = "dark",
) -> Axes:
    """Draw how the cost or the accuracy changed, on training and on held-out examples.

    Lines are measured at every recorded step, on a sample of the examples; dots at every
    epoch, on all of them. The numbers at the end are the last dots' or, where the training
    did not end with an epoch, the lines'.

    Parameters
    ----------
    recording
        Of a training.
    quantity
        ``accuracies`` or ``costs``.
    ax
        Axes to draw into; by default those of a new figure.
    theme
        A theme or its name.

    Returns
    -------
    Axes
        Steps along x, logarithmic where the recorded steps are; a cost along y is
        logarithmic too, if it changed much.

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
    title = find_named("quantity", quantity, _TITLES)
    last = int(recording.steps[recording.row(-1)])
    curves = [
        _curve(recording, "train", quantity, theme),
        _curve(recording, "test", quantity, theme),
    ]
    ax = themed_axes(ax, theme, SIZE)
    for curve in curves:
        _draw(ax, curve, theme)
    scale_steps(ax, curves[0].steps, last)
    if quantity == "costs":
        ax.set_ylabel("average cost of an example")
        ax.margins(y=0.1)  # the name of the lower curve hangs below its end
        scale_costs(ax, np.concatenate([[*curve.sampled, *curve.measured] for curve in curves]))
        texts = [f"{curve.last:.3g}" for curve in curves]
    else:
        ax.set_ylabel("answered right")
        ax.set_ylim(0, 1)
        ax.yaxis.set_major_formatter(lambda share, _: f"{100 * share:.0f} %")
        texts = [f"{100 * curve.last:.1f} %" for curve in curves]
    _label_ends(ax, curves, texts, theme)
    ax.grid(color=theme.muted, alpha=0.2, linewidth=0.6)
    ax.spines[["top", "right"]].set_visible(False)
    n_train, n_test = len(recording.train_sample), len(recording.test_sample)
    note = (
        f"{run_text(recording)}\nlines: samples of {n_train:,} training and {n_test:,} held-out "
        "examples\ndots: all of them, at every epoch"
    )
    set_titles(ax, theme, title, note)
    return ax


def _curve(recording: Recording, examples: str, quantity: str, theme: Theme) -> _Curve:
    held_out = examples == "test"
    return _Curve(
        "held-out" if held_out else "training",
        theme.accent if held_out else theme.foreground,
        held_out,
        np.asarray(recording.steps),
        np.asarray(getattr(recording, f"{examples}_{quantity}")),
        np.asarray(recording.epoch_steps),
        np.asarray(recording.epoch_curve(examples, quantity)),
    )


def _draw(ax: Axes, curve: _Curve, theme: Theme) -> None:
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
        label=f"{curve.name}, all examples",
        # A dot at the first or the last step lies on the frame.
        clip_on=False,
        zorder=3,
    )


def _label_ends(ax: Axes, curves: Sequence[_Curve], texts: Sequence[str], theme: Theme) -> None:
    """Name each curve at its end, the upper one above and the lower one below it."""
    upper = max(curves, key=lambda curve: curve.end[1])
    for curve, text in zip(curves, texts, strict=True):
        if not np.isfinite(curve.end[1]):
            continue
        above = curve is upper
        ax.annotate(
            f"{curve.name}\n{text if np.isfinite(curve.last) else 'diverged'}",
            curve.end,
            (8, 2 if above else -2),
            textcoords="offset points",
            verticalalignment="bottom" if above else "top",
            color=curve.color,
            fontsize=LABEL_SIZE,
            path_effects=halo(theme),
        )
