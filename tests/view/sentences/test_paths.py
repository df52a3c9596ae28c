"""What is said of a recorded path: where it leads, what a plane shows of it, along a line."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from nnviz.analysis.descent import measure_descent
from nnviz.analysis.landscape import Landscape
from nnviz.analysis.planes import Plane
from nnviz.analysis.scores import Score
from nnviz.view.sentences import paths

COURSES = {
    "down": [3.0, 1.0, 0.1],
    "over": [2.0, 900.0, 1.0],
    "up": [1.0, 5.0],
    "back": [2.0, 900.0, 2.5],
    "level": [1.0, 1.002],
    "none": [1.0],
}


@pytest.mark.parametrize("name", COURSES)
def test_course_of_a_cost(name):
    assert paths.course(np.array(COURSES[name])) == name


@pytest.mark.parametrize("costs", [[1.0, np.nan], [np.inf, 1.0], [1.0, np.inf]])
def test_cost_that_is_not_finite_has_no_course(costs):
    assert paths.course(np.array(costs)) == "none"


def test_gap_on_the_way_does_not_count_but_infinity_is_up():
    assert paths.course(np.array([3.0, np.nan, 1.0])) == "down"
    assert paths.course(np.array([3.0, np.inf, 1.0])) == "over"
    assert paths.course(np.array([3.0, np.inf, 4.0])) == "back"


def test_headings_follow_from_the_course():
    for say in (
        lambda c: paths.descent_heading(610, c),
        paths.surface_heading,
        paths.descent_title,
    ):
        said = {name: say(np.array(costs)) for name, costs in COURSES.items()}
        assert len(set(said.values())) == len(COURSES)
        assert "down" in said["down"].lower() or "Descent" in said["down"]
        for name in ("up", "level", "none"):
            assert "down" not in said[name].lower()
            assert "Descent" not in said[name]
    assert paths.descent_heading(13002, np.array([3.0, 0.1])) == (
        "13,002 weights and biases going downhill"
    )


def found(*, far=0.0, shares=(0.9, 0.07), n_diverged=0, gaps=0):
    costs = np.ones((2, 3))
    costs.ravel()[:gaps] = np.inf
    return SimpleNamespace(
        farthest=far,
        variance_explained=np.array(shares),
        n_diverged=n_diverged,
        landscape=Landscape(None, None, None, costs),
    )


def test_plane_says_what_it_holds_and_how_far_the_path_is_away(zoo):
    assert paths.faithfulness(found(far=620.0, shares=(0.999, 0.00099))) == [
        "This plane holds 99.999 %",
        "of the path's variance;",
        "the path is up to 620 away,",
        "in units of the parameters.",
    ]
    assert paths.faithfulness(found()) == ["The whole path lies", "in this plane."]
    assert paths.faithfulness(found(n_diverged=3))[2:] == [
        "diverged: 3 later moments",
        "are left out",
    ]
    note = paths.descent_note(zoo("tanh"), found(far=1.5, n_diverged=2, gaps=2))
    assert note.splitlines() == [
        "64-10-8-10 on small blobs (synthetic)",
        "the plane holds 97 % of the path's variance; "
        "the path is up to 1.5 away, in units of the parameters",
        "costs: average over all 200 training images",
        "diverged: 2 later moments are left out",
        "no finite cost at 2 of 6 points",
    ]
    assert "the whole path lies in this plane" in paths.descent_note(zoo("tanh"), found())


def test_rounding_does_not_lead_out_of_a_plane(zoo):
    assert measure_descent(zoo("three-moments"), n=3).farthest == 0.0
    assert measure_descent(zoo("tanh"), n=3).farthest > 0.0


def residuals(costs, under):
    path = SimpleNamespace(
        steps=np.arange(len(costs)), costs=np.array(costs), surface_costs=np.array(under)
    )
    return SimpleNamespace(trajectory=path, n_diverged=0)


def test_residuals_name_the_worst_moment(zoo):
    note = paths.residuals_note(zoo("tanh"), residuals([1.0, 3.0, 2.0], [1.0, 0.9, 2.0]))
    assert "differ most at step 1: 3, and 0.9 on the surface" in note
    # By how many times, not by how much.
    note = paths.residuals_note(zoo("tanh"), residuals([1000.0, 3.0], [1500.0, 300.0]))
    assert "at step 1: 3, and 300" in note
    note = paths.residuals_note(zoo("tanh"), residuals([1.0, 0.0], [1.5, 300.0]))
    assert "at step 1: 0, and 300" in note
    note = paths.residuals_note(zoo("tanh"), residuals([1.0, np.inf, 2.0], [1.0, 0.9, 1.5]))
    assert "at step 2" in note
    assert "1 of 3 moments' costs is not finite" in note
    note = paths.residuals_note(zoo("tanh"), residuals([np.inf], [1.0]))
    assert "nowhere are both costs finite" in note
    note = paths.residuals_note(zoo("tanh"), residuals([3.319, 2.0], [3.3191, 2.0]))
    assert "the costs are the same, to a thousandth" in note
    assert paths.residuals_title()


def test_ends_of_a_path_have_their_true_cost():
    assert paths.point_text("end", 1200, 0.07181) == "end\nstep 1,200\ncost 0.0718"


def test_surface_says_what_it_lies_over(zoo):
    assert "principal directions of the recorded path" in paths.surface_note(zoo("tanh"))


def test_landscape_says_where_the_network_is(zoo):
    recording = zoo("tanh")
    land = Landscape(None, None, None, np.ones((2, 2)))
    origin = recording.network_at(-1).parameters.astype(float)
    along = np.eye(2, len(origin))
    here = Plane(origin, along)
    aside = Plane(origin + 3.0 * np.eye(5, len(origin))[4], along)

    def note(recording, plane, step=-1, *, is_shown=True, found=land):
        return paths.landscape_note(recording, step, plane, found, is_shown=is_shown)

    assert "two random directions, filter-normalised" in note(recording, None)
    assert "the dot: the network, in the plane" in note(recording, here)
    assert "the dot: the network, 3 away from the plane" in note(recording, aside)
    outside = note(recording, here, is_shown=False)
    assert "the network, in the plane, lies outside the picture" in outside
    nan = zoo("nan-at-once")
    plane = Plane(np.zeros(610), np.eye(2, 610))
    assert "not finite: it has no place here" in note(nan, plane)
    holes = Landscape(None, None, None, np.array([[1.0, np.inf]]))
    assert note(recording, None, found=holes).endswith("no finite cost at 1 of 2 points")
    assert paths.landscape_title(None) != paths.landscape_title(here)
    assert paths.surface_figure_note(land) == "height: the cost; colour: its logarithm"
    assert paths.surface_figure_note(holes).endswith("holes: no finite cost at 1 of 2 points")
    assert paths.surface_title()


def test_curves_say_what_they_are_and_where_they_have_gaps(zoo):
    curves = [("training", np.array([1.0, np.nan])), ("held-out", np.ones(2))]
    note = paths.curves_note(zoo("interrupted"), curves, is_share=False)
    assert note.splitlines() == [
        "64-9-10 on small blobs (synthetic); recorded up to step 37 of 400",
        "lines: all 200 training images and all 100 held-out images",
        "dots: all of them, at every epoch",
        "1 of 2 moments' training costs is not finite",
    ]
    fine = paths.curves_note(zoo("tanh"), [("training", np.ones(2))], is_share=True)
    assert len(fine.splitlines()) == 3
    nan = paths.curves_note(zoo("nan-at-once"), [("training", np.ones(2))], is_share=True)
    assert nan.endswith("outputs are not numbers at 3 of 4 moments")
    assert paths.all_of("training") == "training, all examples"


def test_ends_of_curves_have_their_last_figure():
    assert paths.end_text("held-out", Score(0.9, 0.0, 9, 9), "accuracies") == "held-out\n90.0 %"
    assert paths.end_text("held-out", Score(0.9, 0.02, 5, 9), "costs") == "held-out\n0.90 ± 0.02"
    assert (
        paths.end_text("training", Score(np.nan, 0.0, 9, 9), "costs") == "training\nat the end none"
    )


def test_slice_says_how_long_it_is_and_what_is_not_finite(zoo):
    drawn = np.array([1.0, np.inf])
    assert paths.slice_note(zoo("tanh"), 5.678, 2, drawn).splitlines() == [
        "64-10-8-10 on small blobs (synthetic); 5.68 long, in units of the parameters",
        "costs: averages over all 200 training images and all 100 held-out images",
        "1 of 2 costs is not finite",
        "diverged: 2 later moments are left out",
    ]
    assert len(paths.slice_note(zoo("tanh"), 5.678, 0, np.ones(2)).splitlines()) == 2
    assert paths.recorded_name("training examples") == "training examples, recorded"
    assert paths.slice_title()
