"""Shots joined into a film, or into a folder of frames."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import Any

import av

from nnviz.rendering.frame_counter import OnFrames

#: File in a folder of frames that nnviz drew.
FRAMES_MARKER = ".nnviz-frames"

# Filters only need to know which frame comes before which.
_TICK = Fraction(1)


def join(shots: Sequence[Path], path: Path, frame_rate: int, on_frames: OnFrames) -> None:
    """Put shots together into a film.

    Parameters
    ----------
    shots
        Files of the shots, in order, in the format that the film's name asks for.
    path
        The film to write, or, without an ending, the folder of frames; must not be there yet.
    frame_rate
        Frames a second.
    on_frames
        Called with the number of frames converted since the last call; it is never called for
        mp4 and webm, whose encoded frames are copied.
    """
    if path.suffix.lower() == ".gif":
        _write_gif(shots, path, frame_rate, on_frames)
    elif path.suffix:
        _concatenate(shots, path)
    else:
        _write_folder(shots, path, on_frames)


def _concatenate(shots: Sequence[Path], path: Path) -> None:
    """Copy the encoded frames of all shots into one file."""
    options = {"movflags": "+faststart"} if path.suffix.lower() == ".mp4" else {}
    with av.open(str(path), "w", options=options) as film:
        stream: Any = None
        start = Fraction(0)
        for shot in shots:
            # Frames are not looked at: FFmpeg would decode some to learn what the header says.
            stream_options: Any = [{"skip_frame": "all"}]
            with av.open(str(shot), stream_options=stream_options) as container:
                source = container.streams.video[0]
                if stream is None:
                    stream = _stream_like(film, source)
                start = _copy_packets(container, source, film, stream, start)


def _stream_like(film: Any, source: Any) -> Any:
    """Add a stream to a film for encoded frames such as those of a shot's stream."""
    stream = film.add_stream_from_template(source)
    if "alpha_mode" in source.metadata:  # browsers look for it
        stream.metadata["alpha_mode"] = source.metadata["alpha_mode"]
    return stream


def _copy_packets(container: Any, source: Any, film: Any, stream: Any, start: Fraction) -> Fraction:
    """Copy a shot's encoded frames to a film; return the time at which they end, seconds.

    ``start`` is the time in the film, seconds, at which the shot begins.
    """
    end = start
    frame_time = 1 / Fraction(source.average_rate or 1)
    for packet in container.demux(source):
        if packet.dts is None:  # the end
            continue
        end = max(end, start + packet.pts * packet.time_base + frame_time)
        packet.pts += round(start / packet.time_base)
        packet.dts += round(start / packet.time_base)
        packet.stream = stream
        film.mux(packet)
    return end


def _frames(shots: Sequence[Path]) -> Iterator[av.VideoFrame]:
    """Decode the frames of all shots, in order."""
    for shot in shots:
        with av.open(str(shot)) as container:
            yield from container.decode(video=0)


def _write_gif(shots: Sequence[Path], path: Path, frame_rate: int, on_frames: OnFrames) -> None:
    """Choose 256 colours for the whole film, then draw every frame with them."""
    palette = _palette(shots)
    first = next(_frames(shots))
    painting = _filter_graph(
        [first, palette], "paletteuse", "dither=bayer:bayer_scale=4:diff_mode=rectangle"
    )
    source, colors = painting.sources
    colors.push(palette)
    colors.push(None)
    with av.open(str(path), "w") as film:
        stream: Any = film.add_stream("gif", rate=Fraction(frame_rate))
        stream.width, stream.height, stream.pix_fmt = first.width, first.height, "pal8"
        for number, frame in enumerate(_frames(shots)):
            source.push(_timed(frame, number))
            painted = painting.sink.pull()
            painted.pts, painted.time_base = number, 1 / Fraction(frame_rate)
            film.mux(stream.encode(painted))
            on_frames(1)
        film.mux(stream.encode())


def _palette(shots: Sequence[Path]) -> av.VideoFrame:
    """Return the colours that serve the whole film best, as FFmpeg's filters take them."""
    first = next(_frames(shots))
    choosing = _filter_graph([first], "palettegen", "stats_mode=diff")
    (source,) = choosing.sources
    # What changes is counted in the frame before: back at the first, the last is counted, too.
    for frame in chain(_frames(shots), [first]):
        source.push(_timed(frame, 0))
    source.push(None)
    palette: av.VideoFrame = choosing.sink.pull()
    return palette


@dataclass(frozen=True, slots=True)
class _FilterGraph:
    """A filter of FFmpeg with its ends.

    Parameters
    ----------
    graph
        The graph; without it, the ends would be freed while in use.
    sources
        Where frames are pushed in, one for each input of the filter.
    sink
        Where filtered frames are pulled out.
    """

    graph: av.filter.Graph
    sources: list[Any]
    sink: Any


def _filter_graph(inputs: Sequence[av.VideoFrame], name: str, settings: str) -> _FilterGraph:
    """Set up a filter for frames of the sizes and formats of those given, one an input."""
    graph = av.filter.Graph()
    node = graph.add(name, settings)
    sources = [
        graph.add_buffer(
            width=frame.width, height=frame.height, format=frame.format, time_base=_TICK
        )
        for frame in inputs
    ]
    for number, source in enumerate(sources):
        source.link_to(node, 0, number)
    sink = graph.add("buffersink")
    node.link_to(sink)
    graph.configure()
    return _FilterGraph(graph, sources, sink)


def _timed(frame: av.VideoFrame, number: int) -> av.VideoFrame:
    """Give a frame its number as its time."""
    frame.pts, frame.time_base = number, _TICK
    return frame


def _write_folder(shots: Sequence[Path], path: Path, on_frames: OnFrames) -> None:
    """Write every frame as a PNG file, and a file that says whose they are."""
    path.mkdir()
    for number, frame in enumerate(_frames(shots)):
        frame.to_image().save(path / f"{number:05}.png", compress_level=1)
        on_frames(1)
    (path / FRAMES_MARKER).write_text("Frames drawn by nnviz, which replaces them by new ones.\n")
