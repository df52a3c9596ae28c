"""Every error nnviz raises on purpose: one clear line with the remedy in it."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def first_line(error: BaseException) -> str:
    """Return the beginning of what an error says, to stand within a message of one line."""
    return str(error).partition("\n")[0].rstrip(".")[:_MOST]


# Letters of an error that are passed on.
_MOST = 120


class NnvizError(Exception):
    """Base of all errors a user can cause or meet."""


class SettingError(NnvizError, ValueError):
    """A setting has a value that cannot work."""


class UnknownNameError(SettingError):
    """A name is not one of the valid ones.

    Parameters
    ----------
    kind
        What the name should denote, such as ``"activation"``.
    name
        The name that was given.
    valid
        The names that exist.

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
    """An array has a shape that does not fit."""


class DataError(NnvizError, ValueError):
    """A data set cannot be used as it is."""


class DownloadError(NnvizError, OSError):
    """A data set could not be fetched."""


class RecordingError(NnvizError, ValueError):
    """A recording cannot be read or written."""


class RenderError(NnvizError, RuntimeError):
    """A scene could not be turned into a file."""
