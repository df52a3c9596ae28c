"""Read a recorded training."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.core.arrays import FloatArray, IntArray
from nnviz.core.costs import Cost, get_cost
from nnviz.core.examples import Examples, fits_outputs
from nnviz.core.network import Network, count_parameters
from nnviz.data.dataset import LabelledImages
from nnviz.errors import RecordingError, SettingError, first_line
from nnviz.files import HEADER_DAMAGES
from nnviz.names import find_named
from nnviz.recording.checks import (
    check_batch,
    check_listed,
    check_moments,
    check_samples,
    check_settings,
)
from nnviz.recording.manifest import read_manifest
from nnviz.recording.quantities import Quantity
from nnviz.recording.samples import Sample, open_sample
from nnviz.recording.store import open_rows

# Files of examples, and what they were taken from.
_SAMPLES = {"probe": "test", "train_sample": "train", "test_sample": "test"}
_FILES = {"train": "train_sample", "test": "test_sample", "probe": "probe"}


class Recording:
    """A training as it was recorded, mapped from disk and read-only.

    A *step* counts the updates taken before the recorded moment; ``step=0`` is the
    untrained network. Wherever a step is asked for, a negative number counts recorded
    moments from the end: -1 is the last.

    Parameters
    ----------
    path
        The folder; use :meth:`open`.

    Attributes
    ----------
    path
        The folder.
    manifest
        Everything about the training but its arrays.

    Examples
    --------
    >>> recording = getfixture("tiny_recording")
    >>> recording.sizes
    (784, 16, 16, 10)
    >>> recording.weights(1, step=-1).shape
    (16, 784)
    """

    def __init__(self, path: Path) -> None:
        self.path = Path(path)
        self.manifest = read_manifest(self.path)
        try:
            network = self.manifest["network"]
            self._blank = Network(
                network["sizes"],
                np.zeros(count_parameters(network["sizes"]), network["dtype"]),
                activation=network["activation"],
                output=network["output"],
            )
            listed = [
                Quantity.from_description(name, entry)
                for name, entry in self.manifest["quantities"].items()
            ]
            self._check_manifest(listed)
        except HEADER_DAMAGES as error:
            said = first_line(error)
            message = f"the manifest of {self.path} is damaged: {said}. Record the run again."
            raise RecordingError(message) from error
        self._arrays = self._open_arrays(listed)
        self._samples = {
            name: open_sample(self.path, name, self.n_examples(source))
            for name, source in _SAMPLES.items()
        }
        n_probes = self._arrays["activations_1"].shape[1]
        check_samples(self.path, self._samples, self.image_shape, self.n_classes, n_probes)

    @classmethod
    def open(cls, path: str | Path) -> Recording:
        """Open a recording and check all its files.

        Parameters
        ----------
        path
            The folder that a training was recorded in.

        Raises
        ------
        RecordingError
            If there is no recording, it is of another version, or a file is missing,
            damaged or does not fit the manifest; the message names the file.
        """
        return cls(Path(path))

    # -- the training -----------------------------------------------------------------

    @property
    def sizes(self) -> tuple[int, ...]:
        """Neurons of each layer, input first."""
        return self._blank.sizes

    @property
    def cost(self) -> Cost:
        """The cost that was trained on."""
        return get_cost(self.manifest["training"]["cost"])

    @property
    def image_shape(self) -> tuple[int, int]:
        """Height and width of the images, pixels."""
        height, width = self.manifest["data"]["image_shape"]
        return height, width

    @property
    def n_classes(self) -> int:
        """Number of classes."""
        return int(self.manifest["data"]["n_classes"])

    @property
    def has_random_start(self) -> bool:
        """Whether the parameters were drawn at random at first, rather than given."""
        return self.manifest["network"].get("initializer") is not None

    @property
    def has_random_samples(self) -> bool:
        """Whether the samples that costs are measured on were drawn at random."""
        return bool(self.manifest.get("samples", {}).get("drawn") == "at random")

    @property
    def data_name(self) -> str:
        """Name of the data set."""
        return str(self.manifest["data"]["name"])

    @property
    def is_synthetic(self) -> bool:
        """Whether the images were generated, not collected."""
        return bool(self.manifest["data"]["synthetic"])

    @property
    def n_steps(self) -> int:
        """Steps that the training was to take."""
        return int(self.manifest["training"]["n_steps"])

    @property
    def is_complete(self) -> bool:
        """Whether the training took all its steps."""
        return bool(self.manifest["status"] == "complete")

    # -- recorded moments -------------------------------------------------------------

    @property
    def n_rows(self) -> int:
        """Number of recorded moments."""
        return len(self.steps)

    @property
    def steps(self) -> IntArray:
        """Steps recorded, ``(n_rows,)``, ascending."""
        return self._arrays["steps"]

    def row(self, step: int) -> int:
        """Return the row that holds a recorded step.

        Raises
        ------
        RecordingError
            If the step was not recorded; the message names the nearest that was.
        """
        if self.n_rows == 0:
            message = f"recording {self.path} must hold a step; it was killed before the first."
            raise RecordingError(message)
        if step < 0:
            if -step > self.n_rows:
                message = f"step must be at least {-self.n_rows} from the end; got {step}."
                raise RecordingError(message)
            return self.n_rows + step
        row = int(np.abs(self.steps - min(step, 2**62)).argmin())
        if self.steps[row] != step:
            message = (
                f"step must be one that was recorded; got {step} (in {self.path}). "
                f"The nearest is {self.steps[row]}."
            )
            raise RecordingError(message)
        return row

    @property
    def parameters(self) -> FloatArray:
        """All parameters at every recorded step, ``(n_rows, n_parameters)``."""
        return self._arrays["parameters"]

    @property
    def gradients(self) -> FloatArray:
        """Gradient of each recorded step's batch, ``(n_rows, n_parameters)``."""
        return self._arrays["gradients"]

    @property
    def learning_rates(self) -> FloatArray:
        """Learning rate that each recorded step uses, ``(n_rows,)``."""
        return self._arrays["learning_rates"]

    @property
    def batch_costs(self) -> FloatArray:
        """Average cost of each recorded step's batch, ``(n_rows,)``."""
        return self._arrays["batch_costs"]

    @property
    def train_costs(self) -> FloatArray:
        """Average cost on the sample of training examples, ``(n_rows,)``."""
        return self._arrays["train_costs"]

    def cost_deviations(self, examples: str) -> FloatArray | None:
        """Return the standard deviation of costs among a sample's examples, ``(n_rows,)``.

        Parameters
        ----------
        examples
            ``train`` or ``test``.

        Returns
        -------
        FloatArray or None
            ``None`` in a recording by a version of nnviz that did not measure it.
        """
        return self._arrays.get(f"{examples}_cost_deviations")

    @property
    def train_accuracies(self) -> FloatArray:
        """Share right on the sample of training examples, ``(n_rows,)``, in [0, 1]."""
        return self._arrays["train_accuracies"]

    @property
    def test_costs(self) -> FloatArray:
        """Average cost on the sample of held-out examples, ``(n_rows,)``."""
        return self._arrays["test_costs"]

    @property
    def test_accuracies(self) -> FloatArray:
        """Share right on the sample of held-out examples, ``(n_rows,)``, in [0, 1]."""
        return self._arrays["test_accuracies"]

    def batch_indices(self, step: int) -> IntArray:
        """Return which training examples a step's batch holds, ``(n,)``."""
        indices = self._arrays["batch_indices"][self.row(step)]
        check_batch(self.path, indices, self.n_examples("train"))
        return indices[indices >= 0]

    def weights(self, layer: int, step: int = -1) -> FloatArray:
        """Return a layer's weights at a step, ``(n_L, n_{L-1})``."""
        return self.weight_history(layer)[self.row(step)]

    def biases(self, layer: int, step: int = -1) -> FloatArray:
        """Return a layer's biases at a step, ``(n_L,)``."""
        self._blank.biases(layer)  # checks the layer
        return self._blank.split(self.parameters)[layer - 1][1][self.row(step)]

    def weight_history(self, layer: int) -> FloatArray:
        """Return a layer's weights at every recorded step, ``(n_rows, n_L, n_{L-1})``."""
        self._blank.weights(layer)  # checks the layer
        return self._blank.split(self.parameters)[layer - 1][0]

    def activations(self, layer: int, step: int = -1) -> FloatArray:
        """Return a layer's activations for the probe examples, ``(n_probes, n_L)``."""
        if layer == 0:
            return self.examples("probe").inputs
        return self._layer_values("activations", layer, step)

    def pre_activations(self, layer: int, step: int = -1) -> FloatArray:
        """Return a layer's pre-activations for the probe examples, ``(n_probes, n_L)``."""
        return self._layer_values("pre_activations", layer, step)

    def network_at(self, step: int = -1) -> Network:
        """Rebuild the network exactly as it was at a recorded step."""
        parameters = np.array(self.parameters[self.row(step)])
        return self._blank.with_parameters(parameters)

    def blank_network(self) -> Network:
        """Return a network of the recorded architecture, with all parameters zero."""
        return self._blank.copy()

    # -- epochs -----------------------------------------------------------------------

    @property
    def epoch_steps(self) -> IntArray:
        """Steps taken before each epoch, ``(n_epochs + 1,)`` of a complete training."""
        return self._arrays["epoch_steps"]

    def epoch_curve(self, examples: str, measure: str) -> FloatArray:
        """Return a curve measured on all examples at the start of every epoch.

        Parameters
        ----------
        examples
            ``train`` or ``test``.
        measure
            ``costs`` or ``accuracies``.
        """
        return self._arrays[f"epoch_{examples}_{measure}"]

    # -- examples ---------------------------------------------------------------------

    def examples(self, name: str) -> Examples:
        """Return recorded examples in the form that the network takes and learns.

        Parameters
        ----------
        name
            ``train`` or ``test``, the samples that costs are measured on; or ``probe``.

        Raises
        ------
        UnknownNameError
            If there are none of that name.
        """
        return self._sample(name).images.examples(self.n_classes, self.sizes[-1])

    def n_examples(self, name: str) -> int:
        """Return how many examples the data set has: ``train`` or ``test``."""
        return int(self.manifest["data"][f"n_{name}"])

    def example_indices(self, name: str) -> IntArray:
        """Return which examples of the data set were recorded, ``(n,)``.

        Parameters
        ----------
        name
            See :meth:`examples`.
        """
        return self._sample(name).indices

    def _sample(self, name: str) -> Sample:
        return self._samples[find_named("examples", name, _FILES)]

    @property
    def probes(self) -> LabelledImages:
        """The held-out examples whose activations are recorded."""
        return self._samples["probe"].images

    @property
    def train_sample(self) -> LabelledImages:
        """The training examples that ``train_costs`` is measured on."""
        return self._samples["train_sample"].images

    @property
    def test_sample(self) -> LabelledImages:
        """The held-out examples that ``test_costs`` is measured on."""
        return self._samples["test_sample"].images

    def __repr__(self) -> str:
        sizes = "-".join(str(size) for size in self.sizes)
        return f"<Recording {self.path.name}: {sizes} on {self.data_name}, {self.n_rows} moments>"

    # -- files ------------------------------------------------------------------------

    def _check_manifest(self, listed: list[Quantity]) -> None:
        height, width = self.image_shape
        if height * width != self.sizes[0] or not fits_outputs(self.sizes[-1], self.n_classes):
            described = (height, width, self.n_classes)
            message = f"images and classes {described} do not fit a network of {self.sizes}"
            raise ValueError(message)
        check_settings(self.manifest)
        _ = self.cost, self.has_random_samples
        rows = self.manifest.get("rows", {})
        if not all(isinstance(n, int) and n >= 0 for n in rows.values()):
            message = f"rows cannot be {rows}"
            raise ValueError(message)
        check_listed(
            listed,
            self.sizes,
            self._blank.n_parameters,
            str(self._blank.parameters.dtype),
            version=self.manifest["version"],
        )

    def _open_arrays(self, listed: list[Quantity]) -> dict[str, NDArray[Any]]:
        arrays = {q.name: open_rows(self.path / q.file, q.row_shape, q.dtype) for q in listed}
        promised = self.manifest.get("rows", {})
        for per in ("step", "epoch"):
            names = [quantity.name for quantity in listed if quantity.per == per]
            # A training that did not finish may have filled some files one row further.
            complete = promised.get(per, min((len(arrays[name]) for name in names), default=0))
            for name in names:
                if len(arrays[name]) < complete:
                    message = (
                        f"{name}.npy must hold {complete} rows; got {len(arrays[name])} "
                        f"(in {self.path}). The file was cut short: record the run again."
                    )
                    raise RecordingError(message)
                arrays[name] = arrays[name][:complete]
        check_moments(self.path, arrays, self.n_steps)
        return arrays

    def _layer_values(self, name: str, layer: int, step: int) -> FloatArray:
        if not 1 <= layer < len(self.sizes):
            message = f"layer must lie in 1 to {len(self.sizes) - 1}; got {layer}."
            raise SettingError(message)
        return self._arrays[f"{name}_{layer}"][self.row(step)]
