"""Which steps a schedule keeps."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.errors import SettingError
from nnviz.recording.schedule import Epochs, Every, Log, Union, parse_schedule

parts = st.one_of(
    st.builds(Every, st.integers(1, 500)), st.builds(Log, st.integers(1, 500)), st.just(Epochs())
)
schedules = st.one_of(
    parts, st.lists(parts, min_size=2, max_size=4).map(lambda several: Union(tuple(several)))
)


@given(schedule=schedules, epochs=st.integers(1, 40), steps_per_epoch=st.integers(1, 200))
@settings(deadline=None, max_examples=200)
def test_steps_are_sorted_unique_and_hold_both_ends(schedule, epochs, steps_per_epoch):
    n_steps = epochs * steps_per_epoch
    steps = schedule.steps(n_steps, steps_per_epoch)
    assert steps.dtype == np.int64
    assert steps[0] == 0
    assert steps[-1] == n_steps
    assert (np.diff(steps) > 0).all()


@given(schedule=schedules)
@settings(deadline=None, max_examples=100)
def test_schedule_is_read_back_from_its_text(schedule):
    assert parse_schedule(str(schedule)) == schedule


@given(n=st.integers(1, 30), n_steps=st.integers(1, 200))
def test_every_keeps_the_multiples_and_the_end(n, n_steps):
    assert set(Every(n).steps(n_steps, 1)) == {*range(0, n_steps, n), n_steps}


@given(n=st.integers(3, 400), n_steps=st.integers(1, 10**6))
@settings(deadline=None)
def test_log_keeps_no_more_than_it_says_and_the_first_step(n, n_steps):
    steps = Log(n).steps(n_steps, 1)
    assert len(steps) <= n
    assert 1 in steps


@pytest.mark.parametrize("n", [1, 2])
def test_shortest_log_keeps_both_ends_alone(n):
    assert Log(n).steps(10, 1).tolist() == [0, 10]


def test_log_is_dense_at_the_start():
    steps = Log(300).steps(56_250, 1875)
    np.testing.assert_array_equal(steps[:10], range(10))
    assert (steps < 560).sum() > len(steps) / 3


@given(epochs=st.integers(1, 20), steps_per_epoch=st.integers(1, 50))
def test_epochs_keeps_the_start_of_each(epochs, steps_per_epoch):
    steps = Epochs().steps(epochs * steps_per_epoch, steps_per_epoch)
    assert steps.tolist() == [i * steps_per_epoch for i in range(epochs + 1)]


def test_union_keeps_what_any_of_its_schedules_keeps():
    steps = parse_schedule("every:7, epochs").steps(20, 10)
    assert steps.tolist() == [0, 7, 10, 14, 20]


@pytest.mark.parametrize(
    "text",
    ["", ",", "every", "every:", "every:-1", "every:1.5", "log:x", "epochs:2", "all", "epochs,",
     "every:3 epochs", "Every:3", "log:²"],
)  # fmt: skip
def test_text_that_is_no_schedule_is_refused(text):
    with pytest.raises(SettingError, match=r"schedule must be every:N.*An example is log:300,ep"):
        parse_schedule(text)


@pytest.mark.parametrize("kind", ["every", "log"])
def test_schedule_of_nothing_is_refused(kind):
    with pytest.raises(SettingError, match=f"schedule {kind}:N must have N of at least 1; got 0"):
        parse_schedule(f"epochs,{kind}:0")
