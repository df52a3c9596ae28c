"""Unpacking of compressed files: never more than they declare, nor than there is room for."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path

from nnviz.errors import DataError
from nnviz.files import is_plain_file

# Bytes that a file of any size may unpack to: MNIST unpacks to a fifth of it ...
_BASE_BYTES = 256_000_000
# ... and those that each of its own bytes adds. Well packed images take a fifth of their bytes, so
# that this leaves room, while a zip bomb packs a thousand bytes into one.
_BYTES_PER_PACKED = 20
# Bytes that are unpacked at once: enough for any header, little to hold in memory.
_CHUNK_BYTES = 1 << 20
_GZIP_MAGIC = b"\x1f\x8b"


def room_for(packed: int) -> int:
    """Return the number of bytes that a file of ``packed`` bytes may unpack to."""
    return _BASE_BYTES + _BYTES_PER_PACKED * packed


def check_room(path: Path, wanted: int, packed: int) -> None:
    """Check that a file does not unpack to more than there is room for.

    Parameters
    ----------
    path
        Path of the file, for the message.
    wanted, packed
        Sizes of its contents and of the file itself, bytes.

    Raises
    ------
    DataError
        If it would take more.
    """
    most = room_for(packed)
    if wanted > most:
        message = (
            f"{path} must unpack to at most {most / 1e6:,.0f} MB, for its {packed / 1e6:,.1f} MB; "
            "it would take more. If it is honest, save it as bytes, or not compressed."
        )
        raise DataError(message)


def check_plain(path: Path) -> None:
    """Check that a path is that of a plain file, so that reading it cannot block.

    Raises
    ------
    DataError
        If there is nothing, a folder, a pipe or a device.
    """
    if not is_plain_file(path):
        is_there = path.exists()
        fault = "it is none: a folder, a pipe or a device" if is_there else "there is none"
        message = f"{path} must be a file; {fault}. Name another."
        raise DataError(message)


def gunzip(path: Path, content: bytes, declared: Callable[[bytes], int]) -> bytes:
    """Unpack a gzip file, up to one byte more than its contents declare.

    Parameters
    ----------
    path
        Path of the file, for messages.
    content
        The packed bytes of the whole file.
    declared
        Returns the number of bytes that the contents should have, from their first bytes.

    Returns
    -------
    bytes
        The contents; longer than declared by the excess that was unpacked, if there is any.

    Raises
    ------
    DataError
        If there is no room for the contents.
    zlib.error, EOFError
        If the file is damaged or cut short.
    """
    stream = zlib.decompressobj(wbits=31)
    unpacked = bytearray(stream.decompress(content, _CHUNK_BYTES))
    length = declared(bytes(unpacked[:_CHUNK_BYTES]))
    check_room(path, length, len(content))
    while len(unpacked) <= length:
        rest = stream.unused_data if stream.eof else stream.unconsumed_tail
        if stream.eof:
            if rest[:2] != _GZIP_MAGIC:
                break
            stream = zlib.decompressobj(wbits=31)  # files may be joined
        piece = stream.decompress(rest, min(_CHUNK_BYTES, length + 1 - len(unpacked)))
        if not piece and not stream.eof and not stream.unconsumed_tail:
            message = "the file ended before the end-of-stream marker was reached"
            raise EOFError(message)
        unpacked += piece
    return bytes(unpacked)
