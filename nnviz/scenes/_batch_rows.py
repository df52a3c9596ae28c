"""Mini-batches as rows of images, each with the step that learns from it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from manim import RIGHT, Rectangle, Typst

from nnviz.core.arrays import FloatArray, IntArray
from nnviz.mobjects.frame import at
from nnviz.mobjects.image import ImageRaster
from nnviz.mobjects.text import words
from nnviz.recording.recording import Recording
from nnviz.view.images import ink_image
from nnviz.view.sentences.trainings import step_name
from nnviz.view.themes import Theme

# The most that the images of a mini-batch take, frame units: room is left for the step's name.
_WIDTH, _HEIGHT = 9.8, 1.2
# Centre of the first mini-batch, and from one to the next, frame units: four fit under the
# heading.
_X, _TOP_Y, _SPACING = -1.0, 2.1, 1.35


@dataclass(frozen=True, slots=True, eq=False)
class BatchRow:
    """One mini-batch.

    Parameters
    ----------
    images
        Its images in two lines.
    frame
        The border around them.
    name
        The name of the step that learns from it.
    """

    images: ImageRaster
    frame: Rectangle
    name: Typst

    @classmethod
    def of(
        cls, recording: Recording, indices: IntArray, theme: Theme, *, place: int, batch_size: int
    ) -> BatchRow:
        """Show a mini-batch of a recording's training sample.

        Parameters
        ----------
        recording
            The recorded training whose sample is shown.
        indices
            Examples of the sample in the mini-batch, shape ``(n,)``, at most its size.
        theme
            Theme that gives the colours.
        place
            Which row this is, from 0 at the top.
        batch_size
            Number of images in a full mini-batch; blanks fill one that has fewer.
        """
        picture = _picture(recording, indices, theme, batch_size)
        height = min(_HEIGHT, _WIDTH * len(picture) / picture.shape[1])
        images = ImageRaster(picture, height=height).move_to(at(_X, _TOP_Y - _SPACING * place))
        frame = Rectangle(width=images.width + 0.16, height=images.height + 0.12)
        frame.set_stroke(theme.muted, 1.5).move_to(images)
        name = words(step_name(place + 1), color=theme.foreground, size=30)
        return cls(images, frame, name.next_to(frame, RIGHT, buff=0.35))


def _picture(recording: Recording, indices: IntArray, theme: Theme, batch_size: int) -> FloatArray:
    """Return the colours of the images of a mini-batch, in two lines."""
    sample = recording.train_sample
    n_columns = batch_size // 2
    blank = np.zeros_like(sample.images[0])
    shown = [sample.images[i] for i in indices] + [blank] * (batch_size - len(indices))
    images = [ink_image(image, theme) for image in shown]
    lines = [np.concatenate(images[k : k + n_columns], axis=1) for k in (0, n_columns)]
    return np.concatenate(lines)
