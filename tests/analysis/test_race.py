"""Several trainings from one start, each as if it had been alone."""

from __future__ import annotations

import numpy as np
import pytest

from nnviz.analysis.race import CONTENDERS, Contender, race_optimizers
from nnviz.core.evaluation import evaluate
from nnviz.core.settings import TrainingSettings
from nnviz.core.training import Training
from nnviz.errors import SettingError
from nnviz.recording.run import train


def test_all_start_together_and_do_as_much_work(tiny_recording):
    found = race_optimizers(tiny_recording, epochs=4, n=5)
    assert [result.contender for result in found.results] == list(CONTENDERS)
    starts = np.array([result.trajectory.coordinates[0] for result in found.results])
    np.testing.assert_allclose(starts, np.broadcast_to(starts[0], starts.shape))
    for result in found.results:
        assert result.epochs[0] == 0
        assert result.epochs[-1] == 4
        assert (np.diff(result.epochs) > 0).all()
        assert result.trajectory.costs[0] == pytest.approx(tiny_recording.train_costs[0], rel=1e-5)
    full_batch, mini_batches, *_ = found.results
    assert full_batch.trajectory.steps[-1] == 4
    assert mini_batches.trajectory.steps[-1] == 4 * np.ceil(found.n_examples / 32)


def test_each_is_the_training_it_says(tiny_recording):
    """Its costs are those of the same training, run by itself."""
    found = race_optimizers(tiny_recording, epochs=3, n=3)
    examples = tiny_recording.train_sample.examples(10)
    for result in found.results:
        network = tiny_recording.network_at(0)
        settings = TrainingSettings(
            optimizer=result.contender.optimizer,
            learning_rate=result.learning_rate,
            decay="constant",
            epochs=3,
        )
        Training(network, examples, None, settings).run()
        expected = evaluate(network, examples, tiny_recording.cost).cost
        assert result.trajectory.costs[-1] == pytest.approx(expected, rel=1e-6)
        plane = found.landscape.plane
        np.testing.assert_allclose(
            result.trajectory.coordinates[-1], plane.project(network.parameters), atol=1e-5
        )


def test_race_of_ones_own_contenders(tiny_recording):
    slow = Contender("slow", "sgd", learning_rate=0.01, batch_size=10)
    fast = Contender("fast", "sgd", learning_rate=1.0, batch_size=10)
    found = race_optimizers(tiny_recording, contenders=(slow, fast), epochs=2, n=3)
    lengths = [np.ptp(result.trajectory.coordinates, axis=0).max() for result in found.results]
    assert lengths[1] > 2 * lengths[0]
    assert found.variance_explained.sum() <= 1


def test_rate_that_cannot_be_is_refused(tiny_recording):
    with pytest.raises(SettingError, match="learning rate must be above 0"):
        race_optimizers(
            tiny_recording, contenders=(Contender("still", "sgd", learning_rate=0.0),), epochs=1
        )


def test_contender_that_diverges_is_shown_until_then(small_data, tmp_path):
    run = train(small_data, tmp_path / "run", activation="identity", cost="cross_entropy",
                epochs=2, record="every:1")  # fmt: skip
    wild = Contender("wild", "sgd", learning_rate=1e12, batch_size=10)
    found = race_optimizers(run, contenders=(Contender("tame", "sgd"), wild), epochs=8, n=3)
    tame, result = found.results
    assert tame.n_diverged == 0
    assert result.n_diverged > 0
    for each in (result.epochs, result.trajectory.coordinates, result.trajectory.distances):
        assert np.isfinite(each).all()
