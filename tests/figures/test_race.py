"""Every optimizer's path and costs."""

from __future__ import annotations

import numpy as np

from nnviz.analysis.race import race_optimizers
from nnviz.figures import optimizer_race, race_costs
from tests.figures.artists import lines_of


def test_race_draws_every_contender_on_both_sides(tiny_recording):
    race = race_optimizers(tiny_recording, epochs=3)
    paths, costs = (
        lines_of(draw(tiny_recording, epochs=3)) for draw in (optimizer_race, race_costs)
    )
    for result in race.results:
        name = next(label for label in paths if label.startswith(f"{result.contender.name}, "))
        np.testing.assert_allclose(paths[name], result.trajectory.coordinates, atol=1e-9)
        expected = np.column_stack([result.epochs, result.trajectory.costs])
        np.testing.assert_allclose(costs[name], expected)


def test_contenders_are_told_apart_without_colour(tiny_recording):
    lines = [
        line for line in race_costs(tiny_recording, epochs=2).lines if line.get_label()[0] != "_"
    ]
    assert len({str(line._unscaled_dash_pattern) for line in lines}) == 4
