"""Formats of films: what each ending of a file's name stands for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nnviz.errors import SettingError

# Shots are encoded by one thread each: the encoder's choices then do not depend on how many
# processors there are, and the processors are busy with other shots.
_ONE_THREAD = {"threads": "1"}
# As much quality for its size as the slower presets reach, at twice their speed or more. There
# are no B-frames: frames are stored in the order in which they are shown.
_H264 = {"crf": "18", "preset": "veryfast", "bf": "0"} | _ONE_THREAD
# A constant quality, for which the bit rate is 0, at nearly the highest speed.
_VP9 = {"crf": "24", "b": "0", "deadline": "realtime", "cpu-used": "6"} | _ONE_THREAD
# A quantiser of 0 loses nothing.
_H264_LOSSLESS = {"qp": "0", "preset": "ultrafast"} | _ONE_THREAD


@dataclass(frozen=True, slots=True)
class Format:
    """How the frames of a film are stored.

    Parameters
    ----------
    container
        File format of the shots, as FFmpeg names it, such as ``"matroska"``.
    suffix
        Ending of the name of a shot's file, with its dot.
    codec
        Encoder of the frames, as FFmpeg names it, such as ``"libx264"``.
    pixel_format
        Layout of the stored colours, as FFmpeg names it, such as ``"yuv420p"``.
    options
        Settings of the encoder, by FFmpeg's names.
    transparent
        Whether the background is left out, and opacity stored.
    is_converted
        Whether a film is made by decoding its shots, and not by copying them.
    """

    container: str
    suffix: str
    codec: str
    pixel_format: str
    options: dict[str, str]
    transparent: bool = False
    is_converted: bool = False

    @property
    def is_yuv(self) -> bool:
        """Whether brightness and colour are stored apart, as in video for players."""
        return self.pixel_format.startswith("yuv")

    def encoding(self) -> list[Any]:
        """Return the settings that decide what a shot's file holds, given its frames."""
        return [self.codec, self.pixel_format, self.options, self.transparent]


_LOSSLESS = Format("matroska", ".mkv", "libx264rgb", "rgb24", _H264_LOSSLESS, is_converted=True)

#: Formats by a film's ending; a name without one is a folder of PNG files.
FORMATS = {
    ".mp4": Format("mp4", ".mp4", "libx264", "yuv420p", _H264),
    ".webm": Format("webm", ".webm", "libvpx-vp9", "yuva420p", _VP9, transparent=True),
    ".gif": _LOSSLESS,
    "": _LOSSLESS,
}


def film_format(path: Path) -> Format:
    """Return the format that a film's name asks for.

    Parameters
    ----------
    path
        The film's file or, without an ending, its folder; it need not be there.

    Raises
    ------
    SettingError
        If there is no format for its ending, or its name is nothing but an ending.
    """
    ending = path.suffix.lower()
    if ending not in FORMATS or path.name.lower() in FORMATS:
        message = (
            "film must have a name that ends in .mp4, .webm or .gif, or without an ending for a "
            f"folder of PNG files; got {path.name!r}."
        )
        raise SettingError(message)
    return FORMATS[ending]
