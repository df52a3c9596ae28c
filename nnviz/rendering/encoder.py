"""Frames into files: what each ending stands for, one shot at a time, and shots joined."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.video.reformatter import ColorRange, Colorspace
from numpy.typing import NDArray

from nnviz.errors import SettingError

#: Told of how many frames have been converted since the last call.
OnFrames = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Format:
    """How frames of a film are stored.

    Parameters
    ----------
    container, codec, pixel_format, options
        As FFmpeg names them.
    suffix
        Of a shot's file.
    transparent
        Whether the background is left out.
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
        """Whether it stores brightness and colour apart, as video for players does."""
        return self.pixel_format.startswith("yuv")


# Shots are encoded by one thread each: the encoder's choices then do not depend on how many
# processors there are, and the processors are busy with other shots.
_ONE_THREAD = {"threads": "1"}
# As much quality for its size as the slower presets reach, at twice their speed or more.
_H264 = {"crf": "18", "preset": "veryfast", "bf": "0"}
_LOSSLESS = Format(
    "matroska",
    ".mkv",
    "libx264rgb",
    "rgb24",
    {"qp": "0", "preset": "ultrafast"} | _ONE_THREAD,
    is_converted=True,
)

#: Formats by a file's ending; a name without one is a folder of PNG files.
FORMATS = {
    ".mp4": Format("mp4", ".mp4", "libx264", "yuv420p", _H264 | _ONE_THREAD),
    ".webm": Format(
        "webm",
        ".webm",
        "libvpx-vp9",
        "yuva420p",
        {"crf": "24", "b": "0", "deadline": "realtime", "cpu-used": "6"} | _ONE_THREAD,
        transparent=True,
    ),
    ".gif": _LOSSLESS,
    "": _LOSSLESS,
}


#: File in a folder of frames that nnviz drew.
FRAMES_MARKER = ".nnviz-frames"


def film_format(path: Path) -> Format:
    """Return the format that a film's name asks for.

    Raises
    ------
    SettingError
        If there is none for its ending.
    """
    ending = path.suffix.lower()
    if ending not in FORMATS or path.name.lower() in FORMATS:
        message = (
            "film must have a name that ends in .mp4, .webm or .gif, or without an ending for a "
            f"folder of PNG files; got {path.name!r}."
        )
        raise SettingError(message)
    return FORMATS[ending]


# Of high-definition video; what says nothing is shown in one player's colours or another's.
_BT709 = 1


class ShotWriter:
    """Encodes a run of frames into a file, which begins with a whole picture.

    Parameters
    ----------
    path
        The file; its folder must be there.
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
        """Add a frame, ``(height, width, 4)``, its colours multiplied by its opacity."""
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


def join(shots: Sequence[Path], path: Path, frame_rate: int, on_frames: OnFrames) -> None:
    """Put shots together into a film.

    Parameters
    ----------
    shots
        Files in the format that the film's name asks for.
    path
        The film; must not be there yet.
    frame_rate
        Frames a second.
    on_frames
        Told of frames that had to be converted; those of mp4 and webm are copied as they are.
    """
    if path.suffix.lower() == ".gif":
        _write_gif(shots, path, frame_rate, on_frames)
    elif path.suffix:
        _concatenate(shots, path)
    else:
        _write_folder(shots, path, on_frames)


def _concatenate(shots: Sequence[Path], path: Path) -> None:
    """Copy encoded frames one after the other, each shot's times moved behind the last's."""
    options = {"movflags": "+faststart"} if path.suffix.lower() == ".mp4" else {}
    with av.open(str(path), "w", options=options) as film:
        stream: Any = None
        start = end = Fraction(0)
        for shot in shots:
            # Frames are not looked at: FFmpeg would decode some to learn what the header says.
            stream_options: Any = [{"skip_frame": "all"}]
            with av.open(str(shot), stream_options=stream_options) as container:
                source = container.streams.video[0]
                if stream is None:
                    stream = film.add_stream_from_template(source)
                    if "alpha_mode" in source.metadata:  # browsers look for it
                        stream.metadata["alpha_mode"] = source.metadata["alpha_mode"]
                frame_time = 1 / Fraction(source.average_rate or 1)
                packet: Any
                for packet in container.demux(source):
                    if packet.dts is None:  # the end
                        continue
                    end = max(end, start + packet.pts * packet.time_base + frame_time)
                    packet.pts += round(start / packet.time_base)
                    packet.dts += round(start / packet.time_base)
                    packet.stream = stream
                    film.mux(packet)
            start = end


def _frames(shots: Sequence[Path]) -> Iterator[av.VideoFrame]:
    for shot in shots:
        with av.open(str(shot)) as container:
            yield from container.decode(video=0)


def _write_gif(shots: Sequence[Path], path: Path, frame_rate: int, on_frames: OnFrames) -> None:
    """Choose 256 colours for the whole film, then draw every frame with them."""
    first = next(_frames(shots))
    # Graphs are held by a name: without it their parts would be freed while in use.
    _choosing, (source,), sink = _graph([first], ("palettegen", "stats_mode=diff"))
    # What changes is counted in the frame before: back at the first, the last is counted, too.
    for frame in chain(_frames(shots), [first]):
        source.push(_timed(frame, 0))
    source.push(None)
    palette = sink.pull()

    use = ("paletteuse", "dither=bayer:bayer_scale=4:diff_mode=rectangle")
    _painting, (source, colors), sink = _graph([first, palette], use)
    colors.push(palette)
    colors.push(None)
    with av.open(str(path), "w") as film:
        stream: Any = film.add_stream("gif", rate=Fraction(frame_rate))
        stream.width, stream.height, stream.pix_fmt = first.width, first.height, "pal8"
        for number, frame in enumerate(_frames(shots)):
            source.push(_timed(frame, number))
            painted = sink.pull()
            painted.pts, painted.time_base = number, 1 / Fraction(frame_rate)
            film.mux(stream.encode(painted))
            on_frames(1)
        film.mux(stream.encode())


def _graph(
    like: Sequence[av.VideoFrame], filter_: tuple[str, str]
) -> tuple[av.filter.Graph, list[Any], Any]:
    """Return a filter's graph, its sources, for frames as those given, and its sink."""
    graph = av.filter.Graph()
    node = graph.add(*filter_)
    sources = [
        graph.add_buffer(
            width=frame.width, height=frame.height, format=frame.format, time_base=_TICK
        )
        for frame in like
    ]
    for number, source in enumerate(sources):
        source.link_to(node, 0, number)
    sink = graph.add("buffersink")
    node.link_to(sink)
    graph.configure()
    return graph, sources, sink


def _timed(frame: av.VideoFrame, number: int) -> av.VideoFrame:
    frame.pts, frame.time_base = number, _TICK
    return frame


# Filters only need to know which frame comes before which.
_TICK = Fraction(1)


def _write_folder(shots: Sequence[Path], path: Path, on_frames: OnFrames) -> None:
    path.mkdir()
    for number, frame in enumerate(_frames(shots)):
        frame.to_image().save(path / f"{number:05}.png", compress_level=1)
        on_frames(1)
    (path / FRAMES_MARKER).write_text("Frames drawn by nnviz, which replaces them by new ones.\n")


def _straight(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return pixels whose colours are not multiplied by their opacity."""
    opacity = pixels[..., 3:].astype(np.uint16)
    colors = (pixels[..., :3].astype(np.uint16) * 255 + opacity // 2) // np.maximum(opacity, 1)
    return np.concatenate([np.minimum(colors, 255).astype(np.uint8), pixels[..., 3:]], axis=2)
