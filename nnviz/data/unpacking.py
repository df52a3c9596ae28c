"""Reading what strangers packed: never more than is declared, nor than there is room for."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path

from nnviz.errors import DataError
from nnviz.files import is_plain_file

#: Bytes that a data set may take once unpacked: a file of any size may have this many ...
MOST_BYTES = 256_000_000
#: ... and each of its bytes allows for some more. Images that were packed well take a fifth.
MOST_TIMES = 20
_CHUNK = 1 << 20


def room_for(packed: int) -> int:
    """Return how many bytes a file of a size may unpack to."""
    return MOST_BYTES + MOST_TIMES * packed


def check_room(path: Path, wanted: int, packed: int) -> None:
    """Raise ``DataError`` if a file would unpack to more than there is room for.

    Parameters
    ----------
    path
        Of the file.
    wanted, packed
        Bytes, unpacked and as it is.
    """
    most = room_for(packed)
    if wanted > most:
        message = (
            f"{path} must unpack to at most {most / 1e6:,.0f} MB, for its {packed / 1e6:,.1f} MB; "
            "it would take more. If it is honest, save it as bytes, or not compressed."
        )
        raise DataError(message)


def check_plain(path: Path) -> None:
    """Raise ``DataError`` unless a path is that of a plain file, which reading does not block."""
    if not is_plain_file(path):
        is_there = path.exists()
        fault = "it is none: a folder, a pipe or a device" if is_there else "there is none"
        message = f"{path} must be a file; {fault}. Name another."
        raise DataError(message)


def gunzip(path: Path, content: bytes, declared: Callable[[bytes], int]) -> bytes:
    """Unpack gzip, up to a byte more than what is inside declares.

    Parameters
    ----------
    path
        Of the file, for messages.
    content
        All of it.
    declared
        Returns how long it should be, from its beginning.

    Raises
    ------
    DataError
        If there is no room for it.
    zlib.error, EOFError
        If it is damaged or cut short.
    """
    stream = zlib.decompressobj(wbits=31)
    found = bytearray(stream.decompress(content, _CHUNK))
    length = declared(bytes(found[:_CHUNK]))
    check_room(path, length, len(content))
    while len(found) <= length:
        rest = stream.unused_data if stream.eof else stream.unconsumed_tail
        if stream.eof:
            if rest[:2] != b"\x1f\x8b":
                break
            stream = zlib.decompressobj(wbits=31)  # files may be joined
        piece = stream.decompress(rest, min(_CHUNK, length + 1 - len(found)))
        if not piece and not stream.eof and not stream.unconsumed_tail:
            message = "the file ended before the end-of-stream marker was reached"
            raise EOFError(message)
        found += piece
    return bytes(found)
