"""Recording of a training while it runs."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np

from nnviz.core.evaluation import Evaluation, evaluate
from nnviz.core.training import Observer, Training
from nnviz.data.dataset import Dataset
from nnviz.errors import RecordingError
from nnviz.files import naming_full_disks, unfinished
from nnviz.recording.checks import checksum_of_manifest, checksums
from nnviz.recording.folder import check_free, claim, put_in_place, tidy
from nnviz.recording.manifest import FORMAT, MANIFEST_NAME, VERSION, read_manifest
from nnviz.recording.quantities import quantities
from nnviz.recording.samples import SAMPLE_SEED, Sample, choose_samples
from nnviz.recording.schedule import Schedule
from nnviz.recording.store import GrowingArray, write_json
from nnviz.version import __version__


class Recorder(Observer):
    """An observer that records a training into a folder.

    The folder appears whole when the training starts and can be read at any moment from
    then on, also when the process is killed: a row counts once every quantity has it.

    Parameters
    ----------
    path
        Folder to make.
    data
        Data set that the network is trained on; fixed samples of it go into the recording.
    schedule
        Which steps to record.
    initializer
        Name of the initializer that drew the network's first parameters; ``None`` if they were
        given.
    seed
        Seed of that initializer; ``None`` if the parameters were given.
    force
        Whether to replace a recording that is there already. Anything else is never replaced.

    Raises
    ------
    RecordingError
        If ``path`` holds something that is not replaced.
    """

    def __init__(
        self,
        path: Path,
        data: Dataset,
        schedule: Schedule,
        *,
        initializer: str | None,
        seed: int | None,
        force: bool = False,
    ) -> None:
        self.path, self._data, self._schedule = Path(path).resolve(), data, schedule
        self._start = {"initializer": initializer, "seed": seed}
        self._force = force
        self._arrays: dict[str, GrowingArray] = {}
        self._claim: int | None = None
        check_free(self.path, force=force)

    def on_start(self, training: Training) -> None:
        """Choose the steps and examples to record, and make the folder.

        Raises
        ------
        RecordingError
            If the folder cannot be made, or something is there that is not replaced.
        """
        data, n_outputs = self._data, training.network.sizes[-1]
        self._steps = set(self._schedule.steps(training.n_steps, training.steps_per_epoch).tolist())
        samples = choose_samples(data)
        probe, train, test = (
            sample.images.examples(data.n_classes, n_outputs) for sample in samples.values()
        )
        self._probe_inputs, self._train_sample, self._test_sample = probe.inputs, train, test
        self._manifest = self._describe(training, len(probe))
        self._make_folder(samples)

    def _make_folder(self, samples: Mapping[str, Sample]) -> None:
        """Make the folder under another name, and give it its own once it is whole."""
        temporary = unfinished(self.path)
        try:
            tidy(self.path)
            temporary.mkdir(parents=True)
            self._claim = claim(temporary)
        except OSError as error:
            message = f"{self.path} cannot be made: {error}. Choose another folder."
            raise RecordingError(message) from error
        try:
            with naming_full_disks(self.path):
                for name, sample in samples.items():
                    np.save(temporary / f"{name}_images.npy", sample.images.images)
                    np.save(temporary / f"{name}_labels.npy", sample.images.labels)
                    np.save(temporary / f"{name}_indices.npy", sample.indices)
                for quantity in self._quantities:
                    self._arrays[quantity.name] = GrowingArray(
                        temporary / quantity.file, quantity.row_shape, quantity.dtype
                    )
                write_json(temporary / MANIFEST_NAME, self._manifest)
            put_in_place(temporary, self.path, force=self._force)
        except BaseException:
            for array in self._arrays.values():
                array.close()
            self._arrays.clear()  # nothing of this recording is at the path
            self._release()
            shutil.rmtree(temporary, ignore_errors=True)
            raise

    def on_epoch(self, training: Training, train: Evaluation, test: Evaluation | None) -> None:
        """Record the epoch's costs and accuracies."""
        assert test is not None  # a Dataset always has held-out examples
        self._append(
            epoch_steps=training.step,
            epoch_train_costs=train.cost,
            epoch_train_accuracies=train.accuracy,
            epoch_test_costs=test.cost,
            epoch_test_accuracies=test.accuracy,
        )

    def on_step(self, training: Training) -> None:
        """Record the step if the schedule asks for it."""
        if training.step in self._steps:
            self._record(training)

    def on_end(self, training: Training) -> None:
        """Record the last step, if the schedule did not, and finish the files."""
        if training.step not in self._steps:
            self._record(training)
        self.close(complete=training.is_complete)

    def close(self, *, complete: bool) -> None:
        """Finish the files; what was recorded stays readable. A second call does nothing.

        Parameters
        ----------
        complete
            Whether the training took all its steps.

        Raises
        ------
        RecordingError
            If another process has replaced the folder meanwhile.
        """
        if not self._arrays:
            return
        rows = {
            per: min(self._arrays[q.name].n_rows for q in self._quantities if q.per == per)
            for per in ("step", "epoch")
        }
        for quantity in self._quantities:
            self._arrays.pop(quantity.name).close(n_rows=rows[quantity.per])
        status = "complete" if complete else "interrupted"
        manifest = self._manifest | {"status": status, "rows": rows}
        try:
            own = {MANIFEST_NAME: checksum_of_manifest(manifest)}
            manifest["checksums"] = checksums(self.path) | own
            if read_manifest(self.path).get("writing") != manifest["writing"]:
                message = f"{self.path} is no longer the folder that was written; it was replaced."
                raise RecordingError(message)
            write_json(self.path / MANIFEST_NAME, manifest)
        finally:
            self._release()

    def _release(self) -> None:
        """Give up the claim on the folder, if it is held."""
        if self._claim is not None:
            os.close(self._claim)
            self._claim = None

    def _record(self, training: Training) -> None:
        network = training.network
        batch = np.full(training.batch_size, -1)
        batch[: len(training.batch.indices)] = training.batch.indices
        train = evaluate(network, self._train_sample, training.cost)
        test = evaluate(network, self._test_sample, training.cost)
        probes = network.forward(self._probe_inputs)
        layers = range(1, network.n_layers + 1)
        self._append(
            steps=training.step,
            parameters=network.parameters,
            gradients=training.gradient,
            learning_rates=training.learning_rate,
            batch_costs=training.batch_cost(),
            batch_indices=batch,
            train_costs=train.cost,
            train_cost_deviations=train.cost_deviation,
            train_accuracies=train.accuracy,
            test_costs=test.cost,
            test_cost_deviations=test.cost_deviation,
            test_accuracies=test.accuracy,
            **{f"pre_activations_{i}": probes.pre_activations[i] for i in layers},
            **{f"activations_{i}": probes.activations[i] for i in layers},
        )

    def _append(self, **rows: Any) -> None:
        with naming_full_disks(self.path):
            for name, row in rows.items():
                self._arrays[name].append(row)

    def _describe(self, training: Training, n_probes: int) -> dict[str, Any]:
        network, data = training.network, self._data
        dtype = str(network.parameters.dtype)
        self._quantities = quantities(
            network.sizes,
            network.n_parameters,
            dtype,
            batch_size=training.batch_size,
            n_probes=n_probes,
        )
        return {
            "format": FORMAT,
            "version": VERSION,
            "nnviz": __version__,
            "created": datetime.now(UTC).isoformat(timespec="seconds"),
            "status": "running",
            "writing": uuid4().hex,
            "network": network.describe() | {"dtype": dtype} | self._start,
            "data": {
                "name": data.name,
                "source": data.source,
                "checksum": data.checksum,
                "synthetic": data.synthetic,
                "image_shape": list(data.image_shape),
                "n_classes": data.n_classes,
                "n_train": len(data.train),
                "n_test": len(data.test),
                "is_split": data.is_split,
            },
            "samples": {"drawn": "at random", "seed": SAMPLE_SEED},
            "training": training.settings.describe()
            | {
                "n_steps": training.n_steps,
                "steps_per_epoch": training.steps_per_epoch,
                "schedule": str(self._schedule),
            },
            "quantities": {quantity.name: quantity.describe() for quantity in self._quantities},
        }
