"""What is said of functions of one and two variables."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from nnviz.view.sentences import functions


def test_slope_tells_the_direction_unless_it_is_level():
    assert functions.slope_heading(-0.3) == "Which way is down? The slope says"
    assert functions.slope_heading(0.0) == "Which way is down? It is level here"


@pytest.mark.parametrize(
    ("steps", "leaves", "expected"),
    [
        ([1.0, -0.1], False, "flatter ground, smaller steps"),
        ([1.0, 2.0], False, "steeper ground, longer steps"),
        ([1.0, 0.8], False, "no step is much shorter"),
        ([1.0, 0.05, 0.9], False, "smaller steps, then longer ones"),
        ([1.0, 3.0, 0.1], False, "longer steps, then smaller ones"),
        ([1.0, 2.0], True, "it leaves the picture"),
    ],
)
def test_pace_follows_from_the_steps(steps, leaves, expected):
    assert functions.pace_text(np.array(steps), leaves=leaves) == expected


def test_run_that_comes_back_is_said_to():
    said = functions.pace_text(np.array([1.0, 2.0]), leaves=True, returns=True)
    assert said == "it leaves, and comes back"


@pytest.mark.parametrize(
    ("n", "settled", "expected"),
    [
        (3, True, "Where it starts decides which valley it finds"),
        (3, False, "Where it starts decides which place it finds"),
        (1, True, "Wherever it starts, it finds one valley"),
        (1, False, "Wherever it starts, it finds one place"),
    ],
)
def test_places_are_counted_before_anything_is_claimed(n, settled, expected):
    assert functions.places_heading(n, have_settled=settled) == expected


def test_places_are_named_and_counted():
    assert functions.places_text(11, 3, have_settled=True) == "11 starts, 3 valleys"
    assert functions.places_text(11, 1, have_settled=False) == "11 starts, 1 place"
    assert functions.place_text(4, -3.689, 2.654) == "4 at x = −3.69, height 2.65"
    assert functions.more_text(2) == "and 2 more"
    assert functions.places_pace(90, 0.02) == "90 steps, rate 0.02"


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        ([0.5, 0.1, np.inf], ["too small", "good", "too large"]),
        # What was called right ended higher than what was called large.
        ([0.9, 0.5, 0.1], ["too small", "too small", "good"]),
        ([0.1, 0.5, 0.9], ["good", "too large", "too large"]),
        ([0.1, 0.105, 0.1], ["good", "good", "good"]),
        ([0.1, 0.5, 0.1], ["good", "worse", "good"]),
        ([np.inf, np.inf, np.inf], ["it leaves"] * 3),
        ([np.inf, 0.2, 0.2], ["too small", "good", "good"]),
    ],
)
def test_rates_are_judged_by_where_they_end(ends, expected):
    assert functions.rate_verdicts(ends, 0.01) == expected


def test_rates_are_summed_up():
    assert functions.rates_heading(["too small", "good", "too large"]) == (
        "The learning rate: too small, good, too large"
    )
    assert functions.rates_heading(["good"] * 3) == "The learning rate: each of these is good"
    assert "by each of these it leaves" in functions.rates_heading(["it leaves"] * 3)
    assert functions.rate_text(0.02, "good") == "rate 0.02: good"
    assert functions.rate_title(0.5) == "Rate 0.5"


def test_outcome_is_the_end_of_the_run():
    one = SimpleNamespace(points=np.zeros((2, 1)), values=np.array([3.0, 1.25]))
    many = SimpleNamespace(points=np.zeros((15, 1)), values=np.arange(15.0))
    assert functions.outcome_text(one, None) == "height 1.25 after 1 step"
    assert functions.outcome_text(many, None) == "height 14.00 after 14 steps"
    assert functions.outcome_text(many, 3) == "out of the picture at step 3"


def test_gradient_of_level_ground_knows_nothing():
    assert "steepest" in functions.steepest_heading(np.array([0.0, 1.0]))
    assert functions.steepest_heading(np.zeros(2)) == ("It is level here: no direction leads down")


@pytest.mark.parametrize(
    ("gradient", "expected"),
    [
        ([3.0, 1.0], ["here x matters 3.0 times", "as much as y"]),
        ([1.0, -3.0], ["here y matters 3.0 times", "as much as x"]),
        ([0.0, 1.0], ["only y matters here"]),
        ([1.0, 0.0], ["only x matters here"]),
        ([0.0, 0.0], ["it is level here:", "no way is down"]),
        ([2.0, -2.0], ["here x and y", "matter alike"]),
        ([12345.0, 1.0], ["here x matters 12,345 times", "as much as y"]),
    ],
)
def test_parts_of_a_gradient_are_weighed(gradient, expected):
    assert functions.weighing_lines(np.array(gradient)) == expected


def test_method_says_how_much_of_its_path_is_shown():
    assert functions.method_text("l_bfgs_b", 9, 9) == "l bfgs b, 9 steps"
    assert functions.method_text("adam", 1, 1) == "adam, 1 step"
    assert functions.method_text("momentum", 14, 3) == "momentum, 3 of 14 steps: then it leaves"


def test_cost_as_a_function_says_what_its_symbols_are(zoo):
    said = functions.cost_function_note(zoo("classic"))
    assert said.startswith("C: the network's cost on 2,000 of 2,600 training images; x: the way")
    assert "from where this training ended" in said
    said = functions.cost_function_note(zoo("to-infinity"))
    assert "from where this training was before it diverged" in said
