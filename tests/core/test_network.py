"""The network: its vector of parameters, its passes, and its gradients against differences."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.core.activations import ACTIVATIONS
from nnviz.core.architecture import count_parameters
from nnviz.core.costs import COSTS, CROSS_ENTROPY, SQUARED_ERROR
from nnviz.core.initializers import INITIALIZERS
from nnviz.core.network import Network
from nnviz.errors import SettingError, ShapeError, UnknownNameError

SIZES = (5, 4, 3, 3)
CLASSIC = (784, 16, 16, 10)

layer_sizes = st.lists(st.integers(1, 6), min_size=2, max_size=5)
each_activation = pytest.mark.parametrize("activation", ACTIVATIONS)
each_initializer = pytest.mark.parametrize("initializer", INITIALIZERS)
each_cost_and_output = pytest.mark.parametrize(
    ("cost", "output"),
    [(SQUARED_ERROR, output) for output in ACTIVATIONS] + [(CROSS_ENTROPY, "softmax")],
    ids=lambda value: value if isinstance(value, str) else value.name,
)


def examples(n: int, *, seed: int = 0, sizes=SIZES) -> tuple[np.ndarray, np.ndarray]:
    """Return inputs and one-hot targets in float64."""
    rng = np.random.default_rng(seed)
    return rng.random((n, sizes[0])), np.eye(sizes[-1])[rng.integers(0, sizes[-1], n)]


def away_from_kinks(x: np.ndarray, **choices: str) -> Network:
    """Return the first network none of whose ReLUs is near the kink for inputs ``x``."""
    for seed in itertools.count():
        network = Network.create(SIZES, seed=seed, dtype=np.float64, **choices)
        z = network.forward(x).pre_activations[1:]
        used = [network.activation] * (network.n_layers - 1) + [network.output]
        near = [np.abs(z).min() for z, name in zip(z, used, strict=True) if name == "relu"]
        if min(near, default=1) > 0.01:
            return network
    raise AssertionError


def differences(network: Network, x: np.ndarray, y: np.ndarray, cost) -> np.ndarray:
    """Return the gradient by central differences of the fourth order."""
    h, theta = 1e-4, network.parameters
    gradient = np.empty_like(theta)
    for i, value in enumerate(theta.copy()):
        around = []
        for shift in (-2, -1, 1, 2):
            theta[i] = value + shift * h
            around.append(network.costs(x, y, cost).mean())
        theta[i] = value
        gradient[i] = (around[0] - 8 * around[1] + 8 * around[2] - around[3]) / (12 * h)
    return gradient


# -- gradients --------------------------------------------------------------------------


@each_initializer
@each_cost_and_output
@each_activation
def test_gradient_agrees_with_finite_differences(activation, cost, output, initializer):
    x, y = examples(4)
    network = away_from_kinks(x, activation=activation, output=output, initializer=initializer)
    found = network.gradient(x, y, cost)
    atol = 1e-9 * max(np.abs(found).max(), 1e-3)
    np.testing.assert_allclose(found, differences(network, x, y, cost), rtol=1e-6, atol=atol)


@each_cost_and_output
@each_activation
def test_gradients_per_example_average_to_the_batch_gradient(activation, cost, output):
    x, y = examples(5)
    network = Network.create(SIZES, seed=1, activation=activation, output=output, dtype=np.float64)
    each = network.gradient(x, y, cost, per_example=True)
    assert each.shape == (5, network.n_parameters)
    np.testing.assert_allclose(each.mean(axis=0), network.gradient(x, y, cost), atol=1e-13)
    for i in range(5):
        single = network.gradient(x[i : i + 1], y[i : i + 1], cost)
        np.testing.assert_allclose(each[i], single, rtol=1e-10, atol=1e-13)


@each_cost_and_output
@each_activation
def test_gradient_agrees_with_autograd(activation, cost, output):
    torch = pytest.importorskip("torch")
    acts = {
        "sigmoid": torch.sigmoid,
        "tanh": torch.tanh,
        "relu": torch.relu,
        "identity": lambda z: z,
        "softmax": lambda z: torch.softmax(z, dim=1),
    }
    x, y = examples(6, seed=2)
    network = Network.create(SIZES, seed=3, activation=activation, output=output, dtype=np.float64)
    theta = torch.tensor(network.parameters, requires_grad=True)
    a, targets, start = torch.tensor(x), torch.tensor(y), 0
    for layer, (n_in, n_out) in enumerate(itertools.pairwise(SIZES), start=1):
        middle, end = start + n_out * n_in, start + n_out * (n_in + 1)
        z = a @ theta[start:middle].reshape(n_out, n_in).T + theta[middle:end]
        a = acts[output if layer == network.n_layers else activation](z)
        start = end
    if cost is CROSS_ENTROPY:
        total = torch.nn.functional.cross_entropy(z, targets)
    else:
        total = ((a - targets) ** 2).sum(dim=1).mean()
    total.backward()
    assert network.costs(x, y, cost).mean() == pytest.approx(total.item(), rel=1e-12)
    np.testing.assert_allclose(
        network.gradient(x, y, cost), theta.grad.numpy(), rtol=1e-9, atol=1e-14
    )


def test_gradient_in_single_precision_is_that_in_double():
    x, y = examples(8)
    double = Network.create(SIZES, seed=0, dtype=np.float64)
    single = Network(SIZES, double.parameters.astype(np.float32))
    found = single.gradient(x, y)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, double.gradient(x, y), rtol=1e-3, atol=1e-6)


def test_gradient_leaves_its_arguments_alone():
    x, y = examples(3)
    network = Network.create(SIZES, seed=0, dtype=np.float64)
    copies = x.copy(), y.copy(), network.parameters.copy()
    network.gradient(x, y)
    network.gradient(x, y, per_example=True)
    for array, copy in zip((x, y, network.parameters), copies, strict=True):
        np.testing.assert_array_equal(array, copy)


# -- one vector -------------------------------------------------------------------------


def test_classic_network_has_13_002_parameters():
    network = Network.create(CLASSIC, seed=0)
    assert network.n_parameters == network.parameters.size == count_parameters(CLASSIC) == 13_002
    assert network.n_layers == 3
    assert network.weights(1).shape == (16, 784)
    assert network.weights(3).shape == (10, 16)
    assert network.biases(3).shape == (10,)


@given(sizes=layer_sizes)
@settings(deadline=None, max_examples=30)
def test_views_cover_the_vector_once_and_in_order(sizes):
    network = Network(sizes, np.arange(count_parameters(sizes), dtype=np.float64))
    parts = []
    for layer in range(1, network.n_layers + 1):
        assert network.weights(layer).shape == (sizes[layer], sizes[layer - 1])
        assert network.biases(layer).shape == (sizes[layer],)
        parts += [network.weights(layer).ravel(), network.biases(layer)]
    np.testing.assert_array_equal(np.concatenate(parts), network.parameters)


def test_views_share_the_vector_that_was_given():
    parameters = np.zeros(count_parameters(SIZES))
    network = Network(SIZES, parameters)
    assert network.parameters is parameters
    network.weights(2)[1, 3] = 7
    network.biases(2)[0] = 5
    first = 5 * 4 + 4
    assert parameters[first + 1 * 4 + 3] == 7
    assert parameters[first + 3 * 4] == 5
    parameters[:] = 1
    assert all((network.weights(i) == 1).all() for i in (1, 2, 3))
    assert all(np.shares_memory(layer.weights, parameters) for layer in network.layers)


def test_split_keeps_leading_axes():
    network = Network.create(SIZES, seed=0)
    history = np.arange(2 * network.n_parameters).reshape(2, -1)
    for layer, (weights, biases) in enumerate(network.split(history), start=1):
        assert weights.shape == (2, *network.weights(layer).shape)
        assert biases.shape == (2, *network.biases(layer).shape)
        assert np.shares_memory(weights, history)
        np.testing.assert_array_equal(weights[1], network.split(history[1])[layer - 1][0])


@pytest.mark.parametrize("layer", [-1, 0, 4])
def test_layers_are_numbered_from_one(layer):
    network = Network.create(SIZES, seed=0)
    with pytest.raises(SettingError, match=rf"layer must lie in 1 to 3 \(0 is .*got {layer}"):
        network.weights(layer)
    with pytest.raises(SettingError, match="layer must lie in 1 to 3"):
        network.biases(layer)


@each_initializer
def test_create_gives_one_network_a_seed(initializer):
    one, same, other = (
        Network.create(SIZES, seed=seed, initializer=initializer).parameters for seed in (4, 4, 5)
    )
    np.testing.assert_array_equal(one, same)
    assert (one != other).any()
    assert one.dtype == np.float32


def test_create_chooses_the_initializer_that_suits():
    assert (
        Network.create(SIZES, seed=0, activation="relu").parameters
        == Network.create(SIZES, seed=0, activation="relu", initializer="he").parameters
    ).all()
    assert (
        Network.create(SIZES, seed=0).parameters
        == Network.create(SIZES, seed=0, initializer="scaled").parameters
    ).all()


def test_description_makes_the_network_again():
    network = Network.create(SIZES, seed=0, activation="tanh", output="softmax")
    again = Network(parameters=network.parameters, **network.describe())
    assert again.describe() == network.describe()
    assert again.sizes == SIZES
    assert repr(again) == "<Network 5-4-3-3, tanh, output softmax, 51 parameters>"


# -- forward ----------------------------------------------------------------------------


@given(sizes=layer_sizes, n=st.integers(1, 9), activation=st.sampled_from(list(ACTIVATIONS)))
@settings(deadline=None, max_examples=60)
def test_forward_of_a_batch_is_that_of_its_examples(sizes, n, activation):
    network = Network.create(sizes, seed=0, activation=activation, dtype=np.float64)
    x, y = examples(n, sizes=sizes)
    batch = network.forward(x)
    singles = [network.forward(row[None]) for row in x]
    for layer in range(network.n_layers + 1):
        for kind in ("pre_activations", "activations"):
            stacked = np.concatenate([getattr(single, kind)[layer] for single in singles])
            np.testing.assert_allclose(getattr(batch, kind)[layer], stacked, atol=1e-12)
    costs = [network.costs(x[i : i + 1], y[i : i + 1])[0] for i in range(n)]
    np.testing.assert_allclose(network.costs(x, y), costs, atol=1e-12)


def test_forward_keeps_every_value():
    network = Network.create(SIZES, seed=0, activation="tanh", dtype=np.float64)
    x, _ = examples(4)
    passed = network.forward(x)
    assert passed.output is passed.activations[-1]
    np.testing.assert_array_equal(passed.activations[0], x)
    np.testing.assert_array_equal(passed.pre_activations[0], x)
    for layer in (1, 2, 3):
        z = passed.activations[layer - 1] @ network.weights(layer).T + network.biases(layer)
        np.testing.assert_allclose(passed.pre_activations[layer], z, atol=1e-14)
        a = np.tanh(z) if layer < 3 else 1 / (1 + np.exp(-z))
        np.testing.assert_allclose(passed.activations[layer], a, atol=1e-14)
    np.testing.assert_array_equal(network.predict(x), passed.output.argmax(axis=1))


def test_passes_of_two_calls_do_not_share_memory():
    network = Network.create(SIZES, seed=0)
    first = network.forward(examples(3)[0])
    before = first.output.copy()
    network.forward(examples(3, seed=1)[0])
    np.testing.assert_array_equal(first.output, before)


@pytest.mark.parametrize("cost", COSTS.values(), ids=COSTS)
@each_activation
def test_huge_weights_overflow_nothing(activation, cost):
    network = Network.create(SIZES, seed=0, activation=activation, output="softmax")
    network.parameters *= 1e4
    x, y = examples(5)
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        assert np.isfinite(network.costs(x, y, cost)).all()
        assert np.isfinite(network.gradient(x, y, cost)).all()


# -- errors -----------------------------------------------------------------------------


@pytest.mark.parametrize("sizes", [(784,), (), (784, 0), (784, -16, 10)])
def test_sizes_must_be_two_or_more_positive_integers(sizes):
    message = "layer sizes must be two or more positive integers.*A classic is 784,16,16,10"
    with pytest.raises(SettingError, match=message):
        Network.create(sizes, seed=0)
    with pytest.raises(SettingError, match=message):
        Network(sizes, np.zeros(3))


@pytest.mark.parametrize("sizes", [(784, 15.5, 10), (784, "many", 10)])
def test_sizes_must_be_integers(sizes):
    with pytest.raises(SettingError, match="layer sizes must be two or more positive integers"):
        Network.create(sizes, seed=0)


@pytest.mark.parametrize("shape", [(50,), (1, 51), ()])
def test_parameters_must_be_a_vector_that_fits(shape):
    with pytest.raises(ShapeError, match=r"parameters of 5-4-3-3 must have shape \(51,\)"):
        Network(SIZES, np.zeros(shape))


@pytest.mark.parametrize("where", ["activation", "output"])
def test_activations_must_be_known(where):
    with pytest.raises(UnknownNameError, match=r"activation must be one of .*'sigmod'"):
        Network.create(SIZES, seed=0, **{where: "sigmod"})


@pytest.mark.parametrize("shape", [(5,), (2, 4), (1, 2, 5)])
def test_inputs_must_be_rows_that_fit(shape):
    network = Network.create(SIZES, seed=0)
    with pytest.raises(ShapeError, match=r"inputs of 5-4-3-3 must have shape \(n, 5\)"):
        network.forward(np.zeros(shape))
    with pytest.raises(ShapeError, match="inputs of 5-4-3-3"):
        network.predict(np.zeros(shape))


@pytest.mark.parametrize("method", ["costs", "gradient"])
def test_targets_must_fit_inputs_and_outputs(method):
    call = getattr(Network.create(SIZES, seed=0), method)
    with pytest.raises(ShapeError, match=r"targets of 5-4-3-3 must have shape \(n, 3\)"):
        call(np.zeros((2, 5)), np.zeros((2, 4)))
    with pytest.raises(ShapeError, match="inputs and targets must be as many; got 2 and 3"):
        call(np.zeros((2, 5)), np.zeros((3, 3)))
    with pytest.raises(SettingError, match="must follow a 'softmax'"):
        call(np.zeros((2, 5)), np.zeros((2, 3)), CROSS_ENTROPY)


def test_gradient_of_no_examples_is_refused():
    network = Network.create(SIZES, seed=0)
    with pytest.raises(ShapeError):
        network.gradient(np.zeros((0, 5)), np.zeros((0, 3)))
