"""What a recording's manifest tells of a training."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from nnviz.core.architecture import count_parameters
from nnviz.core.costs import Cost, get_cost
from nnviz.core.examples import fits_outputs
from nnviz.core.network import Network
from nnviz.recording.checks import check_listed, check_settings
from nnviz.recording.quantities import Quantity


class TrainingDescription:
    """A recorded training without its arrays: network, data and settings.

    Parameters
    ----------
    manifest
        Content of the recording's manifest, with all its parts; their values are checked here.

    Attributes
    ----------
    manifest
        Everything about the training but its arrays, as it was written.

    Raises
    ------
    ValueError, TypeError, KeyError
        If a value is missing, or cannot be that of a training.
    """

    def __init__(self, manifest: dict[str, Any]) -> None:
        self.manifest = manifest
        network = manifest["network"]
        self._blank = Network(
            network["sizes"],
            np.zeros(count_parameters(network["sizes"]), network["dtype"]),
            activation=network["activation"],
            output=network["output"],
        )
        self._quantities = [
            Quantity.from_description(name, entry) for name, entry in manifest["quantities"].items()
        ]
        self._check()

    @property
    def sizes(self) -> tuple[int, ...]:
        """Number of neurons in each layer, input first."""
        return self._blank.sizes

    @property
    def cost(self) -> Cost:
        """The cost function that was trained on."""
        return get_cost(self.manifest["training"]["cost"])

    @property
    def image_shape(self) -> tuple[int, int]:
        """Height and width of the images, in pixels."""
        height, width = self.manifest["data"]["image_shape"]
        return height, width

    @property
    def n_classes(self) -> int:
        """Number of classes."""
        return int(self.manifest["data"]["n_classes"])

    @property
    def has_random_start(self) -> bool:
        """Whether the first parameters were drawn at random, rather than given."""
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
        """Number of steps that the training was to take."""
        return int(self.manifest["training"]["n_steps"])

    @property
    def is_complete(self) -> bool:
        """Whether the training took all its steps."""
        return bool(self.manifest["status"] == "complete")

    def n_examples(self, name: str) -> int:
        """Return the number of examples in the data set: ``train`` or ``test``."""
        return int(self.manifest["data"][f"n_{name}"])

    def blank_network(self) -> Network:
        """Return a network of the recorded layers, with all parameters zero."""
        return self._blank.copy()

    @property
    def _promised_rows(self) -> Mapping[str, int]:
        """Rows of each quantity per step and per epoch; empty of a training that was killed."""
        rows: Mapping[str, int] = self.manifest.get("rows", {})
        return rows

    def _check(self) -> None:
        height, width = self.image_shape
        if height * width != self.sizes[0] or not fits_outputs(self.sizes[-1], self.n_classes):
            described = (height, width, self.n_classes)
            message = f"images and classes {described} do not fit a network of {self.sizes}"
            raise ValueError(message)
        check_settings(self.manifest)
        _ = self.cost, self.has_random_samples  # they raise what is wrong with them
        rows = self._promised_rows
        if not all(isinstance(n, int) and n >= 0 for n in rows.values()):
            message = f"rows cannot be {rows}"
            raise ValueError(message)
        check_listed(
            self._quantities,
            self.sizes,
            self._blank.n_parameters,
            str(self._blank.parameters.dtype),
            version=self.manifest["version"],
        )
