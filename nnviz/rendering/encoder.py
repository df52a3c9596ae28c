"""Frames encoded into the files of shots."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.video.reformatter import ColorRange, Colorspace
from numpy.typing import NDArray

from nnviz.rendering.formats import Format

# FFmpeg's number for the colours of high-definition video; a file that does not name its colours
# is shown in one player's or another's.
_BT709 = 1


class ShotWriter:
    """Encodes a run of frames into a file, which begins with a whole picture.

    Parameters
    ----------
    path
        File to write; its folder must be there.
    form
        Format of the film.
    size
        Width and height, pixels.
    frame_rate
        Frames a second.
    """

    def __init__(self, path: Path, form: Format, size: tuple[int, int], frame_rate: int) -> None:
        self._form = form
        self._container = av.open(str(path), "w", format=form.container)
        stream: Any = self._container.add_stream(
            form.codec, rate=Fraction(frame_rate), options=form.options
        )
        stream.width, stream.height = size
        stream.pix_fmt = form.pixel_format
        if form.is_yuv:
            context = stream.codec_context
            context.colorspace = context.color_primaries = context.color_trc = _BT709
            context.color_range = ColorRange.MPEG
        self._stream = stream
        self._n_frames = 0
        self._last: tuple[NDArray[np.uint8], av.VideoFrame] | None = None

    def write(self, pixels: NDArray[np.uint8]) -> None:
        """Add a frame.

        Parameters
        ----------
        pixels
            Red, green and blue, multiplied by opacity, and opacity; shape
            ``(height, width, 4)``. An array that was the last frame already is not looked at
            again.
        """
        # A still's frames are one array, and converting it takes as long as encoding it.
        if self._last is None or self._last[0] is not pixels:
            straight = _straight(pixels) if self._form.transparent else pixels
            frame = av.VideoFrame.from_numpy_buffer(straight, format="rgba")
            self._last = (pixels, self._converted(frame))
        frame = self._last[1]
        frame.pts = self._n_frames
        self._container.mux(self._stream.encode(frame))
        self._n_frames += 1

    def _converted(self, frame: av.VideoFrame) -> av.VideoFrame:
        if self._form.is_yuv:
            return frame.reformat(format=self._form.pixel_format, dst_colorspace=Colorspace.ITU709)
        return frame.reformat(format=self._form.pixel_format)

    def close(self) -> None:
        """Finish the file."""
        self._container.mux(self._stream.encode())
        self._container.close()


def _straight(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return pixels whose colours are not multiplied by their opacity, ``(height, width, 4)``."""
    opacity = pixels[..., 3:].astype(np.uint16)
    colors = (pixels[..., :3].astype(np.uint16) * 255 + opacity // 2) // np.maximum(opacity, 1)
    return np.concatenate([np.minimum(colors, 255).astype(np.uint8), pixels[..., 3:]], axis=2)
