"""Hold some images out."""

from __future__ import annotations

import numpy as np

from nnviz.data.dataset import LabelledImages
from nnviz.errors import DataError

# As MNIST does: 10,000 of 70,000.
_HELD_OUT = 1 / 7


def hold_out(labelled: LabelledImages) -> tuple[LabelledImages, LabelledImages]:
    """Split images into training and test images, one in seven held out at random.

    The same images are split the same way every time.

    Raises
    ------
    DataError
        If there are fewer than two.
    """
    if len(labelled) < 2:
        message = "a data set must hold two images or more, to learn from and to test on; got 1."
        raise DataError(message)
    order = np.random.default_rng(0).permutation(len(labelled))
    n_test = max(round(_HELD_OUT * len(labelled)), 1)
    test, train = np.sort(order[:n_test]), np.sort(order[n_test:])
    return labelled.take(train), labelled.take(test)
