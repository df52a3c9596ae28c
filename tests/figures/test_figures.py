"""What holds for every figure."""

from __future__ import annotations

from functools import partial

import pytest
from matplotlib import pyplot as plt
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex

from nnviz.analysis.descent import measure_descent
from nnviz.errors import RecordingError, SettingError
from nnviz.figures import (
    activations,
    descent_path,
    descent_residuals,
    gradient_sizes,
    gradient_vector,
    landscape,
    learning_curves,
    optimizer_race,
    race_costs,
    slice_costs,
    weight_images,
)
from nnviz.figures.registry import FIGURES
from nnviz.view.themes import DARK, THEMES
from tests.figures.artists import texts

# Twenty epochs of four optimizers take seconds; what is asked here does not depend on them.
SHORT = {"epochs": 2}
MAIN = (
    weight_images,
    learning_curves,
    descent_path,
    activations,
    landscape,
    partial(optimizer_race, **SHORT),
    slice_costs,
    gradient_vector,
)
ALL = (*MAIN, descent_residuals, partial(race_costs, **SHORT), gradient_sizes)

LOOKS = [
    pytest.param(
        name,
        theme,
        id=f"{name}-{theme.name}",
        marks=pytest.mark.slow if name == "optimizer-race" and theme is not DARK else (),
    )
    for name in FIGURES
    for theme in THEMES.values()
]


@pytest.mark.parametrize("draw", ALL, ids=lambda draw: getattr(draw, "func", draw).__name__)
def test_figure_goes_into_ones_own_axes(draw, tiny_recording):
    figure, (left, right) = plt.subplots(1, 2)
    assert draw(tiny_recording, ax=right) is right
    assert not left.has_data()
    assert plt.get_fignums() == [figure.number]


@pytest.mark.parametrize("draw", ALL, ids=lambda draw: getattr(draw, "func", draw).__name__)
def test_figure_opens_axes_of_its_own(draw, tiny_recording):
    ax = draw(tiny_recording)
    assert plt.get_fignums() == [ax.figure.number]


@pytest.mark.parametrize(("name", "theme"), LOOKS)
def test_every_text_lies_within_the_figure_and_apart(name, theme, tiny_recording):
    options = SHORT if name == "optimizer-race" and theme is DARK else {}
    figure = FIGURES[name].draw(tiny_recording, theme=theme, **options)
    FigureCanvasAgg(figure).draw()
    assert to_hex(figure.get_facecolor()).upper() == theme.background
    width, height = figure.canvas.get_width_height()
    boxes = []
    for text in figure.findobj(plt.Text):
        if text.get_visible() and text.get_text().strip():
            box = text.get_window_extent()
            if box.width and text.axes is not None and text not in _tick_labels(figure):
                boxes.append((text.get_text(), box))
                assert -1 <= box.x0 < box.x1 <= width + 1, text
                assert -1 <= box.y0 < box.y1 <= height + 1, text
    for i, (_, one) in enumerate(boxes):
        for said, other in boxes[i + 1 :]:
            overlap = one.intersection(one, other)
            assert overlap is None or min(overlap.width, overlap.height) < 3, (boxes[i][0], said)


def _tick_labels(figure):
    return {
        label
        for ax in figure.findobj(plt.Axes)
        for axis in (ax.xaxis, ax.yaxis)
        for minor in (False, True)
        for label in axis.get_ticklabels(minor=minor)
    }


def test_titles_say_that_the_data_are_synthetic(tiny_recording):
    for draw in MAIN:
        assert any("blobs (synthetic)" in text for text in texts(draw(tiny_recording)))


def test_figures_tell_of_a_divergence(diverged):
    left_out = f"diverged: {measure_descent(diverged, n=3).n_diverged} later moments are left out"
    for draw in (descent_path, descent_residuals, slice_costs):
        assert any(left_out in text for text in texts(draw(diverged)))
    with pytest.raises(SettingError, match="must have finite parameters; after 24 steps"):
        landscape(diverged)
    assert landscape(diverged, step=0).has_data()
    with pytest.raises(RecordingError, match="gradient at step 24 must be finite"):
        gradient_vector(diverged, step=-1)


@pytest.mark.parametrize("draw", [weight_images, activations])
def test_step_that_was_not_recorded_is_refused(tiny_recording, draw):
    with pytest.raises(RecordingError, match="step"):
        draw(tiny_recording, step=123456)
