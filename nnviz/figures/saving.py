"""How a figure becomes a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

from nnviz.errors import SettingError
from nnviz.files import appearing, check_replaceable, clear_away

# No dates: the same figure is the same file. Pixels of images in vector files are this fine.
_SAVING: dict[str, dict[str, Any]] = {
    ".png": {"dpi": 200},
    ".svg": {"dpi": 300, "metadata": {"Date": None}},
    ".pdf": {"dpi": 300, "metadata": {"CreationDate": None}},
}


def save_figure(figure: Figure, path: str | Path, *, force: bool = False) -> Path:
    """Write a figure to a file, which appears whole or not at all.

    Parameters
    ----------
    figure
        Any matplotlib figure; the same one gives the same bytes.
    path
        Ends in ``.png``, ``.svg`` or ``.pdf``; folders that are missing are made.
    force
        Replace a file of another kind, too. A folder never is.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    SettingError
        If the file has another ending, or something is there that is not replaced.
    """
    path = Path(path)
    check_figure_file(path, force=force)
    ending = path.suffix.lower()
    path.parent.mkdir(parents=True, exist_ok=True)
    clear_away(path.parent, path.name)
    with appearing(path) as temporary, matplotlibs_defaults():
        mpl.rcParams["svg.hashsalt"] = "nnviz"
        figure.savefig(
            temporary, format=ending[1:], facecolor=figure.get_facecolor(), **_SAVING[ending]
        )
    return path


@contextmanager
def matplotlibs_defaults() -> Iterator[None]:
    """Draw as matplotlib does by itself, whatever files of settings lie around."""
    with mpl.rc_context():
        mpl.rcdefaults()
        yield


def check_figure_file(path: Path, *, force: bool = False) -> None:
    """Raise what :func:`save_figure` would raise, before there is a figure.

    Parameters
    ----------
    path, force
        See :func:`save_figure`.
    """
    if path.suffix.lower() not in _SAVING:
        message = f"figure file must end in {', '.join(_SAVING)}; got {path.name!r}."
        raise SettingError(message)
    check_replaceable(path, force=force)
