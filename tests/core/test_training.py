"""Training: what observers are given, and that it is repeatable and learns."""

from __future__ import annotations

import numpy as np
import pytest

from nnviz.core.costs import CROSS_ENTROPY, SQUARED_ERROR
from nnviz.core.evaluation import Evaluation, evaluate
from nnviz.core.examples import Examples
from nnviz.core.network import Network
from nnviz.core.settings import TrainingSettings
from nnviz.core.training import Observer, Training
from nnviz.errors import SettingError, ShapeError

SIZES = (6, 5, 3)


def some_examples(n: int, *, seed: int = 0, n_inputs: int = 6, n_classes: int = 3) -> Examples:
    rng = np.random.default_rng(seed)
    labels = np.arange(n) % n_classes
    inputs = rng.random((n, n_inputs)) * 0.5
    inputs[np.arange(n), labels % n_inputs] += 0.5
    return Examples(inputs.astype(np.float32), labels, n_classes)


def new_training(
    *,
    n: int = 22,
    test_set: Examples | None = None,
    activation: str = "sigmoid",
    output: str | None = None,
    **choices,
) -> Training:
    choices = {"epochs": 3, "batch_size": 5} | choices
    output = output or ("softmax" if choices.get("cost") == "cross_entropy" else "sigmoid")
    network = Network.create(SIZES, seed=0, activation=activation, output=output)
    return Training(network, some_examples(n), test_set, TrainingSettings(**choices))


class Diary(Observer):
    """Keeps copies of everything."""

    def __init__(self, stop_at: int | None = None) -> None:
        self.events: list[str] = []
        self.parameters: list[np.ndarray] = []
        self.gradients: list[np.ndarray] = []
        self.indices: list[np.ndarray] = []
        self.rates: list[float] = []
        self.batch_costs: list[float] = []
        self.measured: list[tuple[Evaluation, Evaluation | None]] = []
        self.stop_at = stop_at

    def on_start(self, training):
        self.events.append(f"start {training.step}")

    def on_epoch(self, training, train, test):
        self.events.append(f"epoch {training.epoch} {training.step}")
        self.measured.append((train, test))

    def on_step(self, training):
        self.events.append(f"step {training.step}")
        self.parameters.append(training.network.parameters.copy())
        self.gradients.append(training.gradient.copy())
        self.indices.append(training.batch.indices.copy())
        self.rates.append(training.learning_rate)
        self.batch_costs.append(training.batch_cost())
        if training.step == self.stop_at:
            training.stop()

    def on_end(self, training):
        self.events.append(f"end {training.step}")


def run_watched(training: Training, **choices) -> Diary:
    diary = Diary(**choices)
    training.run([diary])
    return diary


# -- observers ---------------------------------------------------------------------------


def test_observers_are_called_in_order():
    diary = run_watched(new_training(epochs=2, n=12, batch_size=5))
    steps = [f"step {i}" for i in range(7)]
    assert diary.events == [
        *("start 0", "epoch 0 0", *steps[:3]),
        *("epoch 1 3", *steps[3:6]),
        *("epoch 2 6", steps[6], "end 6"),
    ]


def test_observers_are_called_one_after_the_other():
    calls: list[str] = []

    class Listener(Observer):
        def __init__(self, name):
            self.name = name

        def on_start(self, training):  # noqa: ARG002
            calls.append(f"start {self.name}")

        def on_step(self, training):
            calls.append(f"{training.step} {self.name}")

    new_training(n=5, epochs=1).run([Listener("a"), Listener("b")])
    assert calls == ["start a", "start b", "0 a", "0 b", "1 a", "1 b"]


@pytest.mark.parametrize("decay", ["constant", "cosine"])
def test_sgd_steps_exactly_as_its_observers_saw(decay):
    diary = run_watched(new_training(decay=decay, learning_rate=0.7))
    assert len(diary.parameters) == 16
    for t in range(15):
        step = diary.rates[t] * diary.gradients[t]
        np.testing.assert_array_equal(diary.parameters[t + 1], diary.parameters[t] - step)


