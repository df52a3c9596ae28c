"""Labelled images, in the form that every source of data hands over."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nnviz.core.examples import Examples


@dataclass(frozen=True)
class LabelledImages:
    images: NDArray
    labels: NDArray[np.int64]

    def __len__(self):
        return len(self.labels)

    @property
    def image_shape(self):
        return self.images.shape[1:]

    def examples(self, n_classes):
        x = self.images.reshape(len(self), -1)
        x = x.astype(np.float32) / np.float32(255) if x.dtype == np.uint8 else x.astype(np.float32)
        return Examples(x, np.asarray(self.labels, np.int64), n_classes)


@dataclass(frozen=True)
class Dataset:
    name: str
    train: LabelledImages
    test: LabelledImages
    synthetic: bool = False
    source: str = ""

    @property
    def image_shape(self):
        return self.train.image_shape

    @property
    def n_classes(self):
        return int(max(self.train.labels.max(), self.test.labels.max())) + 1

    @cached_property
    def checksum(self):
        return hashlib.sha256(self.train.images.tobytes()).hexdigest()
