"""What is said of several trainings: a race, and the ends of different starts."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from nnviz.analysis.landscape import Landscape
from nnviz.view.sentences import trainings


def entry(name, cost, *, n_diverged=0, steps=1260):
    return SimpleNamespace(
        contender=SimpleNamespace(name=name),
        learning_rate=0.1,
        n_diverged=n_diverged,
        trajectory=SimpleNamespace(costs=np.array([3.0, cost]), steps=np.array([0, steps])),
    )


def race(*entries, gaps=0):
    costs = np.ones((2, 2))
    costs.ravel()[:gaps] = np.inf
    return SimpleNamespace(
        results=entries,
        n_examples=2000,
        variance_explained=np.array([0.6, 0.29]),
        landscape=Landscape(None, None, None, costs),
    )


@pytest.mark.parametrize(
    ("costs", "expected"),
    [
        ([0.9, 0.2, 0.5], "The same work; lowest at the end: b"),
        ([0.2, 0.2001, 0.5], "The same work; alike and lowest: a and b"),
        ([0.2, 0.2, 0.2], "The same work: all end alike"),
        ([np.inf, np.nan, np.inf], "The same work: none ends with a finite cost"),
        ([np.nan, 0.4, 0.5], "The same work; lowest at the end: b"),
    ],
)
def test_race_is_won_by_the_lowest_true_cost(costs, expected):
    found = race(*(entry(name, cost) for name, cost in zip("abc", costs, strict=True)))
    assert trainings.race_costs_title(found) == expected


def test_contender_that_diverged_has_no_end():
    found = race(entry("a", 0.1, n_diverged=3), entry("b", 0.4))
    assert trainings.race_costs_title(found) == "The same work; lowest at the end: b"
    assert trainings.contender_rate_text(found.results[0]) == "rate 0.1, 1,260 steps, then diverged"
    assert trainings.contender_rate_text(entry("a", 0.1, steps=1)) == "rate 0.1, 1 step"
    assert trainings.contender_text(found.results[1]) == "b, rate 0.1, 1,260 steps"


def test_contenders_are_counted():
    assert trainings.race_title(race(*[entry("a", 1)] * 4)) == "One start, four ways on"
    assert trainings.race_title(race(entry("a", 1))) == "One start, one way on"
    assert trainings.race_title(race(*[entry("a", 1)] * 12)) == "One start, 12 ways on"
    assert trainings.race_heading(13002) == "One start, one landscape of 13,002 weights and biases"


def test_race_says_what_its_plane_holds_and_where_it_has_gaps(zoo):
    lines = trainings.race_lines(zoo("tanh"), race(entry("a", 1), gaps=1))
    assert "(89 % of the variance)" in lines
    assert " ".join(lines).endswith("no finite cost at 1 of 4 points")
    note = trainings.race_note(zoo("tanh"), race(entry("a", 1)), 20)
    assert note.splitlines() == [
        "64-10-8-10 on small blobs (synthetic); each takes 20 passes over 2,000 images",
        "the plane holds 89 % of the paths' variance",
    ]
    assert "2,000 images" in trainings.race_costs_note(zoo("tanh"), race(entry("a", 1)))


def test_batches_say_how_many_steps_an_epoch_takes():
    assert trainings.batches_lines(2000, 32) == [
        "2,000 training images in random order, up to 32 a step.",
        "A pass over all of them is one step of the full batch, or 63 of mini-batches.",
    ]
    assert trainings.batches_lines(20, 32) == [
        "20 training images: a mini-batch of up to 32 holds them all."
    ]
    assert trainings.step_name(1200) == "step 1,200"
    assert trainings.batches_heading()


def minima(train, test=None, *, lines=None, distances=None):
    train = np.array(train, float)
    n = len(train)
    pairs = np.array([(i, j) for i in range(n) for j in range(i + 1, n)])
    return SimpleNamespace(
        seeds=tuple(range(n)),
        train_costs=train,
        test_costs=train if test is None else np.array(test, float),
        test_accuracies=np.full(n, 0.895),
        pairs=pairs,
        lines=np.full((len(pairs), 3), 0.9) if lines is None else np.array(lines, float),
        distances=np.ones(len(pairs)) if distances is None else np.array(distances, float),
        n_examples=2000,
        n_held_out=2000,
    )


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (minima([0.1, 0.11]), "Different places, hills on the straight way, about equal in cost"),
        # Ends of 2.299 to 2.301 are equal in cost, whatever held-out images say.
        (
            minima([2.299, 2.301], [1.0, 2.0]),
            "Different places, no hills on the straight way, equal in cost, not on held-out images",
        ),
        (
            minima([0.1, 0.2], [1.0, 1.1]),
            "Different places, hills on the straight way, not equal in cost, "
            "but on held-out images",
        ),
        (
            minima([0.1, 0.2], [1.0, 2.0]),
            "Different places, hills on the straight way, not equal in cost",
        ),
        (
            minima([1.0] * 3, lines=[[1.0] * 3, [5.0] * 3, [1.0] * 3]),
            "Different places, some hills on the straight way, about equal in cost",
        ),
        (
            minima([1.0] * 3, distances=[0.0, 1.0, 1.0]),
            "Partly different places, no hills on the straight way, about equal in cost",
        ),
        (
            minima([1.0] * 2, distances=[0.0]),
            "The same place, no hills on the straight way, about equal in cost",
        ),
        (minima([1.0, np.nan]), "1 of 2 trainings have no finite cost at the end"),
        (
            minima([1.0, 1.0], lines=[[1.0, np.nan, 1.0]]),
            "Different places, hills on the straight way, about equal in cost",
        ),
    ],
)
def test_verdict_on_the_ends_says_what_was_measured(found, expected):
    assert trainings.minima_verdict(found) == expected


def test_findings_say_what_counts_as_a_hill_and_as_equal():
    said = trainings.minima_findings(minima([0.1, 0.2]))
    assert said[0] == "cost at the ends: 0.1 to 0.2"
    assert "a hill: over 20 % above the higher end" in said
    assert "equal: up to 25 % apart" in said


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0.5, 0.25], "0.25 to 0.5"),
        ([1.0, 1.0], "1"),
        ([np.nan, np.inf], "none is finite"),
        ([1.0, np.inf, 3.0], "1 to 3; 1 not finite"),
    ],
)
def test_range_counts_what_is_not_finite(values, expected):
    assert trainings.range_text(np.array(values)) == expected


def test_network_of_nan_is_not_right_or_wrong():
    found = minima([np.nan, 0.1], [np.nan, 0.2])
    assert trainings.minimum_values(found, 0) == ("none", "none", "none")
    assert trainings.minimum_values(found, 1) == ("0.100", "0.200", "89.5 %")


def test_small_cost_is_not_nothing():
    found = minima([0.1, 0.0004])
    assert trainings.minimum_values(found, 1)[0] == "0.0004"
    assert trainings.minimum_values(minima([0.1, 0.0]), 1)[0] == "0.000"


@pytest.mark.parametrize(
    ("held_out", "expected"),
    [([np.inf, np.inf], "2 without"), ([np.nan, 0.3], "1 without")],
)
def test_held_out_cost_that_is_none_is_told_of(held_out, expected):
    found = minima([0.1, 0.1])
    found.test_costs = np.array(held_out)
    said = trainings.minima_verdict(found)
    assert said.endswith(f"about equal in cost; {expected} a finite one on held-out images")
    found.train_costs = np.array([0.1, 0.9])
    assert "not equal in cost; " in trainings.minima_verdict(found)


def test_held_out_figures_say_how_sure_they_are():
    found = minima([0.1, 0.2])
    found.test_cost_errors, found.test_accuracy_errors = np.zeros(2), np.zeros(2)
    assert trainings.minima_errors_text(found) == ""
    found.test_cost_errors = np.array([0.0052, np.nan])
    found.test_accuracy_errors = np.array([0.0061, 0.007])
    assert (
        trainings.minima_errors_text(found)
        == "standard errors: held-out 0.006, right 0.7 %, at most"
    )


def test_caption_says_which_images(zoo):
    said = trainings.minima_caption(zoo("classic"), minima([0.1, 0.2]))
    assert said.endswith(
        "learned: 2,000 of 2,600 training images; held out: 2,000 of 2,400 held-out images"
    )
    assert trainings.minima_heading(3) == "3 starts, 3 trainings on the same images"
    assert trainings.seed_text(4) == "seed 4"
    assert trainings.lines_heading()
