"""Splitting of one set of images into training and held-out images."""

from __future__ import annotations

import numpy as np

from nnviz.data.dataset import LabelledImages
from nnviz.errors import DataError

# Share that is held out, as in MNIST: 10,000 of 70,000.
_HELD_OUT_SHARE = 1 / 7


def hold_out(labelled: LabelledImages) -> tuple[LabelledImages, LabelledImages]:
    """Split images into training and held-out images, one in seven held out at random.

    The same images are split alike every time; both parts keep their order.

    Parameters
    ----------
    labelled
        The images to split, two or more.

    Returns
    -------
    tuple
        Images to learn from, and held-out images, at least one.

    Raises
    ------
    DataError
        If there are fewer than two images.
    """
    if len(labelled) < 2:
        message = "a data set must hold two images or more, to learn from and to test on; got 1."
        raise DataError(message)
    order = np.random.default_rng(0).permutation(len(labelled))
    n_test = max(round(_HELD_OUT_SHARE * len(labelled)), 1)
    test, train = np.sort(order[:n_test]), np.sort(order[n_test:])
    return labelled.take(train), labelled.take(test)
