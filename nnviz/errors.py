"""Errors that nnviz raises on purpose: each message is one clear line with the remedy in it."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

# Letters of another error that a message quotes: enough to say what is wrong, on one line.
_MAX_LETTERS = 120


def first_line(error: BaseException) -> str:
    """Return the beginning of an error's message, without a final stop, for use within another."""
    return str(error).partition("\n")[0].rstrip(".")[:_MAX_LETTERS]


class NnvizError(Exception):
    """Base of all errors that a user can cause or meet."""


class SettingError(NnvizError, ValueError):
    """A setting has a value that cannot work."""


class UnknownNameError(SettingError):
    """A name is not one of the valid ones; the message lists them and suggests the nearest.

    Parameters
    ----------
    kind
        Kind of thing that the name should denote, such as ``"activation"``.
    name
        Name that was given.
    valid
        Names that exist.

    Examples
    --------
    >>> print(UnknownNameError("activation", "relo", ["relu", "tanh"]))
    activation must be one of relu, tanh; got 'relo'. Did you mean 'relu'?
    """

    def __init__(self, kind: str, name: object, valid: Iterable[str]) -> None:
        names = sorted(valid)
        message = f"{kind} must be one of {', '.join(names)}; got {name!r}."
        close = get_close_matches(str(name), names, n=1)
        if close:
            message += f" Did you mean {close[0]!r}?"
        super().__init__(message)


class ShapeError(NnvizError, ValueError):
    """An array has a shape that does not fit where it is used."""


class DataError(NnvizError, ValueError):
    """A data set cannot be used as it is."""


class DownloadError(NnvizError, OSError):
    """A data set could not be fetched."""


class RecordingError(NnvizError, ValueError):
    """A recording cannot be read or written."""


class RenderError(NnvizError, RuntimeError):
    """A scene could not be turned into a file."""
