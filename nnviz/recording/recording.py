"""Read a recorded training."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from nnviz.core.architecture import format_sizes
from nnviz.core.arrays import FloatArray, IntArray
from nnviz.core.examples import Examples
from nnviz.core.html import facts_table
from nnviz.core.network import Network
from nnviz.data.dataset import LabelledImages
from nnviz.errors import RecordingError, SettingError, first_line
from nnviz.files import HEADER_DAMAGES
from nnviz.names import find_named
from nnviz.recording.checks import check_batch, check_samples, check_values
from nnviz.recording.description import TrainingDescription
from nnviz.recording.facts import recording_facts
from nnviz.recording.manifest import read_manifest
from nnviz.recording.opening import open_arrays, open_samples
from nnviz.recording.samples import Sample

# Names of recorded examples, and of their files.
_FILES = {"train": "train_sample", "test": "test_sample", "probe": "probe"}


class Recording(TrainingDescription):
    """A training as it was recorded, mapped from disk and read-only.

    A *step* counts the updates taken before the recorded moment; ``step=0`` is the
    untrained network. Wherever a step is asked for, a negative number counts recorded
    moments from the end: -1 is the last. Costs and gradients of a training that diverged may
    be infinite or NaN.

    Parameters
    ----------
    path
        Folder that the training was recorded in; see :meth:`open`.

    Attributes
    ----------
    path
        Folder of the recording.

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
        manifest = read_manifest(self.path)
        try:
            super().__init__(manifest)
        except HEADER_DAMAGES as error:
            said = first_line(error)
            message = f"the manifest of {self.path} is damaged: {said}. Record the run again."
            raise RecordingError(message) from error
        self._arrays = open_arrays(self.path, self._quantities, self._promised_rows)
        check_values(self.path, self._arrays, self.n_steps)
        self._samples = open_samples(
            self.path, {name: self.n_examples(name) for name in ("train", "test")}
        )
        n_probes = self._arrays["activations_1"].shape[1]
        check_samples(self.path, self._samples, self.image_shape, self.n_classes, n_probes)

    @classmethod
    def open(cls, path: str | Path) -> Recording:
        """Open a recording and check all its files.

        Parameters
        ----------
        path
            Folder that the training was recorded in.

        Raises
        ------
        RecordingError
            If there is no recording, it is of another version, or a file is missing,
            damaged or does not fit the manifest; the message names the file.
        """
        return cls(Path(path))

    # -- recorded moments -------------------------------------------------------------

    @property
    def n_rows(self) -> int:
        """Number of recorded moments; 0 of a training that was killed before its first step."""
        return len(self.steps)

    @property
    def steps(self) -> IntArray:
        """Recorded steps, ``(n_rows,)``, ascending."""
        return self._arrays["steps"]

    def row(self, step: int) -> int:
        """Return the row of a recorded step in ``parameters`` and all that goes with it.

        Parameters
        ----------
        step
            A step that was recorded; a negative number counts recorded moments from the end.

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
        """Gradient of each recorded step's average batch cost, ``(n_rows, n_parameters)``."""
        return self._arrays["gradients"]

    @property
    def learning_rates(self) -> FloatArray:
        """Learning rate of each recorded step, ``(n_rows,)``."""
        return self._arrays["learning_rates"]

    @property
    def batch_costs(self) -> FloatArray:
        """Average cost of each recorded step's batch before the step, ``(n_rows,)``."""
        return self._arrays["batch_costs"]

    @property
    def train_costs(self) -> FloatArray:
        """Average cost of the sample of training examples, ``(n_rows,)``."""
        return self._arrays["train_costs"]

    def cost_deviations(self, examples: str) -> FloatArray | None:
        """Return the standard deviation of the costs of a sample's examples.

        Parameters
        ----------
        examples
            ``train`` or ``test``.

        Returns
        -------
        FloatArray or None
            One number for each recorded moment, ``(n_rows,)``; ``None`` in a recording by an
            nnviz that did not measure it.
        """
        return self._arrays.get(f"{examples}_cost_deviations")

    @property
    def train_accuracies(self) -> FloatArray:
        """Share of the sample of training examples predicted right, ``(n_rows,)``, in [0, 1]."""
        return self._arrays["train_accuracies"]

    @property
    def test_costs(self) -> FloatArray:
        """Average cost of the sample of held-out examples, ``(n_rows,)``."""
        return self._arrays["test_costs"]

    @property
    def test_accuracies(self) -> FloatArray:
        """Share of the sample of held-out examples predicted right, ``(n_rows,)``, in [0, 1]."""
        return self._arrays["test_accuracies"]

    def batch_indices(self, step: int) -> IntArray:
        """Return the indices of the training examples in a step's batch, ``(n,)``."""
        indices = self._arrays["batch_indices"][self.row(step)]
        check_batch(self.path, indices, self.n_examples("train"))
        return indices[indices >= 0]

    def weights(self, layer: int, step: int = -1) -> FloatArray:
        """Return a layer's weights before a recorded step, ``(n_L, n_{L-1})``."""
        return self.weight_history(layer)[self.row(step)]

    def biases(self, layer: int, step: int = -1) -> FloatArray:
        """Return a layer's biases before a recorded step, ``(n_L,)``."""
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

    # -- epochs -----------------------------------------------------------------------

    @property
    def epoch_steps(self) -> IntArray:
        """Steps taken before each epoch, ``(n_epochs + 1,)`` of a complete training."""
        return self._arrays["epoch_steps"]

    def epoch_curve(self, examples: str, measure: str) -> FloatArray:
        """Return what was measured on all examples at each of ``epoch_steps``.

        Parameters
        ----------
        examples
            ``train`` or ``test``.
        measure
            ``costs``, the average cost, or ``accuracies``, the share predicted right, in [0, 1].
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
            If there are no recorded examples of that name.
        """
        return self._sample(name).images.examples(self.n_classes, self.sizes[-1])

    def example_indices(self, name: str) -> IntArray:
        """Return the indices that recorded examples have in the data set, ``(n,)``.

        Parameters
        ----------
        name
            ``train``, ``test`` or ``probe``, as for :meth:`examples`.
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
        sizes = format_sizes(self.sizes)
        return f"<Recording {self.path.name}: {sizes} on {self.data_name}, {self.n_rows} moments>"

    def _repr_html_(self) -> str:
        """Return a table of what was trained and how far, for notebooks."""
        return facts_table(f"Recording {self.path.name}", recording_facts(self))

    def _layer_values(self, name: str, layer: int, step: int) -> FloatArray:
        if not 1 <= layer < len(self.sizes):
            message = f"layer must lie in 1 to {len(self.sizes) - 1}; got {layer}."
            raise SettingError(message)
        return self._arrays[f"{name}_{layer}"][self.row(step)]
