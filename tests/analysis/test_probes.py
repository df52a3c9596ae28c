"""Which of the recorded examples are shown."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nnviz.analysis.probes import choose_probes, predictions

pairs = st.integers(2, 10).flatmap(
    lambda n: st.tuples(
        st.just(n),
        st.lists(
            st.tuples(st.integers(0, n - 1), st.integers(0, n - 1) | st.just(-1)),
            min_size=1,
            max_size=40,
        ),
    )
)


def fake(n_classes: int, labels, predicted) -> SimpleNamespace:
    """Return what ``choose_probes`` asks of a recording; -1 stands for a right prediction."""
    labels = np.array(labels)
    predicted = np.where(np.array(predicted) < 0, labels, predicted)
    return SimpleNamespace(
        probes=SimpleNamespace(labels=labels),
        sizes=(4, n_classes),
        n_classes=n_classes,
        activations=lambda layer, _step: np.eye(n_classes)[predicted] * (layer == 1),
    )


@given(pair=pairs, n=st.integers(0, 45))
@settings(deadline=None, max_examples=300)
def test_probes_are_distinct_and_the_last_is_wrong(pair, n):
    n_classes, probes = pair
    labels, predicted = zip(*probes, strict=True)
    recording = fake(n_classes, labels, predicted)
    right = predictions(recording) == recording.probes.labels
    chosen = choose_probes(recording, n)
    assert len(chosen) == len(set(chosen)) == min(n, len(labels))
    assert all(type(i) is int and 0 <= i < len(labels) for i in chosen)
    if n > 1 and not right.all():
        assert not right[chosen[-1]]


@given(pair=pairs, n=st.integers(1, 45))
@example(pair=(4, [(0, 1), (0, 0)]), n=1)
@settings(deadline=None, max_examples=300)
def test_probes_are_right_ones_while_there_are_some(pair, n):
    n_classes, probes = pair
    labels, predicted = zip(*probes, strict=True)
    recording = fake(n_classes, labels, predicted)
    right = predictions(recording) == recording.probes.labels
    chosen = choose_probes(recording, n)
    shown = chosen[:-1] if n > 1 and not right.all() else chosen
    assert right[shown].sum() == min(len(shown), right.sum())


@pytest.mark.parametrize("n", range(105))
def test_recording_has_probes_of_every_number(tiny_recording, n):
    chosen = choose_probes(tiny_recording, n)
    labels = np.asarray(tiny_recording.probes.labels)
    right = predictions(tiny_recording) == labels
    assert len(chosen) == len(set(chosen)) == min(n, 100)
    if 1 < n <= 10:
        assert len(set(labels[chosen[:-1]].tolist())) == n - 1
    if n > 1:
        assert right[chosen[-1]] == right.all()


def test_single_probe_is_a_right_one():
    assert choose_probes(fake(3, [0, 1, 2], [1, -1, 0]), 1) == [1]


def test_network_that_gets_none_right_shows_wrong_ones():
    assert sorted(choose_probes(fake(3, [0, 1, 2], [1, 2, 0]), 3)) == [0, 1, 2]
    assert len(choose_probes(fake(3, [0, 1, 2], [1, 2, 0]), 1)) == 1


@given(missing=st.sets(st.integers(0, 9), max_size=9), n=st.integers(1, 10))
@example(missing={0, 1, 2, 3}, n=5)
@settings(deadline=None, max_examples=200)
def test_probes_are_of_different_classes_while_there_are_some(missing, n):
    labels = np.repeat(np.arange(10), 3)
    predicted = np.where(np.isin(labels, list(missing)), (labels + 1) % 10, labels)
    recording = fake(10, labels, predicted)
    chosen = choose_probes(recording, n)
    shown = chosen[:-1] if missing and n > 1 else chosen
    if len(shown) <= 10 - len(missing):
        assert len(set(labels[shown].tolist())) == len(shown)


def test_predictions_are_the_brightest_outputs(tiny_recording):
    for step in (0, -1):
        output = tiny_recording.activations(3, step)
        np.testing.assert_array_equal(predictions(tiny_recording, step), output.argmax(axis=1))