def test_observers_see_the_gradient_and_cost_of_the_batch_at_the_parameters():
    training = new_training(cost="cross_entropy", optimizer="adam", learning_rate=0.01)
    diary = run_watched(training)
    examples = training.train_set
    for theta, gradient, rows, cost in zip(
        diary.parameters, diary.gradients, diary.indices, diary.batch_costs, strict=True
    ):
        network = Network(SIZES, theta, output="softmax")
        x, y = examples.inputs[rows], examples.targets[rows]
        np.testing.assert_array_equal(gradient, network.gradient(x, y, CROSS_ENTROPY))
        assert cost == float(network.costs(x, y, CROSS_ENTROPY).mean())


def test_learning_rate_falls_to_zero_at_the_end():
    diary = run_watched(new_training(learning_rate=2.0))
    expected = [2 * 0.5 * (1 + np.cos(np.pi * t / 15)) for t in range(16)]
    np.testing.assert_allclose(diary.rates, expected, atol=1e-15)
    assert diary.rates[0] == 2
    assert diary.rates[-1] == 0
    assert set(run_watched(new_training(learning_rate=2.0, decay="constant")).rates) == {2.0}


def test_epochs_are_measured_on_all_examples_with_their_first_parameters():
    held_out = some_examples(9, seed=8)
    training = new_training(test_set=held_out)
    diary = run_watched(training)
    assert len(diary.measured) == 4
    for epoch, (train, test) in enumerate(diary.measured):
        network = Network(SIZES, diary.parameters[5 * epoch])
        assert train == evaluate(network, training.train_set, SQUARED_ERROR)
        assert test == evaluate(network, held_out, SQUARED_ERROR)


# -- batches ----------------------------------------------------------------------------


def test_each_epoch_visits_every_example_once():
    diary = run_watched(new_training(n=22, batch_size=5, epochs=3))
    for epoch in range(3):
        indices = diary.indices[5 * epoch : 5 * epoch + 5]
        assert [len(rows) for rows in indices] == [5, 5, 5, 5, 2]
        assert sorted(np.concatenate(indices).tolist()) == list(range(22))


def test_gradient_descent_uses_all_examples_at_every_step():
    training = new_training(optimizer="gradient_descent", batch_size=5, epochs=4)
    assert (training.batch_size, training.steps_per_epoch, training.n_steps) == (22, 1, 4)
    diary = run_watched(training)
    for rows in diary.indices:
        np.testing.assert_array_equal(rows, np.arange(22))


def test_batch_larger_than_the_set_is_the_set():
    training = new_training(n=4, batch_size=1000)
    assert (training.batch_size, training.steps_per_epoch) == (4, 1)


# -- the course -------------------------------------------------------------------------


def test_one_seed_gives_one_training_to_the_bit():
    one, same, other = (run_watched(new_training(seed=seed)).parameters for seed in (3, 3, 4))
    np.testing.assert_array_equal(one, same)
    assert (one[-1] != other[-1]).any()


@pytest.mark.parametrize("optimizer", ["sgd", "gradient_descent", "momentum", "adam"])
def test_observers_change_nothing(optimizer):
    choices = {"optimizer": optimizer, "learning_rate": 0.1}
    watched, alone = new_training(**choices), new_training(**choices)
    run_watched(watched)
    alone.run()
    np.testing.assert_array_equal(watched.network.parameters, alone.network.parameters)


def test_held_out_examples_are_only_measured():
    trained = []
    for seed in (None, 1, 2):
        training = new_training(test_set=None if seed is None else some_examples(8, seed=seed))
        run_watched(training)
        trained.append(training.network.parameters)
    np.testing.assert_array_equal(trained[0], trained[1])
    np.testing.assert_array_equal(trained[0], trained[2])


def test_training_changes_the_network_that_was_given_and_no_example():
    training = new_training()
    parameters = training.network.parameters
    inputs, before = training.train_set.inputs.copy(), parameters.copy()
    training.run()
    assert training.network.parameters is parameters
    assert (parameters != before).any()
    np.testing.assert_array_equal(training.train_set.inputs, inputs)
    assert training.is_complete
    assert training.epoch == 3


