"""What is said of a recorded path: where it leads, and what a plane shows of it."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from nnviz.analysis.descent import measure_descent
from nnviz.analysis.landscape import Landscape
from nnviz.view.sentences import paths
from tests.view.sentences.courses import COURSES


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
