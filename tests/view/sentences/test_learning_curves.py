"""What is said of learning curves."""

from __future__ import annotations

import numpy as np

from nnviz.analysis.scores import Score
from nnviz.view.sentences.learning_curves import all_of, curves_note, end_text


def test_curves_say_what_they_are_and_where_they_have_gaps(zoo):
    curves = [("training", np.array([1.0, np.nan])), ("held-out", np.ones(2))]
    note = curves_note(zoo("interrupted"), curves, is_share=False)
    assert note.splitlines() == [
        "64-9-10 on small blobs (synthetic); recorded up to step 37 of 400",
        "lines: all 200 training images and all 100 held-out images",
        "dots: all of them, at every epoch",
        "1 of 2 moments' training costs is not finite",
    ]
    fine = curves_note(zoo("tanh"), [("training", np.ones(2))], is_share=True)
    assert len(fine.splitlines()) == 3
    nan = curves_note(zoo("nan-at-once"), [("training", np.ones(2))], is_share=True)
    assert nan.endswith("outputs are not numbers at 3 of 4 moments")
    assert all_of("training") == "training, all examples"


def test_ends_of_curves_have_their_last_figure():
    assert end_text("held-out", Score(0.9, 0.0, 9, 9), "accuracies") == "held-out\n90.0 %"
    assert end_text("held-out", Score(0.9, 0.02, 5, 9), "costs") == "held-out\n0.90 ± 0.02"
    assert end_text("training", Score(np.nan, 0.0, 9, 9), "costs") == "training\nat the end none"