@pytest.mark.parametrize("stop_at", [0, 7, 10])
def test_stop_ends_before_the_step_at_hand_is_taken(stop_at):
    training = new_training()
    diary = run_watched(training, stop_at=stop_at)
    assert training.step == stop_at
    assert not training.is_complete
    assert diary.events[-2:] == [f"step {stop_at}", f"end {stop_at}"]
    whole = run_watched(new_training())
    np.testing.assert_array_equal(training.network.parameters, whole.parameters[stop_at])


def test_stop_after_the_last_step_leaves_the_training_complete():
    training = new_training()
    run_watched(training, stop_at=15)
    assert training.is_complete


@pytest.mark.parametrize(
    ("optimizer", "cost", "rate"),
    [
        ("sgd", "squared_error", 3.0),
        ("momentum", "squared_error", 0.3),
        ("adam", "squared_error", 0.01),
        ("sgd", "cross_entropy", 0.5),
        ("gradient_descent", "cross_entropy", 2.0),
    ],
)
def test_training_learns(tiny_data, optimizer, cost, rate):
    train = tiny_data.train.examples(tiny_data.n_classes)
    test = tiny_data.test.examples(tiny_data.n_classes)
    epochs = 100 if optimizer == "gradient_descent" else 12
    output = "softmax" if cost == "cross_entropy" else "sigmoid"
    network = Network.create((784, 16, 16, 10), seed=0, output=output)
    choices = TrainingSettings(
        cost=cost, optimizer=optimizer, learning_rate=rate, epochs=epochs, batch_size=8
    )
    training = Training(network, train, test, choices)
    before = evaluate(network, test, training.cost)
    training.run()
    after = evaluate(network, test, training.cost)
    assert before.accuracy < 0.35
    assert after.accuracy > 0.8
    assert after.cost < 0.7 * before.cost


@pytest.mark.parametrize(
    ("cost", "output"),
    [("squared_error", "identity"), ("squared_error", "relu"), ("cross_entropy", "softmax")],
)
@pytest.mark.parametrize("activation", ["identity", "relu"])
@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "adam"])
def test_diverging_training_runs_to_its_end_in_silence(optimizer, activation, cost, output):
    training = new_training(
        optimizer=optimizer,
        activation=activation,
        output=output,
        cost=cost,
        learning_rate=1e30,
        decay="constant",
        epochs=6,
        test_set=some_examples(4),
    )
    diary = run_watched(training)
    assert training.is_complete
    assert len(diary.parameters) == 31


def test_training_that_diverges_is_seen_to():
    training = new_training(
        activation="identity", output="identity", learning_rate=1e3, decay="constant", epochs=9
    )
    train, _ = run_watched(training).measured[-1]
    assert not np.isfinite(training.network.parameters).all()
    assert not np.isfinite(train.cost)


def test_examples_in_double_train_a_network_in_single():
    single = some_examples(8)
    double = Examples(single.inputs.astype(np.float64), single.labels, 3)
    networks = [Network.create(SIZES, seed=0) for _ in range(2)]
    for network, examples in zip(networks, (single, double), strict=True):
        Training(network, examples, None, TrainingSettings(epochs=2)).run([Diary()])
    np.testing.assert_allclose(networks[0].parameters, networks[1].parameters, rtol=1e-5)


# -- errors -----------------------------------------------------------------------------


def test_cross_entropy_needs_a_softmax_output():
    with pytest.raises(SettingError, match="'cross_entropy' must follow a 'softmax'"):
        Training(
            Network.create(SIZES, seed=0), some_examples(3), None, TrainingSettings("cross_entropy")
        )


@pytest.mark.parametrize("choices", [{"n_inputs": 7}, {"n_classes": 4}])
@pytest.mark.parametrize("which", ["training", "held-out"])
def test_examples_must_fit_the_network(which, choices):
    fits, misfits = some_examples(8), some_examples(8, **choices)
    sets = (misfits, fits) if which == "training" else (fits, misfits)
    with pytest.raises(ShapeError, match=f"{which} examples must .*, 6 and 3; got"):
        Training(Network.create(SIZES, seed=0), *sets)


def test_hyphenated_optimizer_is_the_same_optimizer():
    training = new_training(optimizer="gradient-descent", batch_size=5)
    assert training.batch_size == 22
